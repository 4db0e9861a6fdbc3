namespace Martlet.SystemTests.Cli;

/// <summary>A command that does something, as its help page describes it.</summary>
/// <param name="Words">Its name, without the program's.</param>
/// <param name="Page">The page.</param>
public sealed record CommandPage(string[] Words, string Page)
{
    /// <summary>Its name.</summary>
    public string Name => string.Join(' ', Words);

    /// <summary>What must follow the name: arguments, and options with their values.</summary>
    public IReadOnlyList<string> Required => [.. UsageWords().Skip(1 + Words.Length).Where(word => !word.StartsWith('['))];

    /// <summary>Whether it works on a server or its data folder.</summary>
    public bool IsAboutServer => Page.Contains("\n  --config FILE", StringComparison.Ordinal) && Page.Contains("\n  --data DIR", StringComparison.Ordinal);

    /// <summary>All of them: the program is asked for every page, from the first on.</summary>
    public static async Task<IReadOnlyList<CommandPage>> AllAsync() => await CollectAsync([]);

    /// <summary>Names of the commands that a page lists.</summary>
    public static IEnumerable<string> Below(string page) => page.Split('\n')
        .SkipWhile(line => line != "Commands").Skip(1).TakeWhile(line => line.Length > 0)
        .Where(line => line[2] != ' ').Select(line => line.Trim().Split(' ')[0]);

    /// <summary>Whether it has an option.</summary>
    public bool Has(string option) => Page.Contains($"\n  {option} ", StringComparison.Ordinal);

    private string[] UsageWords() => Page.Split('\n').First(line => line.StartsWith("Usage: ", StringComparison.Ordinal))["Usage: ".Length..].Split(' ');

    private static async Task<CommandPage[]> CollectAsync(string[] words)
    {
        var page = (await MartletProgram.RunAsync([.. words, "--help"])).Out;
        var below = Below(page).ToList();
        return below.Count == 0
            ? [new CommandPage(words, page)]
            : [.. (await Task.WhenAll(below.Select(name => CollectAsync([.. words, name])))).SelectMany(pages => pages)];
    }
}
