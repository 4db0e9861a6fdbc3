using System.CommandLine;
using Martlet.Server.Config;

namespace Martlet.Cli.Commands;

/// <summary>martlet config describe.</summary>
internal static class ConfigDescribeCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new MartletCommand("describe", "Shows every option of the configuration file with its unit, default and an example.")
        {
            Examples = ["martlet config describe"],
        };
        command.SetAction(_ => terminal.Print(ConfigDocs.Describe()));
        return command;
    }
}
