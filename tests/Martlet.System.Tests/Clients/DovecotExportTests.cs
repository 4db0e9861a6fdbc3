using System.Globalization;
using System.Text;
using System.Text.Json;
using Martlet.SystemTests.Cli;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Clients;

/// <summary>Debian's Dovecot opens what an export wrote and shows the same mail: texts, flags, keywords, dates, folders, subscriptions. And Martlet imports what Dovecot keeps.</summary>
public sealed class DovecotExportTests
{
    private const int Nobody = 65534;
    private static readonly string[] Mailboxes = ["INBOX", "Lists/über &c", "Sent"];
    private static readonly string[] Flags = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"];

    [Theory(Explicit = true)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Dovecot_shows_the_same_mail(bool isMbox)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/doveadm"), "Dovecot is not installed.");
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder["data"]);
        // The names of our mbox files are for people: no other program would call "X.mbox" a mailbox X, nor read them in UTF-8.
        var sent = await FillAsync(server, isMbox ? ["INBOX", "Sent"] : Mailboxes);

        string[] format = isMbox ? ["--mbox"] : [];
        var export = await MartletProgram.RunAsync(["export", "you@localhost", folder["mail"], .. format, "--data", folder["data"]]);
        Assert.Equal((0, ""), (export.Code, export.Error));
        await WriteConfigAsync(folder, isMbox);

        Assert.Equal(sent, await FetchAsync(folder));
        var names = (await DoveadmAsync(folder, "mailbox", "list")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        Assert.Superset((isMbox ? ["INBOX", "Sent.mbox"] : Mailboxes).ToHashSet(StringComparer.Ordinal), names);
        if (!isMbox)
        {
            var subscribed = (await DoveadmAsync(folder, "mailbox", "list", "-s")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Contains("Lists/über &c", subscribed);
            Assert.DoesNotContain("Trash", subscribed);

            // Dovecot changes things its own way, and they come back.
            await DoveadmAsync(folder, "flags", "add", "\\Flagged NewOne", "mailbox", "INBOX", "subject", "5");
            var import = await MartletProgram.RunAsync("import", "maildir", folder["mail"], "you@localhost", "--into", "Back", "--data", folder["data"]);
            Assert.Equal((0, ""), (import.Code, import.Error));
            await MartletProgram.RunAsync("export", "you@localhost", folder["again"], "--mailbox", "Back", "--data", folder["data"]);
            var changed = Assert.Single(Directory.GetFiles(Path.Combine(folder["again"], ".Back", "cur")), file => File.ReadAllText(file).Contains("Subject: 5\n", StringComparison.Ordinal));
            var keywords = await File.ReadAllLinesAsync(Path.Combine(folder["again"], ".Back", "dovecot-keywords"));
            var letter = (char)('a' + Array.FindIndex(keywords, line => line.EndsWith(" NewOne", StringComparison.Ordinal)));
            Assert.Matches($":2,[A-Z]*F[A-Z]*[a-z]*{letter}", changed);
        }
    }

    private static async Task<List<string>> FillAsync(LocalProgram server, string[] mailboxes)
    {
        using var imap = new MailKit.Net.Imap.ImapClient();
        await imap.ConnectAsync("127.0.0.1", 143 + server.PortOffset, MailKit.Security.SecureSocketOptions.None);
        await imap.AuthenticateAsync("you@localhost", "localserve");
        var top = imap.GetFolder(imap.PersonalNamespaces[0]);
        if (mailboxes == Mailboxes)
        {
            await (await top.CreateAsync("Lists", isMessageFolder: true))!.CreateAsync("über &c", isMessageFolder: true);
        }

        await (await imap.GetFolderAsync("Trash")).UnsubscribeAsync();
        var sent = new List<string>();
        var number = 0;
        foreach (var name in mailboxes)
        {
            var mailbox = await imap.GetFolderAsync(name);
            for (var i = 0; i < 12; i++)
            {
                number++;
                var flags = (MailKit.MessageFlags)(number % 32);
                string[] keywords = number % 3 == 0 ? ["$Forwarded", "Work", $"k{number % 4}"] : [];
                var date = DateTimeOffset.FromUnixTimeSeconds(1_041_379_200 + (number * 86_400));
                var text = $"Subject: {number}\nFrom: a@example.org\n\nLine of {number}\n.\nthe end\n";
                var message = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)));
                await mailbox.AppendAsync(new MailKit.AppendRequest(message, flags, keywords) { InternalDate = date });
                var names = Flags.Where((_, bit) => ((int)flags & Bit(bit)) != 0).Concat(keywords).Order(StringComparer.Ordinal);
                sent.Add($"{name} {number} [{string.Join(' ', names)}] {date.ToUnixTimeSeconds()} {text}");
            }
        }

        sent.Sort(StringComparer.Ordinal);
        return sent;
    }

    private static int Bit(int index) => (int)new[] { MailKit.MessageFlags.Answered, MailKit.MessageFlags.Flagged, MailKit.MessageFlags.Deleted, MailKit.MessageFlags.Seen, MailKit.MessageFlags.Draft }[index];

    private static async Task<List<string>> FetchAsync(TempFolder folder)
    {
        var json = await DoveadmAsync(folder, "-f", "json", "fetch", "mailbox flags date.received.unixtime hdr.subject text", "all");
        using var rows = JsonDocument.Parse(json);
        var all = rows.RootElement.EnumerateArray().Select(row =>
        {
            string Field(string name) => row.GetProperty(name).GetString()!;
            var flags = Field("flags").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(flag => flag != "\\Recent").Order(StringComparer.Ordinal);
            return $"{Field("mailbox").Replace(".mbox", "", StringComparison.Ordinal)} {Field("hdr.subject")} [{string.Join(' ', flags)}] {Field("date.received.unixtime")} {Field("text").ReplaceLineEndings("\n")}";
        }).ToList();
        all.Sort(StringComparer.Ordinal);
        return all;
    }

    private static async Task WriteConfigAsync(TempFolder folder, bool isMbox)
    {
        Directory.CreateDirectory(folder["run"]);
        var location = isMbox
            ? $"mbox:{folder["mail"]}:INBOX={folder["mail"]}/INBOX.mbox:INDEX={folder["run"]}"
            : $"maildir:{folder["mail"]}";
        await File.WriteAllTextAsync(folder["conf"], string.Create(CultureInfo.InvariantCulture, $$"""
            base_dir = {{folder["run"]}}
            log_path = /dev/stderr
            mail_location = {{location}}
            mail_uid = {{Nobody}}
            mail_gid = {{Nobody}}
            first_valid_uid = 1
            ssl = no
            namespace inbox {
              inbox = yes
              separator = /
            }

            """));
        // Dovecot does not serve mail as root.
        foreach (var words in new[] { new[] { "chmod", "a+rwX", folder.Path }, ["chown", "-R", $"{Nobody}:{Nobody}", folder["mail"], folder["run"]] })
        {
            Assert.Equal(0, (await ForeignProgram.RunAsync(words[0], words[1..])).Exit);
        }
    }

    private static async Task<string> DoveadmAsync(TempFolder folder, params string[] words)
    {
        var (exit, output) = await ForeignProgram.RunAsync("env", ["USER=nobody", $"HOME={folder["run"]}", "doveadm", "-c", folder["conf"], .. words]);
        Assert.True(exit == 0, output);
        return output;
    }
}
