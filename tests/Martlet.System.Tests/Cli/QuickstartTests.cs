using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailKit.Security;
using Martlet.SystemTests.Clients;
using Martlet.Testing;
using MimeKit;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>From an empty folder to a server that takes and gives mail, and what happens when that is begun twice, broken off, or cannot be.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class QuickstartTests
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [Fact]
    public async Task A_server_is_set_up_started_with_the_file_that_was_written_takes_mail_and_gives_it()
    {
        using var folder = new TempFolder();
        var made = await RunAsync(folder);

        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.StartsWith(
            $"Martlet for example.org, as mail.example.org:\n\n  made    file {folder["martlet.conf"]}\n  made    file {folder["martlet.service"]}\n"
            + $"  made    folder {folder["data"]}\n  made    domain example.org\n  made    account you@example.org\n          password ", made.Out, StringComparison.Ordinal);
        Assert.Contains("\nexample.org.  IN  MX  10 mail.example.org.\n", made.Out, StringComparison.Ordinal);
        Assert.Contains("\nmail.example.org.  IN  A  192.0.2.10\n", made.Out, StringComparison.Ordinal);
        var password = Password().Match(made.Out).Value;
        var (smtp, imaps) = (ServeProgram.FreePort(), ServeProgram.FreePort());
        await File.AppendAllTextAsync(folder["martlet.conf"], $"listen smtp 127.0.0.1:{smtp}\nlisten imaps 127.0.0.1:{imaps}\n");
        using var server = MartletProgram.Start("serve", "--config", folder["martlet.conf"]);
        await ServeProgram.WaitForAsync(server.StandardError, "msg=started");

        using (var sender = new MailKit.Net.Smtp.SmtpClient())
        {
            await sender.ConnectAsync("127.0.0.1", smtp, SecureSocketOptions.None);
            await sender.SendAsync(new MimeMessage { From = { new MailboxAddress("Ada", "ada@example.net") }, To = { new MailboxAddress("", "you@example.org") }, Subject = "Hello" });
        }

        using (var reader = new MailKit.Net.Imap.ImapClient { ServerCertificateValidationCallback = (_, _, _, _) => true })
        {
            await reader.ConnectAsync("127.0.0.1", imaps, SecureSocketOptions.SslOnConnect);
            await reader.AuthenticateAsync("you@example.org", password);
            await reader.Inbox.OpenAsync(MailKit.FolderAccess.ReadOnly);
            Assert.Equal("Hello", (await reader.Inbox.GetMessageAsync(0)).Subject);
        }

        // Again, while it runs: everything is there, and nothing is made or shown.
        var again = await RunAsync(folder);
        Assert.Equal((0, ""), (again.Code, again.Error));
        Assert.DoesNotContain("  made  ", again.Out, StringComparison.Ordinal);
        Assert.DoesNotMatch(Password(), again.Out);
        Assert.Contains("\n  there   account you@example.org\n", again.Out, StringComparison.Ordinal);
        // The records are the same from the running server.
        var records = await MartletProgram.RunAsync("dns", "records", "example.org", "--address", "192.0.2.10", "--config", folder["martlet.conf"]);
        Assert.Equal((0, ""), (records.Code, records.Error));
        Assert.Contains(records.Out, again.Out, StringComparison.Ordinal);
        await MartletProgram.SignalAsync(server, "TERM");
        await server.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task It_fits_80_columns_but_for_records_and_commands()
    {
        using var folder = new TempFolder();
        var made = await RunAsync(folder);

        var wide = made.Out.Split('\n').Where(line => line.Length > 80 && !line.Contains("  IN  ", StringComparison.Ordinal) && !line.Contains(folder.Path, StringComparison.Ordinal));
        Assert.Empty(wide);
    }

    [Fact]
    public async Task What_is_there_stays_as_it_is_and_what_is_missing_is_made()
    {
        using var folder = new TempFolder();
        const string Own = "# mine\nhostname mx.example.net\ndata elsewhere\n";
        await File.WriteAllTextAsync(folder["martlet.conf"], Own);
        // What a process left that was killed while it wrote.
        await File.WriteAllTextAsync(folder["martlet.service.unfinished"], "[Unit]\nDescr");

        var made = await RunAsync(folder);

        Assert.Equal(0, made.Code);
        Assert.Equal(Own, await File.ReadAllTextAsync(folder["martlet.conf"]));
        Assert.StartsWith(
            $"Martlet for example.org, as mail.example.org:\n\n  there   file {folder["martlet.conf"]}\n  made    file {folder["martlet.service"]}\n  made    folder {folder["elsewhere"]}\n",
            made.Out, StringComparison.Ordinal);
        Assert.Contains("says hostname mx.example.net, which stays", made.Out.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains($"ReadWritePaths={folder["elsewhere"]}\n", await File.ReadAllTextAsync(folder["martlet.service"]), StringComparison.Ordinal);
        Assert.Contains("  IN  MX  10 mx.example.net.\n", made.Out, StringComparison.Ordinal);
        Assert.Equal(["elsewhere", "martlet.conf", "martlet.service"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Killed_at_any_moment_it_leaves_no_half_a_file_and_goes_on()
    {
        using var folder = new TempFolder();
        var passwords = 0;
        for (var delay = 20; delay < 700; delay += 60)
        {
            using var process = MartletProgram.Start(Arguments(folder));
            var output = process.StandardOutput.ReadToEndAsync();
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(delay));
            process.Kill();
            await process.WaitForExitAsync();
            passwords += Password().Count(await output);
            foreach (var file in new[] { "martlet.conf", "martlet.service" }.Select(name => folder[name]).Where(File.Exists))
            {
                Assert.Matches(@"(#listen imaps 192\.0\.2\.1|WantedBy=multi-user\.target)\n$", await File.ReadAllTextAsync(file));
            }
        }

        var last = await RunAsync(folder);
        Assert.Equal((0, ""), (last.Code, last.Error));
        // One for the account and one for the administrator at most.
        Assert.InRange(passwords + Password().Count(last.Out), 0, 2);
        Assert.Equal("you@example.org\n", Accounts().Match((await MartletProgram.RunAsync("account", "list", "--config", folder["martlet.conf"])).Out).Value + "\n");
        Assert.Equal(0, (await MartletProgram.RunAsync("verify", folder["data"])).Code);
    }

    [Fact]
    public async Task A_dry_run_shows_the_files_and_makes_nothing()
    {
        using var folder = new TempFolder();
        var shown = await MartletProgram.RunAsync([.. Arguments(folder), "--dry-run"]);

        Assert.Equal((0, ""), (shown.Code, shown.Error));
        Assert.Contains($"\n    data {folder["data"]}\n", shown.Out, StringComparison.Ordinal);
        Assert.Contains("\n    NoNewPrivileges=yes\n", shown.Out, StringComparison.Ordinal);
        Assert.EndsWith("\nNothing was changed.\n", shown.Out, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_program_gets_all_of_it_as_JSON()
    {
        using var folder = new TempFolder();
        var made = await MartletProgram.RunAsync([.. Arguments(folder), "--json"]);

        using var json = JsonDocument.Parse(made.Out);
        var root = json.RootElement;
        Assert.Equal("done", root.GetProperty("status").GetString());
        Assert.Equal(
            ["made file", "made file", "made folder", "made domain", "made account", "made postmaster", "made administrator"],
            root.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("state").GetString()} {step.GetProperty("what").GetString()}"));
        Assert.Matches(Password(), root.GetProperty("steps")[4].GetProperty("password").GetString());
        // The same records as at any later time.
        var records = await MartletProgram.RunAsync("dns", "records", "example.org", "--address", "192.0.2.10", "--json", "--config", folder["martlet.conf"]);
        using var later = JsonDocument.Parse(records.Out);
        Assert.Equal(
            later.RootElement.EnumerateArray().Select(record => record.GetProperty("name").GetString()),
            root.GetProperty("dnsRecords").EnumerateArray().Select(record => record.GetProperty("name").GetString()));
        Assert.Equal([$"martlet serve --config {folder["martlet.conf"]}"], root.GetProperty("next").EnumerateArray().Select(line => line.GetString()!));
    }

    [Fact]
    public async Task An_address_in_any_script_becomes_A_labels_in_DNS()
    {
        using var folder = new TempFolder();
        var made = await MartletProgram.RunAsync("quickstart", "r\u00f3ka@b\u00fccher.example", "--folder", folder.Path, "--no-checks");

        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Contains("  made    account r\u00f3ka@xn--bcher-kva.example\n", made.Out, StringComparison.Ordinal);
        Assert.Contains("\nxn--bcher-kva.example.  IN  MX  10 mail.xn--bcher-kva.example.\n", made.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("b\u00fccher", made.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada", "'ada' is not an address; write it as in you@example.org.")]
    [InlineData("ada@[192.0.2.1]", "'ada@[192.0.2.1]' is not an address; write it as in you@example.org.")]
    [InlineData("ada@example.org --hostname mail", "'mail' is not a whole host name, such as mail.example.org.")]
    [InlineData("ada@example.org --address mail", "'mail' is not an IP address.")]
    [InlineData("ada@example.org --tls one.pem", "--tls takes two files: the certificate with its chain, and the key.")]
    public async Task What_cannot_be_is_told_before_anything_is_made(string line, string problem)
    {
        using var folder = new TempFolder();
        var result = await MartletProgram.RunAsync(["quickstart", .. line.Split(' '), "--folder", folder.Path]);

        Assert.Equal(new ProgramResult(2, "", $"martlet quickstart: {problem}\nMore: martlet quickstart --help\n"), result);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_configuration_that_is_wrong_is_left_alone_with_everything_else()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["martlet.conf"], "hostname\n");
        var result = await RunAsync(folder);

        Assert.Equal(2, result.Code);
        Assert.Contains($"{folder["martlet.conf"]}:1: a value is missing", result.Error, StringComparison.Ordinal);
        Assert.Equal([folder["martlet.conf"]], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task As_root_everything_in_the_data_folder_is_made_by_the_user_of_the_server()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can be another user.");
        using var folder = new TempFolder();
        File.SetUnixFileMode(folder.Path, Everybody);
        var made = await MartletProgram.RunAsync([.. Arguments(folder), "--user", "nobody"]);

        Assert.Equal((0, ""), (made.Code, made.Error));
        var (_, owners) = await ForeignProgram.RunAsync("find", [folder.Path, "-printf", "%u %P\n"]);
        var lines = owners.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal).ToArray();
        Assert.Contains("root martlet.conf", lines);
        Assert.Contains("nobody data", lines);
        Assert.All(lines.Where(line => line.Contains("data", StringComparison.Ordinal)), line => Assert.StartsWith("nobody ", line, StringComparison.Ordinal));
        Assert.Contains("User=nobody\n", await File.ReadAllTextAsync(folder["martlet.service"]), StringComparison.Ordinal);

        using var other = new TempFolder();
        var missing = await MartletProgram.RunAsync([.. Arguments(other), "--user", "no-such-user"]);
        Assert.Equal(3, missing.Code);
        Assert.Contains("There is no user no-such-user that the server could run as. Make it, then run this again:\n  useradd --system ", missing.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(other.Path));
    }

    private static string[] Arguments(TempFolder folder) => ["quickstart", "you@example.org", "--folder", folder.Path, "--no-checks", "--address", "192.0.2.10"];

    private static Task<ProgramResult> RunAsync(TempFolder folder) => MartletProgram.RunAsync(Arguments(folder));

    [GeneratedRegex(@"([a-z2-9]{5}-){3}[a-z2-9]{5}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Password();

    [GeneratedRegex(@"\S+@\S+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Accounts();
}
