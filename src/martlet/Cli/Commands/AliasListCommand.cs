using System.CommandLine;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet alias list.</summary>
internal static class AliasListCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "As a JSON array of objects: address, members, description." };
        var server = new ServerOptions();
        var command = new MartletCommand("list", "Lists aliases with their members.") { Examples = ["martlet alias list"] };
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListAliases());
            if (reply.Aliases is { } aliases)
            {
                terminal.Print(line.GetValue(json)
                    ? JsonSerializer.Serialize(aliases, ListJson.Readable.IReadOnlyListAliasSummary) + "\n"
                    : Text.Table(["ALIAS", "MEMBERS", "NOTE"], [.. aliases.Select(alias => (string[])[alias.Address, string.Join(' ', alias.Members), alias.Description])]));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }
}
