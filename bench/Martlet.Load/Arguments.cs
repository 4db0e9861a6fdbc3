using System.Globalization;

namespace Martlet.Load;

/// <summary>The command line: one command, then names with values; a name without a value is a switch.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public string Command { get; private init; } = "";

    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>The value of a name; the last one when it was given more than once.</summary>
    public string? Text(string name) => _values.GetValueOrDefault(name)?[^1];

    /// <summary>All values of a name that may be given more than once.</summary>
    public IReadOnlyList<string> Texts(string name) => _values.GetValueOrDefault(name) ?? [];

    public int Number(string name, int otherwise) => Text(name) is { } text ? Parse(name, text) : otherwise;

    public int[] Numbers(string name, string otherwise) => [.. (Text(name) ?? otherwise).Split(',').Select(text => Parse(name, text))];

    /// <summary>A folder of this run below --data, removed and made anew.</summary>
    public string Folder(string name)
    {
        var path = Path.Combine(Path.GetFullPath(Text("data") ?? Path.Combine(Path.GetTempPath(), "martlet-load")), name);
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        return Directory.CreateDirectory(path).FullName;
    }

    public static Arguments Parse(string[] args)
    {
        var arguments = new Arguments { Command = args.FirstOrDefault() ?? "" };
        for (var i = 1; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new UsageException($"Not understood: {args[i]}");
            }

            var name = args[i][2..];
            var hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            if (!arguments._values.TryGetValue(name, out var values))
            {
                arguments._values[name] = values = [];
            }

            values.Add(hasValue ? args[++i] : "");
        }

        return arguments;
    }

    private static int Parse(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new UsageException($"--{name} takes numbers, not {text}.");
}
