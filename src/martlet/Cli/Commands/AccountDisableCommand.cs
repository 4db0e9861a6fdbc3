using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account disable.</summary>
internal static class AccountDisableCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var text = new Argument<string?>("TEXT") { Description = "What its owner is told at login, in ASCII.", Arity = ArgumentArity.ZeroOrOne };
        var server = new ServerOptions();
        var command = new MartletCommand("disable", "Refuses logins to an account and ends its sessions.")
        {
            Details = "Mail stays, and more comes in. The text is told to who gives the right password or key, and to nobody else. Disabling again sets another text.",
            Examples = ["martlet account disable ada@example.org", "martlet account disable ada@example.org 'Your password was seen elsewhere. Please call us.'"],
        };
        command.Add(address);
        command.Add(text);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(
            await AdminLink.RunAsync(server.Read(line), new DisableAccount(line.GetRequiredValue(address), line.GetValue(text) ?? "")), terminal));
        return command;
    }
}
