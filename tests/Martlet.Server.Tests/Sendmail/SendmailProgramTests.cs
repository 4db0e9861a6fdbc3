using Martlet.Network.Tls;
using Martlet.Server.Config;
using Martlet.Server.Sendmail;
using Martlet.Server.Tests.Smtp;
using Martlet.Store.Model;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Sendmail;

/// <summary>Whole runs of sendmail against our server: TLS with a pinned certificate, a password.</summary>
public sealed class SendmailProgramTests : SmtpTest, IDisposable
{
    private const string Message = "Date: x\nMessage-ID: <x@example.org>\nFrom: alice@example.org\nTo: bob@example.org\n";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_message_is_sent_without_its_Bcc()
    {
        var run = await RunAsync(Message + "Bcc: alice@example.org\n\n.dot\numläut: ü\n", "-t", "-i");
        Assert.Equal(new SendmailRun(0, "", ""), run);
        foreach (var account in (string[])[TestServer.Bob, TestServer.Alice])
        {
            Assert.EndsWith("\r\n" + (Message + "\n.dot\numläut: ü\n").ReplaceLineEndings("\r\n"), Assert.Single(await InboxAsync(account)), StringComparison.Ordinal);
        }

        Assert.Empty(Kept());
    }

    [Fact]
    public async Task What_is_refused_for_one_is_kept_for_that_one_and_sent_by_retry()
    {
        var run = await RunAsync(Message + "\nx\n", TestServer.Bob, "nobody@example.org");
        var file = Assert.Single(Kept());
        Assert.Equal(SendmailExit.NoUser, run.Code);
        Assert.Matches($"^sendmail: nobody@example.org: not sent: 550 5.1.1 .*\nsendmail: Kept in {file}; 'martlet sendmail --retry' sends it.\n$", run.Error);
        Assert.Single(await InboxAsync(TestServer.Bob));
        Assert.Contains("\nto <nobody@example.org>\n\n", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));

