using System.Globalization;

namespace Martlet.Load;

/// <summary>The command line: one command, then names with values; a name without a value is a switch.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public string Command { get; private init; } = "";

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public int Number(string name, int otherwise) => _values.TryGetValue(name, out var text) ? Parse(name, text) : otherwise;

    public int[] Numbers(string name, string otherwise) => [.. _values.GetValueOrDefault(name, otherwise).Split(',').Select(text => Parse(name, text))];

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
            arguments._values[name] = hasValue ? args[++i] : "";
        }

        return arguments;
    }

    private static int Parse(string name, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new UsageException($"--{name} takes numbers, not {text}.");
}
