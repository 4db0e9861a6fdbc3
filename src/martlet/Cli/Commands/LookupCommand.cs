using System.CommandLine;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet lookup.</summary>
internal static class LookupCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Any address." };
        var json = new Option<bool>("--json") { Description = "As a JSON object: address, kind, alias, accounts, steps." };
        var server = new ServerOptions();
        var command = new MartletCommand("lookup", "Explains where mail for an address would go, step by step.")
        {
            Details = "Nothing is sent. It is the code that decides for real mail that answers. Ends with 1 when nobody would get it.",
            Examples = ["martlet lookup ada+books@example.org", "martlet lookup abuse@example.org --json"],
        };
        command.Add(address);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new LookupAddress(line.GetRequiredValue(address)));
            if (reply.Lookup is not { } lookup)
            {
                return AdminLink.Show(reply, terminal);
            }

            terminal.Print(line.GetValue(json)
                ? JsonSerializer.Serialize(lookup, ListJson.Readable.LookupResult) + "\n"
                : $"{lookup.Address}\n" + string.Concat(lookup.Steps.Select(step => $"  {step}\n")));
            return lookup.Accounts.Count > 0 ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }
}
