using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account capabilities.</summary>
internal static class AccountCapabilitiesCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var hide = Names("--hide", "IMAP capabilities to hide from its clients, one or more.");
        var show = Names("--show", "IMAP capabilities to tell them of again, one or more.");
        var server = new ServerOptions();
        var command = new MartletCommand("capabilities", "Hides IMAP extensions from the mail programs of an account.")
        {
            Details = "For a mail program that turns an extension on and then does not keep to it. What is hidden is not announced after login and cannot be turned on; "
                + "commands that need it are still understood. IMAP4rev1 cannot be hidden. A change holds from the next login on; martlet account show tells what is hidden.",
            Examples = ["martlet account capabilities ada@example.org --hide UIDONLY", "martlet account capabilities ada@example.org --show UIDONLY --hide IMAP4rev2 CONDSTORE"],
        };
        command.Add(address);
        command.Add(hide);
        command.Add(show);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var request = new SetCapabilities(line.GetRequiredValue(address), line.GetValue(hide) ?? [], line.GetValue(show) ?? []);
            if (request.Hide.Count + request.Show.Count == 0)
            {
                throw new UsageException("name capabilities with --hide or --show.");
            }

            return AdminLink.Show(await AdminLink.RunAsync(target, request), terminal);
        });
        return command;
    }

    private static Option<string[]> Names(string name, string description) =>
        new(name) { Description = description, HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
}
