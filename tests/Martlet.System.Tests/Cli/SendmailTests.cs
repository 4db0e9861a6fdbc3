using System.Diagnostics;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>The real program in the place of /usr/sbin/sendmail, and a real server.</summary>
public sealed class SendmailTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cron_mails_root_and_it_arrives()
    {
        await using var server = await StartAsync();
        await ConfigureAsync(server, implicitTls: true);

        var run = await SendAsync("From: root (Cron Daemon)\nTo: root\nBcc: secret@example.org\nSubject: Cron\n\nIt works.\n", "sendmail", "-C", _folder["conf"], "-i", "-FCronDaemon", "-B8BITMIME", "-oem", "-t");

        Assert.Equal(new ProgramResult(0, "", ""), run);
        var message = Assert.Single(await InboxAsync(server)); // Both recipients are the one account.
        Assert.Equal(("Cron", "\"Cron Daemon\" <root@localhost>", "", "It works.\n"), (message.Subject, message.From.ToString(), message.Bcc.ToString(), message.TextBody?.ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task A_link_of_the_name_sendmail_is_sendmail()
    {
        await using var server = await StartAsync();
        await ConfigureAsync(server, implicitTls: false);
        File.CreateSymbolicLink(_folder["sendmail"], MartletProgram.Path);

        var run = await RunAsync(_folder["sendmail"], "Subject: link\n\nx\n.\nnot this\n", "-oem", "-C", _folder["conf"], "-f", "ada@example.org", "--", "you@localhost");
        var help = await RunAsync(_folder["sendmail"], "", "--help");

        Assert.Equal(new ProgramResult(0, "", ""), run);
        Assert.Equal((64, "sendmail: '--help' is no option of sendmail.\n"), (help.Code, help.Error));
        Assert.Equal("x\n", Assert.Single(await InboxAsync(server)).TextBody?.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task What_cannot_be_sent_is_kept_and_sent_later()
    {
        var server = await StartAsync();
        await ConfigureAsync(server, implicitTls: true);
        await server.DisposeAsync();

        var kept = await SendAsync("Subject: late\nTo: you@localhost\n\nx\n", "sendmail", "-t", "-C", _folder["conf"]);
        var file = Assert.Single(Directory.GetFiles(_folder["unsent"]));
        Assert.Equal((75, $"sendmail: you@localhost: not sent: localhost could not be reached: Connection refused\nsendmail: Kept in {file}; 'martlet sendmail --retry' sends it.\n"), (kept.Code, kept.Error));
        var still = await SendAsync("", "sendmail", "--retry", "-C", _folder["conf"]);
        Assert.Equal((75, "sendmail: you@localhost: not sent: localhost could not be reached: Connection refused\n"), (still.Code, still.Error));

        await using var again = await LocalProgram.StartAsync("--data", _folder["data"]);
        await ConfigureAsync(again, implicitTls: true);
        Assert.Equal(new ProgramResult(0, "", ""), await SendAsync("", "sendmail", "--retry", "-C", _folder["conf"]));
        Assert.Empty(Directory.GetFiles(_folder["unsent"]));
        Assert.Equal("late", Assert.Single(await InboxAsync(again)).Subject);
    }

    [Fact]
    public async Task A_program_speaks_SMTP_to_it()
    {
        await using var server = await StartAsync();
        await ConfigureAsync(server, implicitTls: false);

        var run = await SendAsync("HELO x\nMAIL FROM:<ada@example.org>\nRCPT TO:<you@localhost>\nDATA\nSubject: bs\n\nx\n.\nQUIT\n", "sendmail", "-bs", "-C", _folder["conf"]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.Matches(@"^220 \S+ ESMTP sendmail\r\n250 \S+\r\n250 2.0.0 Fine.\r\n250 2.0.0 Fine.\r\n354 .*\r\n250 2.0.0 Sent.\r\n221 2.0.0 Goodbye.\r\n$", run.Out);
        Assert.Equal("bs", Assert.Single(await InboxAsync(server)).Subject);
    }

    [Fact]
    public async Task A_wrong_command_line_or_configuration_says_so_as_sendmail_does()
    {
        Assert.Equal(new ProgramResult(64, "", "sendmail: '-Z' is no option of sendmail.\n"), await SendAsync("", "sendmail", "-Z"));
        await File.WriteAllTextAsync(_folder["conf"], "hots x\n", TestContext.Current.CancellationToken);
        var run = await SendAsync("", "sendmail", "-C", _folder["conf"], "a@b");
        Assert.Equal(78, run.Code);
        Assert.StartsWith($"sendmail: {_folder["conf"]}:1: 'hots' is not an option; there are host, port, ", run.Error, StringComparison.Ordinal);
    }

    private Task<LocalProgram> StartAsync() => LocalProgram.StartAsync("--data", _folder["data"]);

    private Task ConfigureAsync(LocalProgram server, bool implicitTls) => File.WriteAllTextAsync(_folder["conf"], $"""
        host localhost
        port {(implicitTls ? 465 : 587) + server.PortOffset}
        tls {(implicitTls ? "on" : "off")}
        address you@localhost
        password localserve
        server-certificate {_folder["data"]}/tls/certificate.pem
        default-domain localhost
        spool {_folder["unsent"]}
        """);

    private static Task<ProgramResult> SendAsync(string input, params string[] words) => MartletProgram.RunAsync(input, words);

    private static async Task<ProgramResult> RunAsync(string program, string input, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return new ProgramResult(process.ExitCode, await output, await error);
    }

    private static async Task<List<MimeKit.MimeMessage>> InboxAsync(LocalProgram server)
    {
        using var imap = new MailKit.Net.Imap.ImapClient();
        await imap.ConnectAsync("127.0.0.1", 143 + server.PortOffset, MailKit.Security.SecureSocketOptions.None);
        await imap.AuthenticateAsync("you@localhost", "localserve");
        await imap.Inbox.OpenAsync(MailKit.FolderAccess.ReadOnly);
        List<MimeKit.MimeMessage> messages = [];
        for (var i = 0; i < imap.Inbox.Count; i++)
        {
            messages.Add(await imap.Inbox.GetMessageAsync(i));
        }

        return messages;
    }
}
