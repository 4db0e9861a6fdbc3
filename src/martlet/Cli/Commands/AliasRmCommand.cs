using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet alias rm.</summary>
internal static class AliasRmCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Address of the alias." };
        var server = new ServerOptions();
        var command = new MartletCommand("rm", "Ends an alias; the accounts of its members stay.") { Examples = ["martlet alias rm info@example.org"] };
        command.Add(address);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(await AdminLink.RunAsync(server.Read(line), new RemoveAlias(line.GetRequiredValue(address))), terminal));
        return command;
    }
}
