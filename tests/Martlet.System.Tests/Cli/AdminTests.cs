using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>The same dialogue with and without a running server: each command, its output, its exit code.</summary>
public sealed class AdminTests
{
    private string _data = "";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Domains_and_accounts_are_managed_alike_with_and_without_a_server(bool isRunning)
    {
        using var folder = new TempFolder();
        _data = folder.Path;
        var server = await LocalProgram.StartAsync("--data", _data);
        await using (server)
        {
            if (!isRunning)
            {
                Assert.Equal(0, await server.StopAsync("TERM"));
            }

            await ExpectAsync("domain list", 0, "DOMAIN     STATE  ADDRESSES  ALIASES  DETAILS  CATCH-ALL  NOTE\nlocalhost  live           1        0  +        none\n");
            await ExpectAsync("domain add Example.ORG", 0, "Mail for example.org is ours now.\n");
            await ExpectAsync("domain add example.org", 1, error: "example.org exists already.\n");
            await ExpectAsync("domain add exa..mple", 1, error: "'exa..mple' is not a domain name; write it as in example.org.\n");
            await ExpectAsync("domain add b\u00fccher.example", 0, "Mail for xn--bcher-kva.example is ours now.\n");
            await ExpectAsync("domain set example.org --state draft --separators +- --description Books", 0, "example.org is changed.\n");
            await ExpectAsync("domain set example.org", 2, error: "martlet domain set: name what is to change, such as --state live.\nMore: martlet domain set --help\n");
            await ExpectAsync(
                "domain set example.org --state asleep", 2,
                error: "martlet domain set: 'asleep' is not a state; there are draft, receive, live and disabled.\nMore: martlet domain set --help\n");
            await ExpectAsync("domain list", 0, """
                DOMAIN                 STATE  ADDRESSES  ALIASES  DETAILS  CATCH-ALL  NOTE
                example.org            draft          0        0  +-       none       Books
                localhost              live           1        0  +        none
                xn--bcher-kva.example  live           0        0  +        none

                """);
            await ExpectAsync("domain rm nosuch.example", 1, error: "nosuch.example is not one of our domains; martlet domain list shows them.\n");
            await ExpectAsync("domain rm xn--bcher-kva.example", 0, "Mail for xn--bcher-kva.example is no longer ours.\n");

            await ExpectAsync("account add Ada@example.org --password-stdin", 0, "Account ada@example.org is made.\n", input: "correct horse\n");
            await ExpectAsync("account add ada@example.org --password-stdin", 1, error: "ada@example.org exists already.\n", input: "correct horse\n");
            await ExpectAsync("account add ada@nosuch.example --generate", 1, error: "nosuch.example is not one of our domains; add it first: martlet domain add nosuch.example\n");
            await ExpectAsync("account add ada --generate", 1, error: "'ada' is not an address; write it as in ada@example.org.\n");
            await ExpectAsync(
                "account add bob@example.org --password-stdin", 1, error: "The password is too short: at least 8 characters.\n", input: "short\n");
            await ExpectAsync("account list", 0, """
                ADDRESS          MESSAGES  SIZE  PASSWORD
                ada@example.org         0   0 B  yes
                you@localhost           0   0 B  yes

                """);
            await ExpectAsync("account password ada@example.org --password-stdin", 0, "The password of ada@example.org is changed; sessions that used the old one have ended.\n", input: "battery staple\n");
            await ExpectAsync("account password bob@example.org --generate", 1, error: "There is no account bob@example.org; martlet account list shows those there are.\n");
            await ExpectAsync("account quota ada@example.org --bytes 5GB --messages 1000", 0, "The limits of ada@example.org are changed.\n");
            await ExpectAsync("account quota ada@example.org --messages none", 0, "The limits of ada@example.org are changed.\n");
            await ExpectAsync("account quota bob@example.org --bytes none", 1, error: "There is no account bob@example.org; martlet account list shows those there are.\n");
            await ExpectAsync(
                "account capabilities ada@example.org --hide uidonly imap4rev2 --hide MOVE", 0,
                "The capabilities for ada@example.org are changed; clients learn of it at their next login.\n");
            await ExpectAsync("account show ada@example.org", 0, """
                ada@example.org, with a password, no keys

                WHAT      USED  LIMIT
                messages     0   none
                size       0 B   5 GB

                Addresses: ada@example.org
                Hidden IMAP capabilities: IMAP4rev2 MOVE UIDONLY

                """);
            await ExpectAsync(
                "account capabilities ada@example.org --show move uidonly gone IMAP4rev2", 0,
                "The capabilities for ada@example.org are changed; clients learn of it at their next login.\n");
            await ExpectAsync("account quota ada@example.org --bytes default --messages 7", 0, "The limits of ada@example.org are changed.\n");
            await ExpectAsync("account name ada@example.org Ada", 0, "ada@example.org is Ada.\n");
            await ExpectAsync(
                "account show ada@example.org --json", 0,
                "{\n  \"address\": \"ada@example.org\",\n  \"messages\": 0,\n  \"bytes\": 0,\n  \"hasPassword\": true,\n  \"hiddenCapabilities\": [],\n  "
                + "\"messagesMax\": 7,\n  \"bytesMax\": null,\n  \"displayName\": \"Ada\",\n  \"isDefaultMessagesMax\": false,\n  \"isDefaultBytesMax\": true,\n  \"aliases\": [],\n  \"addresses\": [\n    \"ada@example.org\"\n  ],\n  \"keys\": 0,\n  \"disabledText\": null\n}\n");
            var refused = await MartletProgram.RunAsync("account", "capabilities", "ada@example.org", "--hide", "IMAP4rev1", "--data", _data);
            Assert.Equal((1, ""), (refused.Code, refused.Out));
            Assert.StartsWith("'IMAP4rev1' is not a capability that can be hidden. Those are: IMAP4rev2 LITERAL+ ", refused.Error, StringComparison.Ordinal);
            await ExpectAsync("account logins ada@example.org", 0, "LAST  RESULT  COUNT  MECHANISM  PROTOCOL  TLS  FROM  CLIENT  KEY\n");
            await ExpectAsync("account logins ada@example.org --json --limit 10000", 0, "[]\n");
            await ExpectAsync("account logins --unknown", 0, "LAST  RESULT  COUNT  ADDRESS  MECHANISM  PROTOCOL  TLS  FROM  CLIENT  KEY\n");
            await ExpectAsync("account logins ada@example.org --limit 10001", 1, error: "The limit is a number from 1 to 10000.\n");
            await ExpectAsync("account logins bob@example.org", 1, error: "There is no account bob@example.org; martlet account list shows those there are.\n");
            await ExpectAsync(
                "account logins ada@example.org --unknown", 2,
                error: "martlet account logins: Name either an account or --unknown.\nMore: martlet account logins --help\n");
            await ExpectAsync("account show ada", 1, error: "'ada' is not an address; write it as in ada@example.org.\n");
            await ExpectAsync("account show bob@example.org", 1, error: "There is no account bob@example.org; martlet account list shows those there are.\n");
            await ExpectAsync(
                "account capabilities bob@example.org --hide MOVE", 1, error: "There is no account bob@example.org; martlet account list shows those there are.\n");
            await ExpectAsync("domain rm example.org", 1, error: "example.org is still in use: addresses are in it, or an alias, a catch-all or the postmaster sends mail to it; change those first.\n");
            await ExpectAsync("account rm ada@example.org --yes", 0, "Account ada@example.org and its mail are gone.\n");
            await ExpectAsync("account rm ada@example.org --yes", 1, error: "There is no account ada@example.org; martlet account list shows those there are.\n");
            await ExpectAsync(
                "account list --json", 0, "[\n  {\n    \"address\": \"you@localhost\",\n    \"messages\": 0,\n    \"bytes\": 0,\n    \"hasPassword\": true\n  }\n]\n");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Addresses_and_disabled_accounts_are_managed_alike_with_and_without_a_server(bool isRunning)
    {
        using var folder = new TempFolder();
        _data = folder.Path;
        var server = await LocalProgram.StartAsync("--data", _data);
        await using (server)
        {
            if (!isRunning)
            {
                Assert.Equal(0, await server.StopAsync("TERM"));
            }

            await ExpectAsync("address add you@localhost Me@localhost", 0, "me@localhost is an address of you@localhost now.\n");
            await ExpectAsync("address add you@localhost me@localhost", 1, error: "me@localhost exists already.\n");
            await ExpectAsync("address add nobody@localhost i@localhost", 1, error: "There is no account nobody@localhost; martlet account list shows those there are.\n");
            await ExpectAsync("address add you@localhost me@example.org", 1, error: "example.org is not one of our domains; add it first: martlet domain add example.org\n");
            await ExpectAsync(
                "address add you@localhost *@localhost", 1,
                error: "'*@localhost' looks like a pattern; an address is one name, as in ada@example.org, and there is no address for all.\n");
            await ExpectAsync(
                "address add you@localhost @localhost", 1,
                error: "'@localhost' looks like a pattern; an address is one name, as in ada@example.org, and there is no address for all.\n");
            await ExpectAsync("address list", 0, """
                ADDRESS        ACCOUNT
                me@localhost   you@localhost
                you@localhost  you@localhost

                """);
            await ExpectAsync("account disable me@localhost Later.", 0, "Nobody logs in to you@localhost any more; its sessions have ended, and mail still comes in.\n");
            await ExpectAsync("account show you@localhost", 0, """
                you@localhost, with a password, no keys
                Logins are refused: Later.

                WHAT      USED           LIMIT
                messages     0  none (default)
                size       0 B  none (default)

                Addresses: me@localhost you@localhost
                Hidden IMAP capabilities: none

                """);
            await ExpectAsync("account disable you@localhost", 0, "Nobody logs in to you@localhost any more; its sessions have ended, and mail still comes in.\n");
            Assert.Contains("\nLogins are refused.\n", (await MartletProgram.RunAsync("account", "show", "you@localhost", "--data", _data)).Out, StringComparison.Ordinal);
            await ExpectAsync("account enable you@localhost", 0, "you@localhost may log in.\n");
            await ExpectAsync("account enable nobody@localhost", 1, error: "There is no account nobody@localhost; martlet account list shows those there are.\n");
            await ExpectAsync("address rm you@localhost", 1, error: "you@localhost is the name of its account and stays as long as the account.\n");
            await ExpectAsync("address rm me@localhost", 0, "Nobody has the address me@localhost any more.\n");
            await ExpectAsync("address rm me@localhost", 1, error: "Nobody has the address me@localhost; martlet address list shows those there are.\n");
            await ExpectAsync(
                "address list you@localhost --json", 0, "[\n  {\n    \"address\": \"you@localhost\",\n    \"account\": \"you@localhost\"\n  }\n]\n");
        }
    }

    [Fact]
    public async Task A_generated_password_is_shown_once_and_logs_in()
    {
        using var folder = new TempFolder();
        await using var server = await LocalProgram.StartAsync("--data", folder.Path);

        var result = await MartletProgram.RunAsync("account", "add", "ada@localhost", "--generate", "--data", folder.Path);

        Assert.Matches("^Account ada@localhost is made.\nPassword: ([a-z2-9]{5}-){3}[a-z2-9]{5}\n$", result.Out);
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("127.0.0.1", 143 + server.PortOffset, MailKit.Security.SecureSocketOptions.None);
        await client.AuthenticateAsync("ada@localhost", result.Out.Split("Password: ")[1].Trim());
        Assert.True(client.IsAuthenticated);
    }

    private async Task ExpectAsync(string line, int code, string output = "", string error = "", string input = "")
    {
        var result = await MartletProgram.RunAsync(input, [.. line.Split(' '), "--data", _data]);
        Assert.Equal((line, new ProgramResult(code, output, error)), (line, result));
    }
}
