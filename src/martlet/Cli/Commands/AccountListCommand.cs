using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account list.</summary>
internal static class AccountListCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "As a JSON array of objects: address, messages, bytes, hasPassword." };
        var server = new ServerOptions();
        var command = new MartletCommand("list", "Lists the accounts and what they hold.") { Examples = ["martlet account list", "martlet account list --json --data /var/lib/martlet"] };
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListAccounts());
            if (reply.Accounts is { } accounts)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(accounts, ListJson.Readable.IReadOnlyListAccountSummary) + "\n" : Table(accounts));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Table(IReadOnlyList<AccountSummary> accounts) => Text.Table(
        ["ADDRESS", "MESSAGES", "SIZE", "PASSWORD"],
        [.. accounts.Select(account => new[]
        {
            account.Address, account.Messages.ToString(CultureInfo.InvariantCulture), Text.Size(account.Bytes), account.HasPassword ? "yes" : "none",
        })],
        1,
        2);
}
