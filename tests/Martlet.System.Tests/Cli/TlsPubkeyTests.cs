using System.Diagnostics;
using System.Globalization;
using Martlet.SystemTests.Clients;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>A key from its making to its end, with the real program and openssl as the mail program.</summary>
public sealed class TlsPubkeyTests
{
    private const string Ada = "ada@example.org";

    [Theory]
    [InlineData("p256", "ecdsa-p256")]
    [InlineData("ed25519", "ed25519")]
    [InlineData("rsa", "rsa-3072")]
    public async Task A_key_is_made_logs_in_and_is_taken_away(string type, string shownType)
    {
        await using var server = await ServeProgram.StartAsync(Ada, "bob@example.org");
        var stem = server.PathOf("ada-phone");
        var made = await MartletProgram.RunAsync("config", "tlspubkey", "gen", stem, "--type", type);
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.Contains($"\nType:         {shownType}\n", made.Out, StringComparison.Ordinal);
        var fingerprint = made.Out.Split("Fingerprint:")[1].Split('\n')[0].Trim();

        var certificate = await File.ReadAllTextAsync(stem + ".cert.pem");
        await ExpectAsync(server, ["add", Ada], certificate, 0, $"The key 'ada-phone' logs in as {Ada}.\nFingerprint: {fingerprint}\n");
        await ExpectAsync(server, ["add", Ada], certificate, 1, error: "This key logs in to that account already: it is 'ada-phone'.\n");
        await ExpectAsync(
            server, ["add", "bob@example.org"], certificate, 1,
            error: $"The key {fingerprint} belongs to another account already, and a key logs in to one account only. Make a new one.\n");
        await ExpectAsync(
            server, ["add", Ada], await File.ReadAllTextAsync(stem + ".pem"), 1, error: "There is a private key in this. Keep it where it is, and give the certificate only.\n");
        Assert.Matches(
            $@"^ADDRESS +NAME +TYPE +PREAUTH  ADDED +FINGERPRINT\n{Ada}  ada-phone  {shownType} +yes      \d{{4}}-\d\d-\d\d  {fingerprint}\n$",
            (await RunAsync(server, ["list"])).Out);
        await ExpectAsync(server, ["list", "bob@example.org", "--json"], "", 0, "[]\n");

        using var client = Connect(server, stem);
        Assert.StartsWith("* PREAUTH [CAPABILITY ", await ReadAsync(client), StringComparison.Ordinal);
        await client.StandardInput.WriteAsync("a1 IDLE\n");
        Assert.Equal("+ Waiting for DONE.", await ReadAsync(client));
        await ExpectAsync(server, ["rm", fingerprint], "", 0, $"The key 'ada-phone' of {Ada} logs in no more; sessions that it opened have ended.\n");
        Assert.StartsWith("* BYE [EXPIRED] ", await ReadAsync(client), StringComparison.Ordinal);
        Assert.Null(await ReadAsync(client));

        using var stranger = Connect(server, stem);
        Assert.StartsWith("* OK [CAPABILITY ", await ReadAsync(stranger), StringComparison.Ordinal);
        stranger.StandardInput.Close();
        await ExpectAsync(server, ["get", fingerprint], "", 1, error: $"Nobody has the key {fingerprint}; martlet config tlspubkey list shows those there are.\n");
    }

    [Fact]
    public async Task A_key_without_PREAUTH_is_greeted_as_others_and_logs_in_with_EXTERNAL()
    {
        await using var server = await ServeProgram.StartAsync(Ada);
        var stem = server.PathOf("k9");
        await MartletProgram.RunAsync("config", "tlspubkey", "gen", stem);
        var added = await RunAsync(server, ["add", Ada, "Ada's phone", "--no-imap-preauth"], await File.ReadAllTextAsync(stem + ".cert.pem"));
        Assert.Equal(0, added.Code);
        var fingerprint = added.Out.Split("Fingerprint: ")[1].Trim();

        var page = (await RunAsync(server, ["get", fingerprint])).Out;
        Assert.StartsWith(
            $"{fingerprint}\n  name     Ada's phone\n  type     ecdsa-p256\n  account  {Ada}\n  address  {Ada}\n  PREAUTH  no\n  added    ", page, StringComparison.Ordinal);
        var json = (await RunAsync(server, ["get", fingerprint, "--json"])).Out;
        Assert.StartsWith(
            $"{{\n  \"fingerprint\": \"{fingerprint}\",\n  \"account\": \"{Ada}\",\n  \"address\": \"{Ada}\",\n  \"name\": \"Ada's phone\",\n"
            + "  \"type\": \"ecdsa-p256\",\n  \"imapPreauth\": false,\n  \"logsIn\": true,\n  \"added\": \"", json, StringComparison.Ordinal);

        using var client = Connect(server, stem);
        Assert.Contains(" AUTH=EXTERNAL ", await ReadAsync(client), StringComparison.Ordinal);
        await client.StandardInput.WriteAsync("a1 AUTHENTICATE EXTERNAL =\n");
        Assert.StartsWith("a1 OK ", await ReadAsync(client), StringComparison.Ordinal);
        client.StandardInput.Close();
    }

