using System.CommandLine;
using Martlet.Server.Config;
using Martlet.Server.Settings;

namespace Martlet.Cli.Commands;

/// <summary>martlet config describe.</summary>
internal static class ConfigDescribeCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new MartletCommand("describe", "Shows every option of the configuration file with its unit, default and an example.")
        {
            Examples = ["martlet config describe", "martlet config describe --settings"],
        };
        var settings = new Option<bool>("--settings") { Description = "Show the text of martlet config export instead: what changes while the server runs." };
        command.Add(settings);
        command.SetAction(line => terminal.Print(line.GetValue(settings) ? SettingsDocs.Describe() : ConfigDocs.Describe()));
        return command;
    }
}
