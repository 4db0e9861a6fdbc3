using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>Import and export as somebody types them, with and without a server.</summary>
public sealed class TransferTests
{
    private const long FirstSecond = 1_041_379_200;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Maildir_goes_in_and_comes_out_as_it_was(bool isRunning)
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder["data"]);
        if (!isRunning)
        {
            await server.StopAsync("TERM");
        }

        MakeMaildir(folder["Maildir"], messages: 20);
        var there = await RunAsync(folder, "import", "maildir", folder["Maildir"], "you@localhost", "--dry-run");
        Assert.Equal(new ProgramResult(0, "40 messages would be taken into 2 mailboxes.\n", ""), there);
        Assert.Equal(new ProgramResult(0, "40 messages taken into 2 mailboxes.\n", ""), await RunAsync(folder, "import", "maildir", folder["Maildir"], "you@localhost"));
        Assert.Equal(new ProgramResult(0, "0 messages taken into 2 mailboxes, 40 were there already.\n", ""), await RunAsync(folder, "import", "maildir", folder["Maildir"], "you@localhost"));

        Assert.Equal(new ProgramResult(0, "40 messages of 8 mailboxes written.\n", ""), await RunAsync(folder, "export", "you@localhost", folder["out"]));
        Assert.Equal(Contents(folder["Maildir"]), Contents(folder["out"]));
        Assert.Equal("0 Work\n1 $Label1\n", await File.ReadAllTextAsync(Path.Combine(folder["out"], "dovecot-keywords")));
        Assert.Equal("INBOX\nArchive\nDrafts\nJunk\nLists\nLists.2003\nSent\nTrash\n", await File.ReadAllTextAsync(Path.Combine(folder["out"], "subscriptions")));

        // Once more from there, and from each kind of file.
        Assert.Equal("0 messages taken into 8 mailboxes, 40 were there already.\n", (await RunAsync(folder, "import", "maildir", folder["out"], "you@localhost")).Out);
        foreach (var file in new[] { "mail.zip", "mail.tar.gz", "mail.tgz", "mail.tar" })
        {
            Assert.Equal(new ProgramResult(0, "40 messages of 8 mailboxes written.\n", ""), await RunAsync(folder, "export", "you@localhost", folder[file]));
            Assert.Equal(new ProgramResult(0, "0 messages taken into 8 mailboxes, 40 were there already.\n", ""), await RunAsync(folder, "import", "archive", folder[file], "you@localhost"));
        }

        Assert.Equal(new ProgramResult(0, "20 messages of 1 mailbox written.\n", ""), await RunAsync(folder, "export", "you@localhost", folder["mbox"], "--mbox", "--mailbox", "Lists/2003"));
        Assert.Equal("20 messages taken into Again.\n", (await RunAsync(folder, "import", "mbox", Path.Combine(folder["mbox"], "Lists", "2003.mbox"), "you@localhost", "Again")).Out);
        Assert.Equal(new ProgramResult(0, "0 messages taken into Lists/2003, 20 were there already.\n", ""), await RunAsync(folder, "import", "maildir", folder["mbox"], "you@localhost"));
    }

    [Fact]
    public async Task A_report_can_be_JSON()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder["data"]);
        MakeMaildir(folder["Maildir"], messages: 1);
        await File.WriteAllTextAsync(Path.Combine(folder["Maildir"], "notes.txt"), "x");

        var import = await RunAsync(folder, "import", "maildir", folder["Maildir"], "you@localhost", "--into", "Old", "--json");
        Assert.Equal(
            """
            {
              "status": "refused",
              "text": "2 messages taken into 2 mailboxes, 1 not taken.",
              "import": {
                "taken": 2,
                "takenBytes": 104,
                "notTaken": 1,
                "alreadyThere": 0,
                "mailboxes": [
                  {
                    "name": "Old",
                    "messages": 1,
                    "isNew": true
                  },
                  {
                    "name": "Old/Lists/2003",
                    "messages": 1,
                    "isNew": true
                  }
                ],
                "problems": [
                  "notes.txt: it is neither a message of a Maildir nor an mbox file"
                ],
                "isDryRun": false
              }
            }

            """, import.Out);
        Assert.Equal((1, "not taken: notes.txt: it is neither a message of a Maildir nor an mbox file\n"), (import.Code, import.Error));

        var export = await RunAsync(folder, "export", "you@localhost", folder["out.zip"], "--mailbox", "Old", "--json");
        Assert.Equal(
            """
            {
              "status": "done",
              "text": "1 message of 1 mailbox written.",
              "export": {
                "messages": 1,
                "bytes": 52,
                "notExported": 0,
                "mailboxes": [
                  {
                    "name": "Old",
                    "messages": 1,
                    "isNew": false
                  }
                ],
                "problems": []
              }
            }

            """, export.Out);
        Assert.Equal((0, ""), (export.Code, export.Error));
    }

    [Fact]
    public async Task What_cannot_be_is_said_and_leaves_nothing_behind()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder["data"]);
        await File.WriteAllTextAsync(folder["there.zip"], "mine");
        Directory.CreateDirectory(folder["full"]);
        await File.WriteAllTextAsync(Path.Combine(folder["full"], "mine"), "mine");

        Assert.Equal(new ProgramResult(3, "", $"martlet export: {folder["there.zip"]} is there already; name a file that is not.\n"), await RunAsync(folder, "export", "you@localhost", folder["there.zip"]));
        Assert.Equal(
            new ProgramResult(3, "", $"martlet export: {folder["full"]} is there already; name a folder that is not there or is empty.\n"), await RunAsync(folder, "export", "you@localhost", folder["full"]));
        Assert.Equal(new ProgramResult(1, "", "There is no mailbox Nowhere.\n"), await RunAsync(folder, "export", "you@localhost", folder["new.zip"], "--mailbox", "Nowhere"));
        Assert.Equal(new ProgramResult(1, "", "There is no account nobody@localhost; martlet account list shows those there are.\n"), await RunAsync(folder, "export", "nobody@localhost", folder["new.zip"]));
        Assert.Equal(new ProgramResult(3, "", $"martlet import maildir: There is no folder {folder["nowhere"]}.\n"), await RunAsync(folder, "import", "maildir", folder["nowhere"], "you@localhost"));
        Assert.Equal(2, (await RunAsync(folder, "export", "you@localhost", "-", "--json")).Code);
        Assert.Equal(["data", "full", "there.zip"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Empty(Directory.Exists(Path.Combine(folder["data"], "transfer")) ? Directory.GetFileSystemEntries(Path.Combine(folder["data"], "transfer")) : []);
    }

    [Fact]
    public async Task Links_pipes_and_folders_of_others_are_not_followed()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder["data"]);
        MakeMaildir(folder["Maildir"], messages: 1);
        await File.WriteAllTextAsync(folder["secret"], "Subject: secret\n\n");
        Directory.CreateDirectory(Path.Combine(folder["secrets"], "cur"));
        await File.WriteAllTextAsync(Path.Combine(folder["secrets"], "cur", "1"), "Subject: secret\n\n");
        File.CreateSymbolicLink(Path.Combine(folder["Maildir"], "cur", "link:2,S"), folder["secret"]);
        Directory.CreateSymbolicLink(Path.Combine(folder["Maildir"], ".Other"), folder["secrets"]);
        Directory.CreateSymbolicLink(Path.Combine(folder["Maildir"], ".Lists.2003", "new"), Path.Combine(folder["secrets"], "cur"));
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(folder["Maildir"], "cur", "pipe:2,S")]))
        {
            await mkfifo.WaitForExitAsync();
        }

        var result = await RunAsync(folder, "import", "maildir", folder["Maildir"], "you@localhost");

        Assert.Equal((1, ""), (result.Code, result.Out));
        var lines = result.Error.TrimEnd('\n').Split('\n');
        Assert.Equal("2 messages taken into 2 mailboxes. 4 files or folders could not be read.", lines[^1]);
        Assert.Equal(
            [
                "not taken: .Lists.2003/new: it is a link, and links are not followed", "not taken: .Other: it is a link, and links are not followed",
                "not taken: cur/link:2,S: it is a link, and links are not followed", "not taken: cur/pipe:2,S: it is not a file",
            ],
            lines[..^1].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_import_that_is_killed_is_run_again_and_all_is_there_once()
    {
        using var folder = new TempFolder();
        MakeMaildir(folder["Maildir"], messages: 3000);
        var random = new Random(5);
        for (var round = 0; round < 4; round++)
        {
            // The server dies, with a command that waits for it.
            await using var server = await LocalProgram.StartAsync("--data", folder["data"]);
            using var import = MartletProgram.Start("import", "maildir", folder["Maildir"], "you@localhost", "--data", folder["data"]);
            await Task.Delay(random.Next(100, 700));
            await server.StopAsync("KILL");
            await import.WaitForExitAsync();
            Assert.Contains(import.ExitCode, new[] { 0, 3 });
        }

        for (var round = 0; round < 3; round++)
        {
            // The command dies, which has the store open itself.
            using var import = MartletProgram.Start("import", "maildir", folder["Maildir"], "you@localhost", "--data", folder["data"]);
            await Task.Delay(random.Next(300, 900));
            await MartletProgram.SignalAsync(import, "KILL");
            await import.WaitForExitAsync();
        }

        var last = await RunAsync(folder, "import", "maildir", folder["Maildir"], "you@localhost");
        Assert.Equal((0, ""), (last.Code, last.Error));
        Assert.Equal(new ProgramResult(0, "0 messages taken into 2 mailboxes, 6000 were there already.\n", ""), await RunAsync(folder, "import", "maildir", folder["Maildir"], "you@localhost"));
        await RunAsync(folder, "export", "you@localhost", folder["out"]);
        Assert.Equal(Contents(folder["Maildir"]), Contents(folder["out"]));
        var check = await MartletProgram.RunAsync("verify", folder["data"]);
        Assert.Matches("^1 accounts, 8 mailboxes, 6000 messages, .*: all is well.\n$", check.Out);
    }

    // On a machine that is busy with other things there are lines of progress.
    private static async Task<ProgramResult> RunAsync(TempFolder folder, params string[] words)
    {
        var result = await MartletProgram.RunAsync([.. words, "--data", folder["data"]]);
        var error = Regex.Replace(result.Error, "(?m)^[0-9]+( of [0-9]+)? messages (taken|written)(, .* read)?\n", "", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        return result with { Error = error };
    }

    // INBOX and a folder below, with flags, keywords and dates.
    private static void MakeMaildir(string path, int messages)
    {
        foreach (var folder in new[] { "", ".Lists.2003" })
        {
            foreach (var part in new[] { "cur", "new", "tmp" }.Where(part => folder.Length == 0 || part != "new"))
            {
                Directory.CreateDirectory(Path.Combine(path, folder, part));
            }

            for (var i = 0; i < messages; i++)
            {
                var file = Path.Combine(path, folder, "cur", string.Create(CultureInfo.InvariantCulture, $"{FirstSecond + i}.M{i}.host:2,{(i % 2 == 0 ? "FS" : "")}{(i % 3 == 0 ? "a" : i % 20 == 19 ? "b" : "")}"));
                File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $"Subject: {folder,-11} {i:00000}\n\n{new string((char)('a' + (i % 26)), 20)}\n"));
                File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(FirstSecond + i).UtcDateTime);
            }

            File.WriteAllText(Path.Combine(path, folder, "dovecot-keywords"), "0 Work\n1 $Label1\n");
        }

        File.WriteAllText(Path.Combine(path, "subscriptions"), "INBOX\nLists.2003\n");
    }

    // What must be the same: content, date and flags with the names of keywords; not the names of the files.
    private static List<string> Contents(string maildir)
    {
        var all = new List<string>();
        foreach (var folder in new[] { "", ".Lists.2003" })
        {
            var keywords = File.Exists(Path.Combine(maildir, folder, "dovecot-keywords")) ? File.ReadAllLines(Path.Combine(maildir, folder, "dovecot-keywords")) : [];
            foreach (var file in Directory.GetFiles(Path.Combine(maildir, folder, "cur")))
            {
                var info = file[(file.LastIndexOf(":2,", StringComparison.Ordinal) + 3)..];
                var words = string.Concat(info.Select(letter => char.IsLower(letter) ? keywords[letter - 'a'].Split(' ')[1] : $"{letter}"));
                all.Add($"{folder} {words} {new DateTimeOffset(File.GetLastWriteTimeUtc(file)).ToUnixTimeSeconds()} {File.ReadAllText(file, Encoding.Latin1)}");
            }
        }

        all.Sort(StringComparer.Ordinal);
        return all;
    }
}
