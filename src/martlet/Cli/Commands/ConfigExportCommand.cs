using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet config export.</summary>
internal static class ConfigExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var secrets = new Option<bool>("--secrets") { Description = "With password hashes and secrets, so that it can be applied elsewhere. Keep such a file as you keep a password." };
        var server = new ServerOptions();
        var command = new MartletCommand("export", "Writes everything that is set up while the server runs, as one text: domains, accounts, aliases, keys, limits, administrators.")
        {
            Details = "No mail is in it, no tokens and no sessions. martlet config apply reads it.",
            Examples = ["martlet config export > martlet-settings.txt", "martlet config export --secrets > elsewhere.txt"],
        };
        command.Add(secrets);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ExportSettings(line.GetValue(secrets)));
            if (reply.ConfigText is { } text)
            {
                terminal.Print(terminal.IsJson ? JsonOutput.Reply(reply, password: null) : text);
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }
}
