using System.Collections.Immutable;

namespace Martlet.Server.Config;

/// <summary>
/// Reads the boot configuration: one option a line, its name first. It goes on after an error, so that one look shows all that is wrong, each with its line.
/// </summary>
public static class ConfigParser
{
    private const long FileBytesMax = 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ConfigResult ReadFile(string path)
    {
        var full = Path.GetFullPath(path);
#pragma warning disable RS0030 // Configuration is the one place that reads the file named on the command line.
        return new FileInfo(full) is { Exists: true, Length: > FileBytesMax }
            ? new ConfigResult(null, [new ConfigProblem(0, "the file is larger than 1 MB: this is not a configuration.")])
            : Parse(File.ReadAllText(full), Path.GetDirectoryName(full) ?? "/");
#pragma warning restore RS0030
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="baseFolder">Where relative paths begin.</param>
    public static ConfigResult Parse(string text, string baseFolder)
    {
        var problems = ImmutableArray.CreateBuilder<ConfigProblem>();
        var draft = new ConfigDraft { BaseFolder = baseFolder };
        var seen = new Dictionary<ConfigOption, int>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (TakeLine(line.TrimEnd('\r'), number, draft, seen) is { } reason)
            {
                problems.Add(new ConfigProblem(number, reason));
            }
        }

        // A line that is there but wrong has been told; only what nobody wrote is missing.
        foreach (var option in ConfigTable.Options)
        {
            if (option.Name is "hostname" or "data" && !seen.ContainsKey(option))
            {
                problems.Add(new ConfigProblem(0, $"{option.Name} is missing; add a line such as '{option.Example}'."));
            }
        }

        return problems.Count == 0 && draft is { Hostname: { } hostname, DataFolder: { } data }
            ? new ConfigResult(draft.Finish(hostname, data), [])
            : new ConfigResult(null, problems.ToImmutable());
    }

    private static string? TakeLine(string line, int number, ConfigDraft draft, Dictionary<ConfigOption, int> seen)
    {
        if (ConfigWords.Split(line, out var problem) is not { } words)
        {
            return problem;
        }

        if (words.Count == 0)
        {
            return null;
        }

        if (Find(words) is not { } option)
        {
            return Unknown(words);
        }

        if (!seen.TryAdd(option, number) && !option.IsRepeatable)
        {
            return $"{option.Name} is already set in line {seen[option]}.";
        }

        var values = words.GetRange(WordCount(option.Name), words.Count - WordCount(option.Name));
        if (values.Count < option.ValuesMin || values.Count > option.Values.Length)
        {
            return $"{(values.Count < option.ValuesMin ? "a value is missing" : "there are too many values")}; write '{option.Form}', for example '{option.Example}'.";
        }

        return option.Take(draft, values);
    }

    private static ConfigOption? Find(List<string> words) =>
        ConfigTable.Options.FirstOrDefault(option => words.Count >= WordCount(option.Name)
            && option.Name == string.Join(' ', words.GetRange(0, WordCount(option.Name))));

    private static string Unknown(List<string> words)
    {
        var limits = ConfigTable.Options.Where(option => option.Name.StartsWith("limit ", StringComparison.Ordinal)).Select(option => option.Name[6..]);
        if (words[0] == "limit")
        {
            return $"{(words.Count > 1 ? $"'{words[1]}' is not a limit" : "which limit?")}; there are {string.Join(", ", limits)}.";
        }

        var names = ConfigTable.Options.Select(option => option.Name.Split(' ')[0]).Distinct(StringComparer.Ordinal);
        return $"'{words[0]}' is not an option; there are {string.Join(", ", names)}.";
    }

    private static int WordCount(string name) => name.Contains(' ', StringComparison.Ordinal) ? 2 : 1;
}