    [Fact]
    public async Task Key_files_are_their_owners_and_openssl_reads_them()
    {
        using var folder = new TempFolder();
        var stem = folder["key"];
        await File.WriteAllTextAsync(folder["password"], "not generated\r\nsecond line\n");
        var made = await MartletProgram.RunAsync("config", "tlspubkey", "gen", stem, "--p12-password-file", folder["password"]);
        Assert.Equal((0, ""), (made.Code, made.Error));
        Assert.DoesNotContain("Password", made.Out, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var ending in new[] { ".key.pem", ".pem", ".p12" })
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(stem + ending));
            }
        }

        Assert.Equal(await File.ReadAllTextAsync(stem + ".key.pem") + await File.ReadAllTextAsync(stem + ".cert.pem"), await File.ReadAllTextAsync(stem + ".pem"));
        var (exit, output) = await ForeignProgram.RunAsync("openssl", ["pkcs12", "-in", stem + ".p12", "-passin", "pass:not generated", "-noenc"]);
        Assert.Equal(0, exit);
        Assert.Contains("friendlyName: key", output, StringComparison.Ordinal);
        Assert.Contains("-----BEGIN PRIVATE KEY-----", output, StringComparison.Ordinal);
        Assert.Equal(0, (await ForeignProgram.RunAsync("openssl", ["x509", "-in", stem + ".cert.pem", "-noout", "-checkend", "0"])).Exit);
    }

    [Fact]
    public async Task A_generated_password_opens_the_file()
    {
        using var folder = new TempFolder();
        var made = await MartletProgram.RunAsync("config", "tlspubkey", "gen", folder["key"]);
        var password = made.Out.Split($"Password of {folder["key.p12"]}: ")[1].Split('\n')[0];
        Assert.Equal(0, (await ForeignProgram.RunAsync("openssl", ["pkcs12", "-in", folder["key.p12"], "-passin", "pass:" + password, "-noout"])).Exit);
    }

    [Theory]
    [InlineData(".key.pem")]
    [InlineData(".cert.pem")]
    [InlineData(".pem")]
    [InlineData(".p12")]
    public async Task Nothing_is_overwritten(string ending)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["key" + ending], "mine");

        var result = await MartletProgram.RunAsync("config", "tlspubkey", "gen", folder["key"]);

        Assert.Equal(new ProgramResult(1, "", $"{folder["key" + ending]} exists already and is not overwritten; nothing done.\n"), result);
        Assert.Equal([folder["key" + ending]], Directory.GetFiles(folder.Path));
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["key" + ending]));
    }

    [Fact]
    public async Task When_a_file_cannot_be_made_none_is_left()
    {
        // The first path, with what it ends in until it is whole, has as many bytes as Linux takes; the second has one more.
        const int StemBytes = 4095 - 8 - 11;
        using var folder = new TempFolder();
        var deep = folder.Path;
        while (deep.Length < StemBytes - 40)
        {
            deep += "/" + new string('d', Math.Min(200, StemBytes - 20 - deep.Length));
        }

        Directory.CreateDirectory(deep);
        var result = await MartletProgram.RunAsync("config", "tlspubkey", "gen", deep + "/" + new string('k', StemBytes - deep.Length - 1));

        Assert.Equal((3, ""), (result.Code, result.Out));
        Assert.Contains(".cert.pem", result.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(deep));
    }

    [Theory]
    [InlineData("-hAbcdefghijklmnopqrstuvwxyz0123456789_ABCDE")]
    [InlineData("--bcdefghijklmnopqrstuvwxyz0123456789_ABCDEF")]
    [InlineData("-_bcdefghijklmnopqrstuvwxyz0123456789_ABCDEF")]
    public async Task A_fingerprint_may_begin_with_hyphens(string fingerprint)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["martlet.conf"], "hostname mail.example.org\ndata data\n");
        Assert.Equal(
            new ProgramResult(1, "", $"Nobody has the key {fingerprint}; martlet config tlspubkey list shows those there are.\n"),
            await MartletProgram.RunAsync("config", "tlspubkey", "rm", fingerprint, "--config", folder["martlet.conf"]));
    }

    [Fact]
    public async Task What_is_too_long_for_a_certificate_is_not_read_to_its_end()
    {
        Assert.Equal(
            new ProgramResult(1, "", "This is too long to be a certificate: more than 32768 characters.\n"),
            await MartletProgram.RunAsync(new string('a', 40_000), ["config", "tlspubkey", "add", Ada]));
    }

    private static Task<ProgramResult> RunAsync(ServeProgram server, string[] arguments, string input = "") =>
        MartletProgram.RunAsync(input, ["config", "tlspubkey", .. arguments, "--config", server.Config]);

    private static async Task ExpectAsync(ServeProgram server, string[] arguments, string input, int code, string output = "", string error = "") =>
        Assert.Equal(new ProgramResult(code, output, error), await RunAsync(server, arguments, input));

    private static Process Connect(ServeProgram server, string stem) => Process.Start(new ProcessStartInfo(
        "openssl",
        [
            "s_client", "-quiet", "-verify_quiet", "-crlf", "-servername", "mail.example.org", "-connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.ImapsPort}"),
            "-cert", stem + ".cert.pem", "-key", stem + ".key.pem",
        ])
    {
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true, // Some words about our certificate, which nobody need read.
    })!;

    private static async Task<string?> ReadAsync(Process client)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await client.StandardOutput.ReadLineAsync(limit.Token);
    }
}
