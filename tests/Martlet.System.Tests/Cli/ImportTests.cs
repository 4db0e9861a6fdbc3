using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

public sealed class ImportTests
{
    private const string Mbox = """
        From ada@example.org Mon Jan  5 10:00:00 2026
        From: ada@example.org
        Subject: first
        Status: RO
        X-Status: AF
        X-Keywords: todo $Label1 ba(d

        >From the start.

        From bob@example.org Tue Jan  6 11:30:00 2026
        Subject: second

        Text

        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_come_with_dates_flags_and_line_ends_with_and_without_a_server(bool isRunning)
    {
        using var folder = new TempFolder();
        await using (var first = await LocalProgram.StartAsync("--data", folder.Path))
        {
            if (!isRunning)
            {
                await first.StopAsync("TERM");
            }

            var result = await MartletProgram.RunAsync(Mbox, ["import", "mbox", "-", "you@localhost", "Archive/2026", "--data", folder.Path]);
            Assert.Equal(new ProgramResult(0, "2 messages taken into Archive/2026.\n", ""), result);
        }

        await using (var server = await LocalProgram.StartAsync("--data", folder.Path))
        {
            using var imap = new MailKit.Net.Imap.ImapClient();
            await imap.ConnectAsync("127.0.0.1", 143 + server.PortOffset, MailKit.Security.SecureSocketOptions.None);
            await imap.AuthenticateAsync("you@localhost", "localserve");
            var mailbox = await imap.GetFolderAsync("Archive/2026");
            await mailbox.OpenAsync(MailKit.FolderAccess.ReadOnly);
            var found = await mailbox.FetchAsync(
                0, -1, new MailKit.FetchRequest(MailKit.MessageSummaryItems.Flags | MailKit.MessageSummaryItems.InternalDate | MailKit.MessageSummaryItems.Envelope));
            Assert.Equal(["first", "second"], found.Select(message => message.Envelope!.Subject));
            Assert.Equal(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), found[0].InternalDate);
            Assert.Equal(MailKit.MessageFlags.Seen | MailKit.MessageFlags.Answered | MailKit.MessageFlags.Flagged, found[0].Flags & ~MailKit.MessageFlags.Recent);
            Assert.Equal(["$Label1", "todo"], found[0].Keywords.Order(StringComparer.Ordinal));
            Assert.Equal(MailKit.MessageFlags.None, found[1].Flags & ~MailKit.MessageFlags.Recent);
            using var stream = await mailbox.GetStreamAsync(0);
            using var reader = new StreamReader(stream);
            Assert.EndsWith("\r\n\r\nFrom the start.\r\n", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        }

        var check = await MartletProgram.RunAsync("verify", folder.Path);
        Assert.Matches("^1 accounts, 7 mailboxes, 2 messages, [0-9]+ B: all is well.\n$", check.Out);
    }

    [Theory]
    [InlineData("hello\n", 1, "", "There is no message in the file: an mbox file begins with a line such as 'From ada@example.org Mon Jan  5 10:00:00 2026'.\n")]
    [InlineData("", 0, "The file is empty; 0 messages taken into Box.\n", "")]
    [InlineData("lost text\n\n" + Mbox, 1, "", "2 messages taken into Box; what stands before the first 'From ' line of the file is not a message and was left out.\n")]
    [InlineData("From a Mon Jan  5 10:00:00 2026\n\n" + Mbox, 1, "", "not taken: message 1: empty\n2 messages taken into Box, 1 not taken.\n")]
    public async Task What_is_not_taken_is_named_and_ends_with_1(string mbox, int code, string output, string error)
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);
        string[] command = ["import", "mbox", "-", "you@localhost", "Box", "--data", folder.Path];

        var running = await MartletProgram.RunAsync(mbox, command);
        await server.StopAsync("TERM");
        var alone = await MartletProgram.RunAsync(mbox, [.. command[..4], "Other", .. command[5..]]);

        Assert.Equal(new ProgramResult(code, output, error), running);
        Assert.Equal(running, alone with { Out = alone.Out.Replace("Other", "Box", StringComparison.Ordinal), Error = alone.Error.Replace("Other", "Box", StringComparison.Ordinal) });
    }

    [Theory]
    [InlineData("nobody@localhost", "Box", "There is no account nobody@localhost; martlet account list shows those there are.\n")]
    [InlineData("you@localhost", "a//b", "'a//b' cannot be the name of a mailbox.\n")]
    public async Task A_refusal_does_not_wait_for_the_end_of_the_file(string account, string mailbox, string error)
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);
        var big = folder["big.mbox"];
        await WriteMboxAsync(big, megabytes: 20);

        var result = await MartletProgram.RunAsync("import", "mbox", big, account, mailbox, "--data", folder.Path);

        Assert.Equal(new ProgramResult(1, "", error), result);
    }

    [Fact]
    public async Task A_broken_gzip_file_keeps_what_was_read_and_ends_with_3()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression, leaveOpen: true))
        {
            for (var i = 0; i < 100; i++)
            {
                await gzip.WriteAsync(Encoding.ASCII.GetBytes(Mbox + "\n"));
            }
        }

        var bytes = packed.ToArray();
        await File.WriteAllBytesAsync(folder["whole.mbox.gz"], bytes);
        await File.WriteAllBytesAsync(folder["cut.mbox.gz"], bytes[..(bytes.Length / 2)]);

        var whole = await MartletProgram.RunAsync("import", "mbox", folder["whole.mbox.gz"], "you@localhost", "Whole", "--data", folder.Path);
        var cut = await MartletProgram.RunAsync("import", "mbox", folder["cut.mbox.gz"], "you@localhost", "Cut", "--data", folder.Path);

        Assert.Equal(new ProgramResult(0, "200 messages taken into Whole.\n", ""), whole);
        Assert.Equal((3, ""), (cut.Code, cut.Out));
        Assert.Matches("^The file could not be read to its end: .* [0-9]+ messages taken into Cut; they stay. Running it again takes what is missing.\n$", cut.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Memory_does_not_grow_with_the_file(bool isRunning)
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);
        if (!isRunning)
        {
            await server.StopAsync("TERM");
        }

        var big = folder["big.mbox"];
        await WriteMboxAsync(big, megabytes: 300);
        using var import = MartletProgram.Start("import", "mbox", big, "you@localhost", "Big", "--data", folder.Path);
        var peak = 0L;
        while (!import.WaitForExit(50))
        {
            import.Refresh();
            peak = Math.Max(peak, isRunning ? server.Process.PeakWorkingSet64 : PeakOf(import));
        }

        Assert.Equal(0, import.ExitCode);
        Assert.InRange(peak, 1, 250L << 20);
    }

    private static long PeakOf(Process process)
    {
        try
        {
            return process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    // Messages of 100 kB, and one of 40 MB in the middle.
    private static async Task WriteMboxAsync(string path, int megabytes)
    {
        await using var file = File.CreateText(path);
        var text = string.Concat(Enumerable.Repeat(new string('x', 75) + "\n", 1300));
        for (var i = 0; i < megabytes * 10; i++)
        {
            await file.WriteAsync($"From ada@example.org Mon Jan  5 10:00:00 2026\nSubject: {i}\n\n");
            for (var part = 0; part < (megabytes > 100 && i == megabytes * 5 ? 400 : 1); part++)
            {
                await file.WriteAsync(text);
            }

            await file.WriteAsync('\n');
        }
    }
}
