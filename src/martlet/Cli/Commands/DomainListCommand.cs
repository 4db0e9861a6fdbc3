using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet domain list.</summary>
internal static class DomainListCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "As a JSON array of objects: name, state, catchAll, separators, isCaseSensitive, description, addresses, aliases." };
        var server = new ServerOptions();
        var command = new MartletCommand("list", "Lists the domains that are ours.") { Examples = ["martlet domain list", "martlet domain list --json --data /var/lib/martlet"] };
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListDomains());
            if (reply.Domains is { } domains)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(domains, ListJson.Readable.IReadOnlyListDomainSummary) + "\n" : Table(domains));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Table(IReadOnlyList<DomainSummary> domains) => Text.Table(
        ["DOMAIN", "STATE", "ADDRESSES", "ALIASES", "DETAILS", "CATCH-ALL", "NOTE"],
        [
            .. domains.Select(domain => (string[])
            [
                domain.Name, domain.State.ToString().ToLowerInvariant() + (domain.IsCaseSensitive ? ", case counts" : ""), domain.Addresses.ToString(CultureInfo.InvariantCulture),
                domain.Aliases.ToString(CultureInfo.InvariantCulture), domain.Separators.Length == 0 ? "none" : domain.Separators, domain.CatchAll ?? "none", domain.Description,
            ]),
        ],
        2,
        3);
}
