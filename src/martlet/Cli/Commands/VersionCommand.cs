using System.CommandLine;
using System.Runtime.InteropServices;
using Martlet.Server.Observe;

namespace Martlet.Cli.Commands;

/// <summary>martlet version.</summary>
internal static class VersionCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new MartletCommand("version", "Shows the version of this program.") { Examples = ["martlet version"] };
        command.SetAction(_ => terminal.Say(terminal.IsJson ? JsonOutput.Version() : $"martlet {Versions.Program} ({RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier})"));
        return command;
    }
}
