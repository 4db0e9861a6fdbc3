using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account name.</summary>
internal static class AccountNameCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var name = new Argument<string>("NAME") { Description = "Name of the person; \"\" for none." };
        var server = new ServerOptions();
        var command = new MartletCommand("name", "Says whose account it is, for pages and for the settings of mail programs.") { Examples = ["martlet account name ada@example.org 'Ada Lovelace'"] };
        command.Add(address);
        command.Add(name);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(
            await AdminLink.RunAsync(server.Read(line), new SetDisplayName(line.GetRequiredValue(address), line.GetRequiredValue(name))), terminal));
        return command;
    }
}
