namespace Martlet.Server.Config;

/// <summary>Reads the lines of a configuration file by a table of options. Goes on after an error, so that one look shows all that is wrong.</summary>
/// <param name="options">The table.</param>
/// <param name="draft">What collects the values.</param>
internal sealed class ConfigLines<TDraft>(IReadOnlyList<ConfigOption<TDraft>> options, TDraft draft)
{
    private readonly Dictionary<ConfigOption<TDraft>, int> _seen = [];

    /// <summary>What is wrong, in the order of the lines.</summary>
    public List<ConfigProblem> Problems { get; } = [];

    /// <summary>Whether an option has a line, right or wrong.</summary>
    public bool Has(ConfigOption<TDraft> option) => _seen.ContainsKey(option);

    /// <summary>Tells that an option is not there that must be.</summary>
    public void Miss(ConfigOption<TDraft> option) => Problems.Add(new ConfigProblem(0, $"{option.Name} is missing; add a line such as '{option.Example}'."));

    /// <summary>Reads the whole text of a file.</summary>
    public void Read(string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (TakeLine(line.TrimEnd('\r'), number) is { } reason)
            {
                Problems.Add(new ConfigProblem(number, reason));
            }
        }
    }

    private string? TakeLine(string line, int number)
    {
        if (ConfigWords.Split(line, out var problem) is not { } words)
        {
            return problem;
        }

        return words.Count == 0 ? null : Take(words, number);
    }

    /// <summary>Takes one line that has words.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Take(List<string> words, int number)
    {
        if (Find(words) is not { } option)
        {
            return Unknown(words);
        }

        if (!_seen.TryAdd(option, number) && !option.IsRepeatable)
        {
            return $"{option.Name} is already set in line {_seen[option]}.";
        }

        var values = words.GetRange(WordCount(option.Name), words.Count - WordCount(option.Name));
        if (values.Count < option.ValuesMin || values.Count > option.Values.Length)
        {
            return $"{(values.Count < option.ValuesMin ? "a value is missing" : "there are too many values")}; write '{option.Form}', for example '{option.Example}'.";
        }

        return option.Take(draft, values);
    }

    private ConfigOption<TDraft>? Find(List<string> words) =>
        options.FirstOrDefault(option => words.Count >= WordCount(option.Name)
            && option.Name == string.Join(' ', words.GetRange(0, WordCount(option.Name))));

    private string Unknown(List<string> words)
    {
        var limits = options.Where(option => option.Name.StartsWith("limit ", StringComparison.Ordinal)).Select(option => option.Name[6..]);
        if (words[0] == "limit" && limits.Any())
        {
            return $"{(words.Count > 1 ? $"'{words[1]}' is not a limit" : "which limit?")}; there are {string.Join(", ", limits)}.";
        }

        var names = options.Select(option => option.Name.Split(' ')[0]).Distinct(StringComparer.Ordinal);
        return $"'{words[0]}' is not an option; there are {string.Join(", ", names)}.";
    }

    private static int WordCount(string name) => name.Contains(' ', StringComparison.Ordinal) ? 2 : 1;
}
