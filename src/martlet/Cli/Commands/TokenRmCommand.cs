using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet admin token rm.</summary>
internal static class TokenRmCommand
{
    public static Command Create(Terminal terminal)
    {
        var administrator = new Argument<string>("ADMINISTRATOR") { Description = "Whose token." };
        var name = new Argument<string>("NAME") { Description = "What it is called." };
        var server = new ServerOptions();
        var command = new MartletCommand("rm", "Takes a token away: it is not taken any more.") { Examples = ["martlet admin token rm ada monitoring"] };
        command.Add(administrator);
        command.Add(name);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(
            await AdminLink.RunAsync(server.Read(line), new RemoveToken(line.GetRequiredValue(administrator), line.GetRequiredValue(name))), terminal));
        return command;
    }
}
