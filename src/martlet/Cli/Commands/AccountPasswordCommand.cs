using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account password.</summary>
internal static class AccountPasswordCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var password = new PasswordOptions(terminal);
        var server = new ServerOptions();
        var command = new MartletCommand("password", "Sets the password of an account.")
        {
            Details = "Without --password-stdin and --generate the password is asked for, twice. Sessions that used the old one end.",
            Examples = ["martlet account password ada@example.org", "martlet account password ada@example.org --generate"],
        };
        command.Add(address);
        password.AddTo(command);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var secret = password.Read(line);
            var reply = await AdminLink.RunAsync(target, new SetPassword(line.GetRequiredValue(address), secret));
            return AdminLink.Show(reply, terminal, password.IsGenerated(line) ? secret : null);
        });
        return command;
    }
}
