using System.CommandLine;
using Martlet.Server.Hosting;

namespace Martlet.Cli.Commands;

/// <summary>martlet verify.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "Data folder of a server that is not running, or a copy of one." };
        var command = new MartletCommand("verify", "Checks that a data folder is whole: every message, every counter, every file.")
        {
            Details = "Changes nothing and names everything that is wrong. The exit code is 0 only when nothing is.",
            Examples = ["martlet verify /var/lib/martlet"],
        };
        command.Add(folder);
        command.SetAction(async line => await RunAsync(Path.GetFullPath(line.GetRequiredValue(folder)), terminal));
        return command;
    }

    private static async Task<int> RunAsync(string folder, Terminal terminal)
    {
        if (!DataFolder.IsOne(folder))
        {
            throw new HostException($"There is no server's data in {folder}.");
        }

        var problems = await Composition.CheckAsync(folder);
        foreach (var problem in problems)
        {
            terminal.Say(problem);
        }

        terminal.Say(problems.Count == 0 ? $"{folder} is whole." : $"{problems.Count} problems in {folder}.");
        return problems.Count == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }
}
