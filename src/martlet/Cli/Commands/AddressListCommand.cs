using System.CommandLine;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet address list.</summary>
internal static class AddressListCommand
{
    public static Command Create(Terminal terminal)
    {
        var account = new Argument<string?>("ACCOUNT") { Description = "An address of the account; without it, the addresses of all.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "As a JSON array of objects: address, account." };
        var server = new ServerOptions();
        var command = new MartletCommand("list", "Lists the addresses and whose they are.")
        {
            Examples = ["martlet address list", "martlet address list ada@example.org --json"],
        };
        command.Add(account);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListAddresses(line.GetValue(account)));
            if (reply.Addresses is { } addresses)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(addresses, ListJson.Readable.IReadOnlyListAddressSummary) + "\n" : Table(addresses));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Table(IReadOnlyList<AddressSummary> addresses) => Text.Table(["ADDRESS", "ACCOUNT"], [.. addresses.Select(address => new[] { address.Address, address.Account })]);
}
