using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet address add.</summary>
internal static class AddressAddCommand
{
    public static Command Create(Terminal terminal)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "An address of the account." };
        var address = new Argument<string>("ADDRESS") { Description = "The new address, in one of our domains." };
        var server = new ServerOptions();
        var command = new MartletCommand("add", "Gives an account one more address.")
        {
            Details = "Mail to it arrives in the account, and it is one more name to log in with.",
            Examples = ["martlet address add ada@example.org lovelace@example.org"],
        };
        command.Add(account);
        command.Add(address);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(
            await AdminLink.RunAsync(server.Read(line), new AddAddress(line.GetRequiredValue(account), line.GetRequiredValue(address))), terminal));
        return command;
    }
}
