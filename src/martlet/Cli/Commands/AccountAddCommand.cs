using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account add.</summary>
internal static class AccountAddCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Its address, in one of our domains; it is also the name to log in with." };
        var password = new PasswordOptions(terminal);
        var server = new ServerOptions();
        var command = new MartletCommand("add", "Makes an account.")
        {
            Details = "Without --password-stdin and --generate the password is asked for, twice.",
            Examples = ["martlet account add ada@example.org --generate", "martlet account add ada@example.org --password-stdin < password.txt"],
        };
        command.Add(address);
        password.AddTo(command);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var secret = password.Read(line);
            var reply = await AdminLink.RunAsync(target, new AddAccount(line.GetRequiredValue(address), secret));
            return AdminLink.Show(reply, terminal, password.IsGenerated(line) ? secret : null);
        });
        return command;
    }
}
