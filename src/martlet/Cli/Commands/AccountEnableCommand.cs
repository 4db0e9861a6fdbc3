using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account enable.</summary>
internal static class AccountEnableCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var server = new ServerOptions();
        var command = new MartletCommand("enable", "Allows logins to an account again.") { Examples = ["martlet account enable ada@example.org"] };
        command.Add(address);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(await AdminLink.RunAsync(server.Read(line), new EnableAccount(line.GetRequiredValue(address))), terminal));
        return command;
    }
}
