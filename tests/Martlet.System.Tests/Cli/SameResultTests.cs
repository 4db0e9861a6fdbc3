using System.Text.Json;
using System.Text.RegularExpressions;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>
/// Every command that works on a server, once on a running one and once on a data folder, with the same words: outputs and exit codes are the same, and
/// the output is one JSON value. A command that is not in the dialogue fails the test.
/// </summary>
public sealed partial class SameResultTests
{
    private const string Dialogue = """
        domain add example.org
        domain set example.org --catch-all none --separators +-
        domain list
        account add ada@example.org --generate
        account add ada@example.org --generate
        account name ada@example.org Ada
        account list
        account show ada@example.org
        account password ada@example.org --generate
        account quota ada@example.org --bytes 5GB
        account capabilities ada@example.org --hide MOVE
        account disable ada@example.org Later.
        account enable ada@example.org
        account logins ada@example.org
        address add ada@example.org lovelace@example.org
        address list
        address rm lovelace@example.org
        alias add all@example.org ada@example.org
        alias set all@example.org you@localhost
        alias list
        lookup all@example.org
        lookup nobody@example.org
        alias rm all@example.org
        settings set --postmaster ada@example.org
        settings show
        admin add root --generate
        admin password root --generate
        admin list
        admin token add root monitoring
        admin token list
        admin token rm root monitoring
        admin rm root
        config tlspubkey add ada@example.org phone < KEY
        config tlspubkey list
        config tlspubkey get FINGERPRINT
        config tlspubkey rm FINGERPRINT
        config export
        config apply - < SETTINGS
        import mbox - ada@example.org Box < MBOX
        import maildir MAILDIR ada@example.org
        import archive - ada@example.org < SETTINGS
        export ada@example.org DATA.zip
        export ada@example.org DATA.zip
        dns records example.org
        dns records example.net
        trace nobody@example.net
        account rm ada@example.org --yes
        domain rm example.org
        """;

    [Fact]
    public async Task Every_command_gives_the_same_with_and_without_a_server()
    {
        using var folder = new TempFolder();
        var key = await MartletProgram.RunAsync("config", "tlspubkey", "gen", folder["key"]);
        var inputs = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["KEY"] = await File.ReadAllTextAsync(folder["key.cert.pem"]),
            ["SETTINGS"] = "nonsense\n",
            ["MBOX"] = "From a Mon Jan  5 10:00:00 2026\nSubject: 1\n\nx\n",
        };
        Directory.CreateDirectory(folder["maildir/cur"]);
        await File.WriteAllTextAsync(folder["maildir/cur/1.a.b:2,S"], "Subject: 2\n\nx\n");
        var dialogue = Dialogue.Replace("MAILDIR", folder["maildir"], StringComparison.Ordinal).Replace("FINGERPRINT", FingerprintLine().Match(key.Out).Groups["key"].Value, StringComparison.Ordinal).Split('\n');
        await EveryCommandIsThereAsync(dialogue);
        await using var running = await LocalProgram.StartAsync("--data", folder["running"]);
        await using (var stopped = await LocalProgram.StartAsync("--data", folder["stopped"]))
        {
            Assert.Equal(0, await stopped.StopAsync("TERM"));
        }

        foreach (var line in dialogue)
        {
            var results = await Task.WhenAll(RunAsync(line, folder["stopped"], inputs), RunAsync(line, folder["running"], inputs));
            Assert.Equal(results[0], results[1]);
            // Imports tell there what they leave out, message by message; their report is the value.
            Assert.True(results[0].Result.Error.Length == 0 || line.StartsWith("import ", StringComparison.Ordinal), line);
            using var json = JsonDocument.Parse(results[0].Result.Out);
        }
    }

    private static async Task EveryCommandIsThereAsync(string[] dialogue)
    {
        // These are about the running process: without one there is nothing to tell.
        string[] ofTheProcess = ["health", "log level"];
        foreach (var page in (await CommandPage.AllAsync()).Where(page => page.IsAboutServer && !ofTheProcess.Contains(page.Name)))
        {
            Assert.True(Array.Exists(dialogue, line => (line + " ").StartsWith(page.Name + " ", StringComparison.Ordinal)), $"{page.Name} is not in the dialogue.");
        }
    }

    private static async Task<(string Line, ProgramResult Result)> RunAsync(string line, string data, Dictionary<string, string> inputs)
    {
        var parts = line.Replace("DATA", data, StringComparison.Ordinal).Split(" < ");
        var result = await MartletProgram.RunAsync(parts is [_, var name] ? inputs[name] : "", [.. parts[0].Split(' '), "--data", data, "--json"]);
        // Passwords are made anew, and time goes on.
        string Mask(string text) => Token().Replace(Time().Replace(Password().Replace(text.Replace(data, "(data)", StringComparison.Ordinal), "(password)"), "(time)"), "${name}(token)");
        return (line, result with { Out = Mask(result.Out), Error = Mask(result.Error) });
    }

    [GeneratedRegex(@"Fingerprint:\s+(?<key>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FingerprintLine();

    [GeneratedRegex(@"([a-z2-9]{5}-){3}[a-z2-9]{5}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Password();

    [GeneratedRegex("(?<name>Token: |\"token\": \")[^\"\\s]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(\+00:00|Z)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Time();
}
