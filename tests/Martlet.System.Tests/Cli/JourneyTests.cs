using MailKit.Security;
using Martlet.Testing;
using MimeKit;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>A server's first day: set up, mail in and out, changed while it runs, restarted, and its settings taken to another machine.</summary>
public sealed class JourneyTests
{
    [Fact]
    public async Task What_changes_while_the_server_runs_lasts_over_a_restart_and_is_the_same_elsewhere()
    {
        using var folder = new TempFolder();
        var (smtp, imaps) = (ServeProgram.FreePort(), ServeProgram.FreePort());
        var config = folder["martlet.conf"];
        await File.WriteAllTextAsync(config, $"hostname mail.example.org\ndata one\nlisten smtp 127.0.0.1:{smtp}\nlisten imaps 127.0.0.1:{imaps}\n");
        await DoneAsync(config, "domain add example.org");
        await DoneAsync(config, "account add ada@example.org --password-stdin", "correct horse\n");

        string exported;
        using (var server = MartletProgram.Start("serve", "--config", config))
        {
            await ServeProgram.WaitForAsync(server.StandardError, "msg=started");
            Assert.Equal(MailKit.Net.Smtp.SmtpStatusCode.MailboxUnavailable, await SendAsync(smtp, "info@example.org"));
            await DoneAsync(config, "alias add info@example.org ada@example.org");
            await DoneAsync(config, "domain set example.org --separators -");
            Assert.Null(await SendAsync(smtp, "info@example.org"));
            Assert.Null(await SendAsync(smtp, "ada-books@example.org"));
            await DoneAsync(config, "account quota ada@example.org --messages 2");
            Assert.Equal(MailKit.Net.Smtp.SmtpStatusCode.InsufficientStorage, await SendAsync(smtp, "ada@example.org"));
            exported = await DoneAsync(config, "config export --secrets");
            await MartletProgram.SignalAsync(server, "TERM");
            await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }

        using (var server = MartletProgram.Start("serve", "--config", config))
        {
            await ServeProgram.WaitForAsync(server.StandardError, "msg=started");
            Assert.Equal(exported, await DoneAsync(config, "config export --secrets"));
            Assert.Equal(MailKit.Net.Smtp.SmtpStatusCode.InsufficientStorage, await SendAsync(smtp, "ada@example.org"));
            Assert.True(await CountAsync(imaps) >= 2);
            await MartletProgram.SignalAsync(server, "TERM");
            await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }

        // Elsewhere: a new folder, the text, and the same password logs in.
        var elsewhere = folder["elsewhere.conf"];
        await File.WriteAllTextAsync(elsewhere, (await File.ReadAllTextAsync(config)).Replace("data one", "data other", StringComparison.Ordinal));
        await DoneAsync(elsewhere, "config apply -", exported);
        Assert.Equal(exported, await DoneAsync(elsewhere, "config export --secrets"));
        using var other = MartletProgram.Start("serve", "--config", elsewhere);
        await ServeProgram.WaitForAsync(other.StandardError, "msg=started");
        Assert.Null(await SendAsync(smtp, "info@example.org"));
        Assert.Equal(1, await CountAsync(imaps));
        await MartletProgram.SignalAsync(other, "TERM");
        await other.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<string> DoneAsync(string config, string line, string input = "")
    {
        var result = await MartletProgram.RunAsync(input, [.. line.Split(' '), "--config", config]);
        Assert.True(result is { Code: 0, Error: "" }, $"{line}: {result}");
        return result.Out;
    }

    /// <summary>The code of a refusal; null when it was taken.</summary>
    private static async Task<MailKit.Net.Smtp.SmtpStatusCode?> SendAsync(int port, string to)
    {
        using var sender = new MailKit.Net.Smtp.SmtpClient();
        await sender.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None);
        try
        {
            await sender.SendAsync(new MimeMessage { From = { new MailboxAddress("Carol", "carol@example.net") }, To = { new MailboxAddress("", to) }, Subject = "Hello" });
            return null;
        }
        catch (MailKit.Net.Smtp.SmtpCommandException e)
        {
            return e.StatusCode;
        }
    }

    private static async Task<int> CountAsync(int port)
    {
        using var reader = new MailKit.Net.Imap.ImapClient { ServerCertificateValidationCallback = (_, _, _, _) => true };
        await reader.ConnectAsync("127.0.0.1", port, SecureSocketOptions.SslOnConnect);
        await reader.AuthenticateAsync("ada@example.org", "correct horse");
        await reader.Inbox.OpenAsync(MailKit.FolderAccess.ReadOnly);
        return reader.Inbox.Count;
    }
}
