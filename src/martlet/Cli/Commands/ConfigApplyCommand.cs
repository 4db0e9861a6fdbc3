using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet config apply.</summary>
internal static class ConfigApplyCommand
{
    private const int CharsMax = 64 * 1024 * 1024;

    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "What martlet config export wrote, with your changes; - for standard input." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would change." };
        var remove = new Option<bool>("--remove-accounts") { Description = "Remove accounts that the file does not name, with all their mail." };
        var server = new ServerOptions();
        var command = new MartletCommand("apply", "Brings the server to what a file says, all of it or nothing.")
        {
            Details = "What the file does not name is removed, but for accounts (see --remove-accounts) and for passwords, which stay where it has none. It holds at once.",
            Examples = ["martlet config apply --dry-run martlet-settings.txt", "martlet config apply martlet-settings.txt"],
        };
        command.Add(file);
        command.Add(dryRun);
        command.Add(remove);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var name = line.GetRequiredValue(file);
            var text = name == "-" ? Terminal.ReadText(CharsMax) : await File.ReadAllTextAsync(name);
            var reply = await AdminLink.RunAsync(target, new ApplySettings(text, line.GetValue(dryRun), line.GetValue(remove)));
            if (!terminal.IsJson)
            {
                Show(name, reply, terminal);
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static void Show(string name, AdminReply reply, Terminal terminal)
    {
        foreach (var problem in reply.Problems ?? [])
        {
            terminal.Tell(problem.Describe(name));
        }

        terminal.Print(string.Concat((reply.Changes ?? []).Select(change => $"  {change}\n")));
    }
}