        Assert.Equal(SendmailExit.NoUser, (await RunAsync("", "--retry")).Code);
        Assert.Equal([file], Kept());
        await Server.Store.AddAccountAsync("nobody@example.org", await Server.Hasher.HashAsync("x"));
        Assert.Equal(new SendmailRun(0, "", ""), await RunAsync("", "-q"));
        Assert.Empty(Kept());
        Assert.Single(await InboxAsync("nobody@example.org"));
        Assert.Single(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task A_retry_that_reaches_some_keeps_the_message_for_the_rest()
    {
        await RunAsync(Message + "\nx\n", "n1@example.org", "n2@example.org");
        var first = Assert.Single(Kept());
        await Server.Store.AddAccountAsync("n1@example.org", await Server.Hasher.HashAsync("x"));
        Assert.Equal(SendmailExit.NoUser, (await RunAsync("", "--retry")).Code);
        var second = Assert.Single(Kept());
        Assert.NotEqual(first, second);
        Assert.Contains("\nto <n2@example.org>\n\n", await File.ReadAllTextAsync(second, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Single(await InboxAsync("n1@example.org"));
    }

    [Fact]
    public async Task A_message_that_another_process_sends_is_left_to_it()
    {
        await RunAsync(Message + "\nx\n", "nobody@example.org");
        await using (UnsentFolder.Open(Assert.Single(Kept())))
        {
            Assert.Equal(new SendmailRun(0, "", ""), await RunAsync("", "--retry"));
        }

        await File.WriteAllTextAsync(Path.Combine(_folder["unsent"], "a.mail"), "something else", TestContext.Current.CancellationToken);
        Assert.Contains("a.mail is not a message that was kept here.", (await RunAsync("", "--retry")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_wrong_password_or_certificate_nothing_is_lost()
    {
        var wrong = await RunWithAsync(Config().Replace($"\"{TestServer.Password}\"", "wrong", StringComparison.Ordinal), Message + "\nx\n", "-t");
        Assert.Equal(SendmailExit.NoPermission, wrong.Code);
        Assert.Contains("bob@example.org: not sent: The server did not let us in: 535 5.7.8", wrong.Error, StringComparison.Ordinal);
        var unknown = await RunWithAsync(Config().Replace("server-certificate", "#", StringComparison.Ordinal), Message + "\nx\n", "-t");
        Assert.Equal(SendmailExit.TemporaryFailure, unknown.Code);
        Assert.Contains("TLS could not be agreed on", unknown.Error, StringComparison.Ordinal);
        var missing = await RunWithAsync(Config().Replace("server.pem", "missing.pem", StringComparison.Ordinal), Message + "\nx\n", "-t");
        Assert.Equal(SendmailExit.Configuration, missing.Code);
        Assert.Equal(3, Kept().Length);
    }

    [Fact]
    public async Task A_key_is_enough()
    {
        var files = ClientKeyFiles.Make(ClientKeyAlgorithm.Ed25519, "x", "", TimeProvider.System.GetUtcNow());
        await File.WriteAllTextAsync(_folder["key.pem"], files.KeyPem, TestContext.Current.CancellationToken);
        using var identity = ClientIdentity.FromPem(files.KeyPem);
        var account = Server.Store.Directory.FindAddress(TestServer.Alice)!.Id;
        await Server.Store.AddKeyAsync(new LoginKey(identity.Key.Fingerprint, account, TestServer.Alice, "laptop", identity.Key.Type, MayPreauth: false, Added: 0));
        Assert.Equal(new SendmailRun(0, "", ""), await RunWithAsync(Config().Replace("password", "key key.pem #", StringComparison.Ordinal), Message + "\nx\n", "-t"));
        Assert.Single(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task No_weaker_login_than_the_configuration_asks_for()
    {
        var run = await RunWithAsync(Config() + "mechanism EXTERNAL\n", Message + "\nx\n", "-t");
        Assert.Equal(SendmailExit.NoPermission, run.Code);
        Assert.Contains("does not offer EXTERNAL any more", run.Error, StringComparison.Ordinal);
        Assert.Single(Kept());
    }

    [Fact]
    public async Task What_cannot_be_kept_is_told_loudly()
    {
        await File.WriteAllTextAsync(_folder["unsent"], "a file in the way", TestContext.Current.CancellationToken);
        var run = await RunAsync(Message + "\nx\n", "nobody@example.org");
        Assert.Equal(SendmailExit.InputOutput, run.Code);
        Assert.Contains("AND NOT KEPT", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dialogue_of_bs_sends_and_says_what_became_of_it()
    {
        var run = await RunAsync(
            $"EHLO x\r\nMAIL FROM:<alice@example.org>\nRCPT TO:<bob@example.org>\nRCPT TO:<nobody@example.org>\nDATA\n{Message}Bcc: x@y\n\n..dot\n.\n"
            + "DATA\nMAIL FROM:<alice@example.org>\nMAIL FROM:<x@y>\nRCPT TO:<nobody@example.org>\nRCPT TO:nonsense\nDATA\nSubject: x\n\n.\nNOOP\nRSET\nWHAT\nQUIT\nNOOP\n",
            "-bs");
        Assert.Equal((0, ""), (run.Code, string.Concat(run.Error.Split('\n').Where(static line => line.Length > 0 && !line.StartsWith("sendmail: ", StringComparison.Ordinal)))));
        var file = Assert.Single(Kept());
        string[] expected =
        [
            "220 client.example ESMTP sendmail", "250-client.example", "250-SIZE 134217728", "250-8BITMIME", "250-SMTPUTF8", "250-PIPELINING", "250 ENHANCEDSTATUSCODES",
            "250 2.0.0 Fine.", "250 2.0.0 Fine.", "250 2.0.0 Fine.", "354 Go on; end with a dot alone.", $"250 2.0.0 Kept for later in {file}",
            "503 5.5.1 First MAIL, then RCPT, then DATA.", "250 2.0.0 Fine.", "503 5.5.1 First MAIL, then RCPT, then DATA.", "250 2.0.0 Fine.", "501 *", "354 Go on; end with a dot alone.",
            "554 5.3.0 Refused: 550 5.1.1 *", "250 2.0.0 Fine.", "250 2.0.0 Fine.", "500 5.5.1 That command is not known here.", "221 2.0.0 Goodbye.",
        ];
        var lines = run.Out.TrimEnd().Split("\r\n");
        Assert.Equal(expected, lines.Zip(expected, static (line, pattern) => pattern.EndsWith('*') && line.StartsWith(pattern[..^1], StringComparison.Ordinal) ? pattern : line));
        Assert.Equal(expected.Length, lines.Length);
        Assert.EndsWith((Message + "\n.dot\n").ReplaceLineEndings("\r\n"), Assert.Single(await InboxAsync(TestServer.Bob)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SendmailLimits.CommandLineBytesMax, "500 5.5.1")]
    [InlineData(SendmailLimits.CommandLineBytesMax + 1, "500 5.5.6")]
    public async Task A_command_line_of_bs_has_a_limit(int bytes, string reply) =>
        Assert.StartsWith(reply, (await RunAsync(new string('X', bytes) + "\nQUIT\n", "-bs")).Out.Split("\r\n")[1], StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 0, "250 2.0.0 Sent.")]
    [InlineData(1, SendmailExit.DataError, "552 5.3.4 The message is too large.")]
    public async Task A_message_has_a_limit(int over, int code, string reply)
    {
        var message = (Message + "\nx\n").ReplaceLineEndings("\r\n");
        var max = message.Length - over;
        Assert.Equal(code, (await RunWithAsync(Config(), message, max, "-t")).Code);
        var dialogue = await RunWithAsync(Config(), $"MAIL FROM:<alice@example.org>\nRCPT TO:<bob@example.org>\nDATA\n{message}.\n", max, "-bs");
        Assert.EndsWith(reply + "\r\n", dialogue.Out, StringComparison.Ordinal);
        Assert.Equal(over == 0 ? 2 : 0, (await InboxAsync(TestServer.Bob)).Count);
    }

    [Theory]
    [InlineData(SendmailLimits.RecipientsMax, "250 2.0.0 Fine.")]
    [InlineData(SendmailLimits.RecipientsMax + 1, "452 4.5.3 Too many recipients; send the message again to the others.")]
    public async Task Recipients_of_bs_have_a_limit(int count, string reply)
    {
        var run = await RunAsync("MAIL FROM:<alice@example.org>\n" + string.Concat(Enumerable.Range(0, count).Select(static number => $"RCPT TO:<a{number}@b>\n")), "-bs");
        Assert.EndsWith("\r\n" + reply + "\r\n", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, SendmailExit.Configuration)]
    public async Task A_password_file_has_a_limit(int over, int code)
    {
        await File.WriteAllTextAsync(_folder["secret"], TestServer.Password + "\r\n".PadRight(SendmailLimits.SecretFileBytesMax - TestServer.Password.Length + over), TestContext.Current.CancellationToken);
        Assert.Equal(code, (await RunWithAsync(Config().Replace("password", "password-file secret #", StringComparison.Ordinal), Message + "\nx\n", "-t")).Code);
    }

    [Theory]
    [InlineData(0, SendmailExit.Usage)]
    [InlineData(1, SendmailExit.Configuration)]
    public async Task A_configuration_file_has_a_limit(int over, int code) =>
        Assert.Equal(code, (await RunWithAsync(Config().PadRight((int)ConfigParser.FileBytesMax + over, '\n'), "\n")).Code);

    [Fact]
    public async Task A_message_that_bs_does_not_end_is_not_sent()
    {
        var run = await RunAsync("MAIL FROM:<alice@example.org>\nRCPT TO:<bob@example.org>\nDATA\nSubject: x\n\n", "-bs");
        Assert.EndsWith("554 5.6.0 The message was not ended.\r\n", run.Out, StringComparison.Ordinal);
        Assert.Empty(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task What_is_kept_is_listed()
    {
        Assert.Equal($"Nothing is kept in {_folder["unsent"]}.\n", (await RunAsync("", "-bp")).Out);
        await RunAsync(Message + "\nx\n", "nobody@example.org");
        Assert.StartsWith($"{Assert.Single(Kept())}\n  2026-03-01 12:00:00Z from <alice@example.org> to nobody@example.org\n  550 5.1.1 ", (await RunAsync("", "-bp")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_a_setgid_program_it_wants_a_clean_environment_and_takes_no_file_from_its_caller()
    {
        await File.WriteAllTextAsync(_folder["sendmail.conf"], Config(), TestContext.Current.CancellationToken);
        async Task<SendmailRun> PrivilegedAsync(Dictionary<string, string> variables) =>
            await SendmailRun.RunAsync(SendmailRun.Context(Message + "\nx\n", variables) with { IsPrivileged = true }, "-C", _folder["sendmail.conf"], "-t");

        var direct = await PrivilegedAsync([]);
        Assert.Equal(SendmailExit.NoPermission, direct.Code);
        Assert.Contains("DOTNET_EnableDiagnostics=0 is missing", direct.Error, StringComparison.Ordinal);
        var hooked = await PrivilegedAsync(new() { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_STARTUP_HOOKS"] = "x.dll" });
        Assert.Contains("(DOTNET_STARTUP_HOOKS)", hooked.Error, StringComparison.Ordinal);
        var context = SendmailRun.Context("", new() { ["XDG_CONFIG_HOME"] = _folder.Path, ["HOME"] = _folder.Path }) with { IsPrivileged = true };
        Assert.Equal(SendmailConfigFile.SystemPath, SendmailConfigFile.Find(_folder["sendmail.conf"], context));
        Assert.Equal("/var/spool/martlet-sendmail", UnsentFolder.Of(SendmailConfigFile.Parse("host x", "x", out _)!, context).Path);
    }

    [Fact]
    public async Task The_users_own_file_comes_before_the_machines()
    {
        Directory.CreateDirectory(_folder["martlet"]);
        var own = Path.Combine(_folder["martlet"], "sendmail.conf");
        var context = SendmailRun.Context("", new() { ["XDG_CONFIG_HOME"] = _folder.Path, ["HOME"] = _folder.Path });
        Assert.Equal(SendmailConfigFile.SystemPath, SendmailConfigFile.Find(named: null, context));
        await File.WriteAllTextAsync(own, "host x", TestContext.Current.CancellationToken);
        Assert.Equal(own, SendmailConfigFile.Find(named: null, context));
        Assert.Equal(Path.Combine(_folder.Path, ".local", "state", "martlet", "unsent"), UnsentFolder.Of(SendmailConfigFile.Parse("host x", "x", out _)!, context).Path);
        Assert.Equal(SendmailExit.Configuration, (await SendmailRun.RunAsync(context, "-C", _folder["none"], "a@b")).Code);
        Assert.Equal(new SendmailRun(0, "", ""), await SendmailRun.RunAsync(context, "-bi"));
    }

    private string[] Kept() => Directory.Exists(_folder["unsent"]) ? Directory.GetFiles(_folder["unsent"]) : [];

    private string Config() => $"""
        host localhost
        port {Server.Endpoint("submissions").Address.Port}
        address {TestServer.Alice}
        password "{TestServer.Password}"
        server-certificate server.pem
        spool unsent

        """;

    private Task<SendmailRun> RunAsync(string input, params string[] words) => RunWithAsync(Config(), input, words);

    private Task<SendmailRun> RunWithAsync(string config, string input, params string[] words) => RunWithAsync(config, input, int.MaxValue, words);

    private async Task<SendmailRun> RunWithAsync(string config, string input, int bytesMax, params string[] words)
    {
        await File.WriteAllTextAsync(_folder["server.pem"], TestServer.Tls.Certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(_folder["sendmail.conf"], config);
        return await SendmailRun.RunAsync(SendmailRun.Context(input, []) with { MessageBytesMax = Math.Min(bytesMax, SendmailLimits.MessageBytesMax) }, ["-C", _folder["sendmail.conf"], .. words]);
    }
}
