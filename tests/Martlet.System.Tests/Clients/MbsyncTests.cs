using System.Text;
using Martlet.SystemTests.RealInput;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Clients;

/// <summary>mbsync keeps a Maildir and an account alike, both ways: it pipelines, and whatever it is told wrongly ends up on disk.</summary>
public sealed class MbsyncTests
{
    [Fact(Explicit = true)]
    public async Task A_Maildir_and_the_account_become_alike_both_ways()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(path => File.Exists(Path.Combine(path, "mbsync"))), "mbsync is not installed.");
        using var folder = new TempFolder();
        using var local = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        await using var client = await WireClient.ImapAsync(server);
        var messages = Enumerable.Range(0, 100).Select(Message).ToList();
        for (var i = 0; i < messages.Count; i++)
        {
            Assert.StartsWith("OK", await client.AppendAsync("INBOX", messages[i]), StringComparison.Ordinal);
        }

        var settings = await WriteSettingsAsync(server, local);
        await SyncAsync(settings);
        var inbox = Path.Combine(local.Path, "INBOX");
        var files = Files(inbox).Order(StringComparer.Ordinal).ToDictionary(path => SubjectOf(path), StringComparer.Ordinal);
        Assert.Equal(messages.Count, files.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            // A Maildir has LF, and mbsync adds a field of its own.
            var lines = (await File.ReadAllTextAsync(files[$"number {i}"])).Split('\n').Where(line => !line.StartsWith("X-TUID: ", StringComparison.Ordinal));
            Assert.Equal(Encoding.ASCII.GetString(messages[i]).ReplaceLineEndings("\n"), string.Join('\n', lines));
        }

        // Here: one is flagged and seen, one thrown away, one is new. There: one is answered, one expunged, one is new.
        File.Move(files["number 0"], Path.Combine(inbox, "cur", Path.GetFileName(files["number 0"]).Split(":2,")[0] + ":2,FS"));
        File.Move(files["number 1"], Path.Combine(inbox, "cur", Path.GetFileName(files["number 1"]).Split(":2,")[0] + ":2,T"));
        await File.WriteAllTextAsync(Path.Combine(local.Path, "Drafts", "new", "1.draft.localhost"), Encoding.ASCII.GetString(Message(100)).ReplaceLineEndings("\n"));
        await client.CommandAsync("SELECT INBOX");
        await client.CommandAsync("STORE 3 +FLAGS.SILENT (\\Answered)");
        await client.CommandAsync("STORE 4 +FLAGS.SILENT (\\Deleted)");
        Assert.StartsWith("OK", await client.CommandAsync("UID EXPUNGE 4"), StringComparison.Ordinal);
        await client.AppendAsync("INBOX", Message(101));
        await SyncAsync(settings);

        var fetched = new List<string>();
        await client.CommandAsync("NOOP");
        await client.CommandAsync("UID FETCH 1:4 (FLAGS)", untagged: fetched);
        Assert.Equal(["* 1 FETCH (UID 1 FLAGS (\\Flagged \\Seen))", "* 2 FETCH (UID 3 FLAGS (\\Answered))"], fetched);
        Assert.Equal(messages.Count - 1, Files(inbox).Count());
        Assert.EndsWith(":2,R", Files(inbox).Single(path => SubjectOf(path) == "number 2"), StringComparison.Ordinal);
        Assert.DoesNotContain(Files(inbox), path => SubjectOf(path) == "number 3");
        Assert.Contains(Files(inbox), path => SubjectOf(path) == "number 101");
        var before = await StatusAsync(client);
        Assert.Contains("STATUS Drafts (MESSAGES 1 ", before[1], StringComparison.Ordinal);

        // Alike means that nothing changes any more.
        await SyncAsync(settings);
        Assert.Equal(before, await StatusAsync(client));
        await CorpusTests.VerifyAsync(server);
    }

    private static async Task SyncAsync(string settings)
    {
        var (exit, output) = await ForeignProgram.RunAsync("mbsync", ["--config", settings, "--all"]);
        Assert.True(exit == 0, output);
    }

    private static async Task<List<string>> StatusAsync(WireClient client)
    {
        var lines = new List<string>();
        await client.CommandAsync("STATUS INBOX (MESSAGES UIDNEXT HIGHESTMODSEQ)", untagged: lines);
        await client.CommandAsync("STATUS Drafts (MESSAGES UIDNEXT HIGHESTMODSEQ)", untagged: lines);
        return [.. lines.Where(line => line.StartsWith("* STATUS ", StringComparison.Ordinal))];
    }

    private static IEnumerable<string> Files(string mailbox) =>
        Directory.EnumerateFiles(Path.Combine(mailbox, "cur")).Concat(Directory.EnumerateFiles(Path.Combine(mailbox, "new")));

    private static string SubjectOf(string path) => File.ReadLines(path).First(line => line.StartsWith("Subject: ", StringComparison.Ordinal))["Subject: ".Length..];

    private static byte[] Message(int number) => Encoding.ASCII.GetBytes(
        $"From: a@example.org\r\nMessage-ID: <{number}@example.org>\r\nSubject: number {number}\r\n\r\n{new string('x', number % 13 * 70)}\r\n");

    private static async Task<string> WriteSettingsAsync(RealServer server, TempFolder local)
    {
        var path = local["mbsyncrc"];
        await File.WriteAllTextAsync(path, $"""
            IMAPAccount martlet
            Host localhost
            Port {server.ImapsPort}
            User {RealServer.Address}
            Pass {RealServer.Password}
            SSLType IMAPS
            CertificateFile {server.CertificatePath}

            IMAPStore far
            Account martlet

            MaildirStore near
            Path {local.Path}/
            Inbox {local.Path}/INBOX
            SubFolders Verbatim

            Channel all
            Far :far:
            Near :near:
            Patterns *
            Create Both
            Expunge Both
            SyncState *

            """);
        return path;
    }
}
