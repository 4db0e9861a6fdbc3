using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>The help pages and the manual are the same text. MARTLET_UPDATE=1 writes the manual anew.</summary>
public sealed class ManualTests
{
    [Fact]
    public async Task The_manual_has_every_help_page_word_for_word() =>
        await CompareAsync("cli.md", "# Commands\n\nThe help pages of the program, as it shows them.\n" + await PagesAsync([]));

    [Fact]
    public async Task The_manual_describes_the_configuration_as_the_program_does()
    {
        var page = await MartletProgram.RunAsync("config", "describe");

        Assert.Equal((0, ""), (page.Code, page.Error));
        await CompareAsync("config.md", $"# Configuration file\n\nWhat `martlet config describe` shows.\n\n```\n{page.Out}```\n");
    }

    [Fact]
    public async Task The_manual_describes_the_settings_as_the_program_does()
    {
        var page = await MartletProgram.RunAsync("config", "describe", "--settings");

        Assert.Equal((0, ""), (page.Code, page.Error));
        await CompareAsync("settings.md", $"# Settings as text\n\nWhat `martlet config describe --settings` shows.\n\n```\n{page.Out}```\n");
    }

    private static async Task CompareAsync(string file, string expected)
    {
        var path = Path.Combine(MartletProgram.Root, "docs", "manual", file);
        if (Environment.GetEnvironmentVariable("MARTLET_UPDATE") == "1")
        {
            await File.WriteAllTextAsync(path, expected);
        }

        Assert.Equal(expected, await File.ReadAllTextAsync(path));
    }

    // Page of a command, then those below it, as its page lists them.
    private static async Task<string> PagesAsync(string[] command)
    {
        var page = await MartletProgram.RunAsync([.. command, "--help"]);
        Assert.Equal((0, ""), (page.Code, page.Error));
        var name = string.Join(' ', ["martlet", .. command]);
        var text = $"\n## {name}\n\n```\n{page.Out}```\n";
        if (command.Length > 0 && !page.Out.Contains("\nCommands\n", StringComparison.Ordinal))
        {
            Assert.Contains($"\nExamples\n", page.Out, StringComparison.Ordinal);
            Assert.Contains(name, page.Out[page.Out.IndexOf("\nExamples\n", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }

        foreach (var below in Commands(page.Out))
        {
            text += await PagesAsync([.. command, below]);
        }

        return text;
    }

    private static IEnumerable<string> Commands(string page) => page.Split('\n')
        .SkipWhile(line => line != "Commands").Skip(1).TakeWhile(line => line.Length > 0)
        .Where(line => line[2] != ' ').Select(line => line.Trim().Split(' ')[0]);
}
