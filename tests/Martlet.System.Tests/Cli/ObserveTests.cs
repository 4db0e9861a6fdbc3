using System.Text.Json;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>martlet trace, health and log level against the real program.</summary>
public sealed class ObserveTests
{
    [Fact]
    public async Task A_message_is_traced_while_the_server_runs_and_after()
    {
        using var folder = new TempFolder();
        await using (var server = await LocalProgram.StartAsync("--data", folder.Path))
        {
            await SendAsync(server, "one@example.net");
            var running = await MartletProgram.RunAsync("trace", "<one@example.net>", "--data", folder.Path);

            Assert.Equal((0, ""), (running.Code, running.Error));
            Assert.Matches(
                """
                ^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  delivered  <one@example\.net>
                  \d\d:\d\d:\d\d  Came from 127\.0\.0\.1 as \S+ without TLS by SMTP \(transaction c[0-9a-f]+-1\)\.
                  \d\d:\d\d:\d\d  From <ada@example\.org>\.
                  \d\d:\d\d:\d\d  <somebody@elsewhere\.example> taken, for you@localhost\.
                  \d\d:\d\d:\d\d  Delivered into INBOX of you@localhost as UID 1, \d+ bytes\.
                  \d\d:\d\d:\d\d  Answered: 250 2\.6\.0 Delivered as c[0-9a-f]+-1\.

                $
                """, running.Out);
        }

        var stopped = await MartletProgram.RunAsync("trace", "you@localhost", "--data", folder.Path, "--json");
        using var json = JsonDocument.Parse(stopped.Out);
        var story = Assert.Single(json.RootElement.GetProperty("stories").EnumerateArray());
        Assert.Equal(("one@example.net", "delivered"), (story.GetProperty("messageId").GetString(), story.GetProperty("outcome").GetString()));
        Assert.Equal(new ProgramResult(0, "The journal knows nothing of that.\n", ""), await MartletProgram.RunAsync("trace", "<two@example.net>", "--data", folder.Path));
        Assert.Equal(2, (await MartletProgram.RunAsync("trace", "x@example.net", "--since", "yesterday", "--data", folder.Path)).Code);
    }

    [Fact]
    public async Task Health_is_told_with_an_exit_code()
    {
        using var folder = new TempFolder();
        await using (var server = await LocalProgram.StartAsync("--data", folder.Path))
        {
            var health = await MartletProgram.RunAsync("health", "--data", folder.Path);
            Assert.Equal((0, ""), (health.Code, health.Error));
            Assert.Matches("store +ok +Changes are written\\.\n", health.Out);
            Assert.Matches("listeners +ok +\\d+ accept connections\\.\n", health.Out);
            using var json = JsonDocument.Parse((await MartletProgram.RunAsync("health", "--data", folder.Path, "--json")).Out);
            Assert.Equal(5, json.RootElement.GetProperty("checks").GetArrayLength());
        }

        Assert.Equal(new ProgramResult(1, "", "No server is running on this data folder.\n"), await MartletProgram.RunAsync("health", "--data", folder.Path));
    }

    [Fact]
    public async Task Levels_change_while_it_runs_and_lines_are_JSON_when_asked_for()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path, "--log-format", "json");
        Assert.Equal(
            new ProgramResult(0, "Log levels are warning,smtp=debug until the server stops.\n", ""), await MartletProgram.RunAsync("log", "level", "smtp=debug", "--data", folder.Path));
        Assert.Matches("smtp +debug +", (await MartletProgram.RunAsync("log", "level", "--data", folder.Path)).Out);
        Assert.Equal(1, (await MartletProgram.RunAsync("log", "level", "smtp=loud", "--data", folder.Path)).Code);
        await SendAsync(server, "one@example.net");

        await server.StopAsync("TERM");
        var lines = (await server.Error).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(lines, line => line.GetProperty("msg").GetString() == "command" && line.GetProperty("command").GetString() == "DATA" && line.GetProperty("reply").GetInt32() == 250);
        Assert.Contains(lines, line => line.GetProperty("msg").GetString() == "message delivered" && line.GetProperty("cid").GetString()!.StartsWith('c'));
    }

    private static async Task SendAsync(LocalProgram server, string id)
    {
        using var smtp = new MailKit.Net.Smtp.SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", 25 + server.PortOffset, MailKit.Security.SecureSocketOptions.None);
        await smtp.SendAsync(new MimeKit.MimeMessage(
            [new MimeKit.MailboxAddress("", "ada@example.org")], [new MimeKit.MailboxAddress("", "somebody@elsewhere.example")], "Hello", new MimeKit.TextPart { Text = "It works." })
        { MessageId = id });
        await smtp.DisconnectAsync(quit: true);
    }
}
