using System.Text.Json;
using Martlet.SystemTests.Cli;
using Martlet.SystemTests.Clients;
using Martlet.SystemTests.RealInput;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Browser;

/// <summary>
/// Debian's Chromium walks through the pages of the real program: every page and form that links lead to, on a phone and a desktop, light and dark, with JavaScript and without; then
/// somebody attacks them, and a second user tries what the first one has. MARTLET_SHOTS names a folder for pictures of all pages.
/// </summary>
public sealed class BrowserTests
{
    private const string Chromium = "/usr/bin/chromium";
    private const string Second = "second@localhost";
    private const string Administrator = "root";
    private const string SecondAdministrator = "other";
    private const string SecondPassword = "the second one's password";

    // Some minutes on a machine that does nothing else.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static readonly string Folder = Path.Combine(MartletProgram.Root, "tests", "Martlet.System.Tests", "Browser");

    [Fact(Explicit = true)]
    public async Task Every_page_works_for_everybody_it_is_for_and_for_nobody_else()
    {
        Assert.SkipUnless(File.Exists(Chromium), "Chromium is not installed.");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules")), "Run npm ci in the folder Browser first.");
        using var folder = new TempFolder();
        await using var server = await RealServer.StartAsync(folder.Path);
        await DoAsync(server, SecondPassword + "\n", "account", "add", Second, "--password-stdin");
        await DoAsync(server, "", "account", "quota", RealServer.Address, "--bytes", "1GB");
        await DoAsync(server, "", "address", "add", RealServer.Address, "also.you@localhost");
        await FillAsync(server);

        var (_, output) = await ForeignProgram.RunAsync("node", [Path.Combine(Folder, "run.mjs"), await WriteConfigAsync(server, folder.Path)], Patience);
        var walk = WalkResult.Read(output);

        Assert.True(walk.HasEnded, output);
        Assert.Empty(walk.Checks.Where(check => !check.IsOk).Select(check => check.ToString()));
        string[] parts = ["attack", "axe", "crawl", "flow", "hostile", "keyboard", "page", "second"];
        Assert.Equal(parts, walk.Checks.Select(check => check.Group).Distinct().Order(StringComparer.Ordinal));
        await PagesPage.CheckAsync(walk);
        await CorpusTests.VerifyAsync(server);
    }

    // One of everything that the administrators' pages show, with texts that would be code.
    private static async Task FillAsync(RealServer server)
    {
        const string Code = "'\"></title></textarea><x-mark><img src=x onerror=alert(1)>";
        await DoAsync(server, "", "domain", "add", "example.org");
        await DoAsync(server, "", "domain", "set", "example.org", "--description", Code);
        await DoAsync(server, SecondPassword + "\n", "account", "add", "third@example.org", "--password-stdin");
        await DoAsync(server, "", "account", "name", "third@example.org", Code);
        await DoAsync(server, "", "account", "disable", "third@example.org", Code);
        await DoAsync(server, "", "alias", "add", "all@example.org", RealServer.Address, Second, "--description", Code);
        foreach (var name in new[] { Administrator, SecondAdministrator })
        {
            await DoAsync(server, SecondPassword + "\n", "admin", "add", name, "--password-stdin");
            await DoAsync(server, "", "admin", "token", "add", name, "Token <x-mark>");
        }
    }

    private static async Task DoAsync(RealServer server, string input, params string[] arguments)
    {
        var result = await MartletProgram.RunAsync(input, [.. arguments, "--data", server.Data]);
        Assert.True(result.Code == 0, result.Error + result.Out);
    }

    private static async Task<string> WriteConfigAsync(RealServer server, string folder)
    {
        var path = Path.Combine(folder, "walk.json");
        var shots = Environment.GetEnvironmentVariable("MARTLET_SHOTS");
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(new
        {
            origin = $"https://localhost:{server.HttpsPort}",
            plain = $"http://localhost:{server.HttpPort}",
            smtp = server.SmtpPort,
            imaps = server.ImapsPort,
            user = new { name = RealServer.Address, password = RealServer.Password },
            second = new { name = Second, password = SecondPassword },
            admin = new
            {
                origin = $"https://localhost:{server.AdminPort}",
                user = new { name = Administrator, password = SecondPassword },
                second = new { name = SecondAdministrator, password = SecondPassword },
            },
            chromium = Chromium,
            shots,
        }));
        return path;
    }
}
