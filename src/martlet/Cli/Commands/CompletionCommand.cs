using System.CommandLine;
using Martlet.Cli.Completion;

namespace Martlet.Cli.Commands;

/// <summary>martlet completion.</summary>
internal static class CompletionCommand
{
    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish." };
        shell.CompletionSources.Add([.. Scripts.All.Select(script => script.Shell)]);
        var command = new MartletCommand("completion", "Prints a script that lets a shell complete commands and options.")
        {
            Details = "The script asks this program what fits, so it stays right when the program is updated.",
            HasNoJson = true,
            Examples =
            [
                "martlet completion bash > /etc/bash_completion.d/martlet",
                "martlet completion bash > ~/.local/share/bash-completion/completions/martlet",
                "martlet completion zsh > /usr/local/share/zsh/site-functions/_martlet",
                "martlet completion fish > ~/.config/fish/completions/martlet.fish",
            ],
        };
        command.Add(shell);
        command.SetAction(line =>
        {
            var name = line.GetRequiredValue(shell);
            var found = Array.Find(Scripts.All, script => script.Shell == name);
            terminal.Print(found.Text ?? throw new UsageException($"there is no script for '{name}'; there are those for {string.Join(", ", Scripts.All.Select(script => script.Shell))}."));
        });
        return command;
    }
}
