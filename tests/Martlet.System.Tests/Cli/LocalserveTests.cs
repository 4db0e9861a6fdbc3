using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

public sealed class LocalserveTests
{
    [Fact]
    public async Task The_first_lines_say_what_to_do_next()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);

        string At(int port) => $"localhost:{port + server.PortOffset}";
        var expected = $"""
              account   you@localhost   password localserve
              send      {At(25)} (smtp)   {At(587)} (submission)   {At(465)} (TLS)
              read      {At(143)} (imap)   {At(993)} (TLS)
              pages     https://{At(443)}/
              data      {folder.Path}
              TLS       self-signed: {folder.Path}/tls/certificate.pem

            """;
        Assert.Contains(expected, server.Output, StringComparison.Ordinal);
        Assert.Contains($"curl -sS -u you@localhost:localserve 'imap://{At(143)}/INBOX;MAILINDEX=*'", server.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["control"]));
        }
    }

    [Fact]
    public async Task Mail_to_any_address_arrives_in_the_one_account()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);
        using var smtp = new MailKit.Net.Smtp.SmtpClient();
        await smtp.ConnectAsync("127.0.0.1", 587 + server.PortOffset, MailKit.Security.SecureSocketOptions.None);
        await smtp.AuthenticateAsync("you@localhost", "localserve");
        await smtp.SendAsync(new MimeKit.MimeMessage(
            [new MimeKit.MailboxAddress("", "ada@example.org")], [new MimeKit.MailboxAddress("", "somebody@elsewhere.example")], "Hello", new MimeKit.TextPart { Text = "It works." }));

        using var imap = new MailKit.Net.Imap.ImapClient();
        await imap.ConnectAsync("127.0.0.1", 143 + server.PortOffset, MailKit.Security.SecureSocketOptions.None);
        await imap.AuthenticateAsync("you@localhost", "localserve");
        await imap.Inbox.OpenAsync(MailKit.FolderAccess.ReadOnly);
        Assert.Equal("Hello", (await imap.Inbox.GetMessageAsync(0)).Subject);
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_it_with_goodbyes_and_exit_code_0(string signal)
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);
        using var imap = await server.ConnectAsync(143);
        using var smtp = await server.ConnectAsync(25);
        Assert.StartsWith("* OK ", await imap.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("220 ", await smtp.ReadLineAsync(), StringComparison.Ordinal);

        Assert.Equal(0, await server.StopAsync(signal));

        Assert.StartsWith("* BYE ", await imap.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("421 ", await smtp.ReadLineAsync(), StringComparison.Ordinal);
        Assert.EndsWith("\nStopped.\n", server.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["control"]));
        Assert.False(File.Exists(folder["process"]));
    }

    [Fact]
    public async Task A_second_server_on_the_folder_says_which_process_holds_it()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);

        var second = await MartletProgram.RunAsync("localserve", "--data", folder.Path, "--port-offset", "7000");
        var check = await MartletProgram.RunAsync("verify", folder.Path);

        var reason = $"The data folder {folder.Path} is in use by process {server.Process.Id}.\n";
        Assert.Equal(new ProgramResult(3, "", "martlet localserve: " + reason), second);
        Assert.Equal(new ProgramResult(3, "", "martlet verify: " + reason), check);
    }

    [Fact]
    public async Task A_taken_port_is_named_with_what_to_do()
    {
        using var folder = new TempFolder();
        using var other = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);

        var second = await MartletProgram.RunAsync("localserve", "--data", other.Path, "--port-offset", server.PortOffset.ToString());

        var port = 25 + server.PortOffset;
        Assert.Equal(
            new ProgramResult(3, "", $"martlet localserve: Cannot listen on 127.0.0.1:{port} (smtp): another program has port {port}. "
                + $"Choose other ports with --port-offset N (now {server.PortOffset}), or stop that program.\n"),
            second);
        Assert.False(File.Exists(other["process"]));
    }

    [Fact]
    public async Task A_killed_server_leaves_nothing_in_the_way_of_the_next()
    {
        using var folder = new TempFolder();
        var killed = await LocalProgram.StartAsync("--data", folder.Path);
        await killed.StopAsync("KILL");
        await killed.DisposeAsync();
        Assert.True(File.Exists(folder["control"]));

        var list = await MartletProgram.RunAsync("domain", "list", "--data", folder.Path);
        Assert.Equal(new ProgramResult(0, "DOMAIN     STATE  ADDRESSES  ALIASES  DETAILS  CATCH-ALL  NOTE\nlocalhost  live           1        0  +        none\n", ""), list);
        await using var next = await LocalProgram.StartAsync("--data", folder.Path);
        Assert.Equal(new ProgramResult(0, "DOMAIN     STATE  ADDRESSES  ALIASES  DETAILS  CATCH-ALL  NOTE\nlocalhost  live           1        0  +        none\n", ""), await MartletProgram.RunAsync("domain", "list", "--data", folder.Path));
    }

    [Fact]
    public async Task Ephemeral_leaves_nothing_behind()
    {
        await using var server = await LocalProgram.StartAsync("--ephemeral");
        var folder = server.Output.Split('\n').Single(line => line.StartsWith("  data ", StringComparison.Ordinal))[7..].Trim().Split(' ')[0];
        Assert.True(Directory.Exists(folder));

        Assert.Equal(0, await server.StopAsync("TERM"));

        Assert.False(Directory.Exists(folder));
    }
}
