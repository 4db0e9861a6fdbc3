using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet admin add and martlet admin password.</summary>
internal static class AdminAddCommand
{
    public static Command CreateAdd(Terminal terminal) => Create(terminal, "add", "Makes somebody an administrator, who signs in on the admin page.", isNew: true);

    public static Command CreatePassword(Terminal terminal) => Create(terminal, "password", "Sets another password of an administrator, and ends the sessions of the one before.", isNew: false);

    private static MartletCommand Create(Terminal terminal, string verb, string description, bool isNew)
    {
        var name = new Argument<string>("NAME") { Description = "What is typed to sign in: letters, digits and -_.@" };
        var password = new PasswordOptions(terminal);
        var server = new ServerOptions();
        var command = new MartletCommand(verb, description)
        {
            Details = "Without --password-stdin and --generate the password is asked for, twice. An administrator has no mail: that is an account's.",
            Examples = [$"martlet admin {verb} ada --generate"],
        };
        command.Add(name);
        password.AddTo(command);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var secret = password.Read(line);
            var reply = await AdminLink.RunAsync(target, new SetAdministrator(line.GetRequiredValue(name), secret) { MustBeNew = isNew, MustExist = !isNew });
            return AdminLink.Show(reply, terminal, password.IsGenerated(line) ? secret : null);
        });
        return command;
    }
}
