using System.CommandLine;
using System.Text.Json;
using Martlet.Server.Admin;
using Martlet.Server.Observe;

namespace Martlet.Cli.Commands;

/// <summary>martlet health.</summary>
internal static class HealthCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "As a JSON object: state, version, time, and checks with name, state and text." };
        var server = new ServerOptions();
        var command = new MartletCommand("health", "Looks whether the running server can do its work.")
        {
            Details = "Store, disk, certificate, listeners, journal. A warning is something to look at before it fails; it does not change the exit code.",
            Exits = "0 it can; 1 something has failed, or no server is running; 2 wrong command line; 3 the server cannot be asked.",
            Examples = ["martlet health --config /etc/martlet/martlet.conf", "martlet health --json"],
        };
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ShowHealth());
            if (reply.Health is { } health)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(health, ListJson.Readable.HealthReport) + "\n" : Table(health));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Table(HealthReport health) =>
        Text.Table(["CHECK", "STATE", "WHAT"], [.. health.Checks.Select(check => (string[])[check.Name, check.State.ToString().ToLowerInvariant(), check.Text])]);
}
