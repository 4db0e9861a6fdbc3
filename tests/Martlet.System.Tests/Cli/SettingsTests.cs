using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>Aliases, settings, lookups, administrators, and the whole configuration as text, with and without a running server.</summary>
public sealed class SettingsTests
{
    private string _data = "";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_set_up_is_shown_exported_and_applied(bool isRunning)
    {
        using var folder = new TempFolder();
        _data = folder["data"];
        await using var server = await LocalProgram.StartAsync("--data", _data);
        if (!isRunning)
        {
            Assert.Equal(0, await server.StopAsync("TERM"));
        }

        await ExpectAsync("alias add info@localhost you@localhost --description shop", 0, "Mail for info@localhost goes to you@localhost.\n");
        await ExpectAsync("alias add info@localhost you@localhost", 1, error: "info@localhost exists already, as an alias.\n");
        await ExpectAsync("alias list", 0, "ALIAS           MEMBERS        NOTE\ninfo@localhost  you@localhost  shop\n");
        await ExpectAsync("settings set --quota-bytes 5GB --postmaster info@localhost", 0, "The settings are changed.\n");
        await ExpectAsync("settings set --quota-bytes much", 2, error: "martlet settings set: 'much' is not a size; write it as in 500MB or 5GB, or none.\nMore: martlet settings set --help\n");
        await ExpectAsync("settings show", 0, """
            SETTING         VALUE           WHAT IT IS
            quota-bytes     5 GB            what an account without a limit of its own may hold
            quota-messages  none            the same in messages
            postmaster      info@localhost  gets what goes to postmaster and abuse of domains that have neither

            """);
        await ExpectAsync("lookup abuse@localhost", 0, """
            abuse@localhost
              localhost is one of our domains, live.
              abuse is reserved and nobody has it here: it goes to the server's postmaster, info@localhost.
              info@localhost is an alias with 1 member: you@localhost.
              It would arrive in INBOX of you@localhost.

            """);
        await ExpectAsync("lookup nobody@localhost", 1, """
            nobody@localhost
              localhost is one of our domains, live.
              Nobody has it, and the domain has no catch-all: it is refused (550 5.1.1).

            """);
        await ExpectAsync("admin add root --password-stdin", 0, "root is an administrator now.\n", input: "correct horse\n");
        await ExpectAsync("admin list", 0, "ADMINISTRATOR  SESSIONS  TOKENS\nroot                  0       0\n");
        Assert.Matches("^The token 'monitor' of root is made. It is shown this once.\nToken: mt_[A-Za-z0-9_-]{43}\n$", (await RunAsync("admin token add root monitor")).Out);
        await ExpectAsync("admin token rm root monitor", 0, "The token 'monitor' is not taken any more.\n");
        await ExpectAsync("admin token list", 0, "ADMINISTRATOR  TOKEN  MADE  ENDS\n");

        var text = (await RunAsync("config export")).Out;
        Assert.Contains("\nalias info@localhost\n    description shop\n    member you@localhost\n", text, StringComparison.Ordinal);
        var file = folder["settings.txt"];
        await File.WriteAllTextAsync(file, text.Replace("alias info@localhost", "alias office@localhost", StringComparison.Ordinal).Replace("postmaster info@", "postmaster office@", StringComparison.Ordinal));
        const string Changes = "  change the server's settings\n  add alias office@localhost\n  remove alias info@localhost\n";
        await ExpectAsync($"config apply --dry-run {file}", 0, Changes + "Nothing was changed; this is what would be.\n");
        await ExpectAsync($"config apply {file}", 0, Changes + "Done: 3 changes.\n");
        await ExpectAsync($"config apply {file}", 0, "Nothing to change: the server is as the text says.\n");
        await ExpectAsync("config apply -", 1, error: "-:2: 'colour' stands before the first block; blocks begin with settings, domain, account, alias or administrator.\n"
            + "Nothing was changed: the text has mistakes.\n", input: "version 1\ncolour red\n");
        await ExpectAsync("settings set --postmaster none", 0, "The settings are changed.\n");
        await ExpectAsync("alias rm office@localhost", 0, "The alias office@localhost is gone.\n");
        await ExpectAsync("admin rm root", 0, "root is no administrator any more.\n");
    }

    private Task<ProgramResult> RunAsync(string line, string input = "") => MartletProgram.RunAsync(input, [.. line.Split(' '), "--data", _data]);

    private async Task ExpectAsync(string line, int code, string output = "", string error = "", string input = "") =>
        Assert.Equal((line, new ProgramResult(code, output, error)), (line, await RunAsync(line, input)));
}
