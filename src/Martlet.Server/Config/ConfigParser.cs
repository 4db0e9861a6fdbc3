namespace Martlet.Server.Config;

/// <summary>
/// Reads the boot configuration: one option a line, its name first. It goes on after an error, so that one look shows all that is wrong, each with its line.
/// </summary>
public static class ConfigParser
{
    /// <summary>Largest file.</summary>
    internal const long FileBytesMax = 1024 * 1024;

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
        var draft = new ConfigDraft { BaseFolder = baseFolder };
        var lines = new ConfigLines<ConfigDraft>(ConfigTable.Options, draft);
        lines.Read(text);
        // A line that is there but wrong has been told; only what nobody wrote is missing.
        foreach (var option in ConfigTable.Options)
        {
            if (option.Name is "hostname" or "data" && !lines.Has(option))
            {
                lines.Miss(option);
            }
        }

        return lines.Problems.Count == 0 && draft is { Hostname: { } hostname, DataFolder: { } data }
            ? new ConfigResult(draft.Finish(hostname, data), [])
            : new ConfigResult(null, [.. lines.Problems]);
    }
}
