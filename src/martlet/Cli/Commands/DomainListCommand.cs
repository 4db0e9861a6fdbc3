using System.CommandLine;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet domain list.</summary>
internal static class DomainListCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "As a JSON array of names." };
        var server = new ServerOptions();
        var command = new MartletCommand("list", "Lists the domains that are ours.") { Examples = ["martlet domain list", "martlet domain list --json --data /var/lib/martlet"] };
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListDomains());
            if (reply.Domains is { } domains)
            {
                terminal.Print(line.GetValue(json)
                    ? JsonSerializer.Serialize(domains, ListJson.Readable.IReadOnlyListString) + "\n"
                    : string.Concat(domains.Select(domain => domain + "\n")));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }
}
