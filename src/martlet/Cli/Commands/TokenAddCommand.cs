using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet admin token add.</summary>
internal static class TokenAddCommand
{
    public static Command Create(Terminal terminal)
    {
        var administrator = new Argument<string>("ADMINISTRATOR") { Description = "Whose token." };
        var name = new Argument<string>("NAME") { Description = "What it is called, to know it by." };
        var days = new Option<int?>("--days") { HelpName = "NUMBER", Description = "How long it is taken; for ever unless given." };
        var server = new ServerOptions();
        var command = new MartletCommand("add", "Makes a token with which a program uses the HTTP interface as an administrator.")
        {
            Details = "The token is shown once; only its hash is kept.",
            Examples = ["martlet admin token add ada monitoring --days 365"],
        };
        command.Add(administrator);
        command.Add(name);
        command.Add(days);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new AddToken(line.GetRequiredValue(administrator), line.GetRequiredValue(name), line.GetValue(days)));
            var code = AdminLink.Show(reply, terminal);
            if (!terminal.IsJson && reply.Token is { } token)
            {
                terminal.Say($"Token: {token}");
            }

            return code;
        });
        return command;
    }
}
