using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet address rm.</summary>
internal static class AddressRmCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "The address." };
        var server = new ServerOptions();
        var command = new MartletCommand("rm", "Takes an address from its account.")
        {
            Details = "Mail to it is refused from then on. The address that is the account's name stays as long as the account.",
            Examples = ["martlet address rm lovelace@example.org"],
        };
        command.Add(address);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(await AdminLink.RunAsync(server.Read(line), new RemoveAddress(line.GetRequiredValue(address))), terminal));
        return command;
    }
}
