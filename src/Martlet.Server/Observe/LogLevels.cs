using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe;

/// <summary>From which level on lines are written: one level for all areas and others for single areas, as given by <c>--log-level</c>.</summary>
public sealed class LogLevels
{
    private static readonly FrozenDictionary<string, LogLevel> Names = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase)
    {
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["none"] = LogLevel.None,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly FrozenDictionary<string, LogLevel> _areas;

    private LogLevels(LogLevel all, FrozenDictionary<string, LogLevel> areas)
    {
        All = all;
        _areas = areas;
    }

    /// <summary>Level of areas that have none of their own.</summary>
    public LogLevel All { get; }

    /// <summary>Levels with the same value for every area.</summary>
    public static LogLevels Same(LogLevel level) => new(level, FrozenDictionary<string, LogLevel>.Empty);

    /// <summary>Level of an area.</summary>
    public LogLevel Of(string area) => _areas.GetValueOrDefault(area, All);

    /// <summary>Reads <c>warning</c> or <c>info,smtp=debug</c>.</summary>
    /// <param name="text">One level for all and any number of area=level, in any order, separated by commas.</param>
    /// <param name="otherwise">Level for all when none is named.</param>
    /// <param name="problem">What is wrong.</param>
    /// <returns>Null when the text is wrong.</returns>
    public static LogLevels? Parse(string text, LogLevel otherwise, out string problem)
    {
        problem = "";
        var all = otherwise;
        var areas = new Dictionary<string, LogLevel>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (!Names.TryGetValue(part[(equals + 1)..], out var level))
            {
                problem = $"'{part[(equals + 1)..]}' is not a log level. Levels are debug, info, warning, error and none; one area: smtp=debug.";
                return null;
            }

            if (equals < 0)
            {
                all = level;
            }
            else
            {
                areas[part[..equals]] = level;
            }
        }

        return new LogLevels(all, areas.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }
}
