using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account rm.</summary>
internal static class AccountRmCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var server = new ServerOptions();
        var command = new MartletCommand("rm", "Removes an account and all its mail. There is no way back.") { Examples = ["martlet account rm ada@example.org", "martlet account rm ada@example.org --yes"] };
        command.Add(address);
        command.Add(yes);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var name = line.GetRequiredValue(address);
            if (!line.GetValue(yes) && !Confirm(name, terminal))
            {
                return AdminLink.Show(AdminReply.Refused("Nothing done."), terminal);
            }

            return AdminLink.Show(await AdminLink.RunAsync(target, new RemoveAccount(name)), terminal);
        });
        return command;
    }

    private static bool Confirm(string name, Terminal terminal)
    {
        if (!terminal.IsInputTyped)
        {
            throw new UsageException("there is no terminal to ask; give --yes.");
        }

        terminal.Hint($"Remove {name} and all its mail? Type the address again: ");
        return string.Equals(Terminal.ReadLine()?.Trim(), name, StringComparison.OrdinalIgnoreCase);
    }
}
