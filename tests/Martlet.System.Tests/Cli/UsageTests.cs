using Xunit;

namespace Martlet.SystemTests.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "Martlet, a mail server")]
    [InlineData("account", "Accounts: who logs in and has mail.")]
    [InlineData("nosuch", "martlet: Unrecognized command or argument 'nosuch'.")]
    [InlineData("account add", "martlet account add: Required argument 'ADDRESS' missing for command: 'add'.\nUsage: martlet account add ADDRESS [options]\nMore: martlet account add --help\n")]
    [InlineData("account add ada@example.org", "martlet account add: there is no terminal to type a password; use --password-stdin or --generate.")]
    [InlineData("account add ada@example.org --generate --password-stdin", "martlet account add: --password-stdin and --generate exclude each other.")]
    [InlineData("account add ada@example.org --password-stdin", "martlet account add: standard input is empty")]
    [InlineData("account rm ada@example.org --data /nonexistent", "martlet account rm: there is no terminal to ask; give --yes.")]
    [InlineData("config tlspubkey", "TLS keys that log in without a password.")]
    [InlineData("config tlspubkey gen /nonexistent/", "martlet config tlspubkey gen: the last part of STEM is a name of 1 to 64 characters.")]
    [InlineData("config tlspubkey gen /nonexistent/a --type dsa", "martlet config tlspubkey gen: 'dsa' is not a type of key; there are p256, ed25519, rsa.")]
    [InlineData(
        "config tlspubkey gen /nonexistent/a --p12-password-file /dev/null",
        "martlet config tlspubkey gen: the first line of /dev/null must be a password of 1 to 200 ASCII characters: programs disagree about others.")]
    [InlineData("account quota ada@example.org", "martlet account quota: name a limit with --bytes or --messages.")]
    [InlineData("account quota ada@example.org --bytes 5XB", "martlet account quota: '5XB' is not a size; write it as in 500MB or 5GB, or none, or default for the server's.")]
    [InlineData("account quota ada@example.org --bytes 0", "martlet account quota: '0' is not a size; write it as in 500MB or 5GB, or none, or default for the server's.")]
    [InlineData("account quota ada@example.org --bytes 10000000TB", "martlet account quota: '10000000TB' is not a size; write it as in 500MB or 5GB, or none, or default for the server's.")]
    [InlineData("account quota ada@example.org --messages -1", "martlet account quota: '-1' is not a number of messages above 0; for no limit write none, or default for the server's.")]
    [InlineData("account capabilities ada@example.org", "martlet account capabilities: name capabilities with --hide or --show.")]
    [InlineData("account list --data a --config b", "martlet account list: --config and --data name the same thing; give one of them.")]
    [InlineData("serve", "martlet serve: Option '--config' is required.")]
    [InlineData("localserve --port-offset 70000", "martlet localserve: --port-offset goes from 0 to 57000.")]
    [InlineData("localserve --ephemeral --data x", "martlet localserve: --ephemeral makes its own folder; leave out --data.")]
    [InlineData("localserve --ephemeral --log-level loud", "martlet localserve: 'loud' is not a log level.")]
    public async Task A_wrong_command_line_says_what_is_wrong_on_standard_error_and_ends_with_2(string line, string error)
    {
        var result = await MartletProgram.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (result.Code, result.Out));
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("account list --data /nonexistent", "martlet account list: There is no server's data in /nonexistent. Start one (martlet localserve), or name it with --data DIR or --config FILE.\n")]
    [InlineData("account list", "martlet account list: There is no server's data in /nonexistent/martlet/localserve. Start one (martlet localserve), or name it with --data DIR or --config FILE.\n")]
    [InlineData("verify /nonexistent", "martlet verify: There is no server's data in /nonexistent.\n")]
    [InlineData("import mbox /nonexistent/file you@localhost INBOX", "martlet import mbox: Could not find a part of the path '/nonexistent/file'.\n")]
    [InlineData("config tlspubkey gen /nonexistent/a", "martlet config tlspubkey gen: There is no folder /nonexistent.\n")]
    [InlineData("serve --config /nonexistent.conf", "martlet serve: Could not find file '/nonexistent.conf'.\n")]
    public async Task What_the_world_does_not_have_ends_with_3(string line, string error)
    {
        var result = await MartletProgram.RunAsync(line.Split(' '));

        Assert.Equal(new ProgramResult(3, "", error), result);
    }

    [Fact]
    public async Task Version_is_one_line()
    {
        var result = await MartletProgram.RunAsync("version");

        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.Matches(@"^martlet \d+\.\d+\.\d+ \(.*\)\n$", result.Out);
    }
}
