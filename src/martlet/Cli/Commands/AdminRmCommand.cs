using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet admin rm.</summary>
internal static class AdminRmCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "Name of the administrator." };
        var server = new ServerOptions();
        var command = new MartletCommand("rm", "Takes an administrator away, with sessions and tokens.") { Examples = ["martlet admin rm ada"] };
        command.Add(name);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(await AdminLink.RunAsync(server.Read(line), new RemoveAdministrator(line.GetRequiredValue(name)) { EvenLast = true }), terminal));
        return command;
    }
}
