using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe;

/// <summary>From which level on lines are written: one level for all areas and others for single areas. Immutable.</summary>
public sealed class LogLevels
{
    /// <summary>In the place of a level: the area has none of its own any more.</summary>
    private const string Default = "default";

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
    public static LogLevels? Parse(string text, LogLevel otherwise, out string problem) => Same(otherwise).With(text.Split(','), out problem);

    /// <summary>These levels with changes.</summary>
    /// <param name="changes">Each a level for all, <c>area=level</c>, or <c>area=default</c> for the level of all.</param>
    /// <param name="problem">What is wrong.</param>
    /// <returns>Null when a change is wrong.</returns>
    public LogLevels? With(IEnumerable<string> changes, out string problem)
    {
        problem = "";
        var all = All;
        var areas = new Dictionary<string, LogLevel>(_areas, StringComparer.OrdinalIgnoreCase);
        foreach (var change in changes.Select(change => change.Trim()))
        {
            var equals = change.IndexOf('=', StringComparison.Ordinal);
            var (area, word) = (equals < 0 ? "" : change[..equals], change[(equals + 1)..]);
            if (equals >= 0 && !LogAreas.Has(area))
            {
                problem = $"'{area}' is not an area of the log. Areas are {string.Join(", ", LogAreas.All.Select(known => known.Name))}.";
                return null;
            }

            if (equals >= 0 && word.Equals(Default, StringComparison.OrdinalIgnoreCase))
            {
                areas.Remove(area);
                continue;
            }

            if (!Names.TryGetValue(word, out var level))
            {
                problem = $"'{word}' is not a log level. Levels are debug, info, warning, error and none; one area: smtp=debug.";
                return null;
            }

            if (equals < 0)
            {
                all = level;
            }
            else
            {
                areas[area] = level;
            }
        }

        return new LogLevels(all, areas.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The levels as <see cref="Parse"/> reads them.</summary>
    public override string ToString() => string.Join(
        ',', _areas.OrderBy(area => area.Key, StringComparer.OrdinalIgnoreCase).Select(area => $"{area.Key.ToLowerInvariant()}={LogEvent.Name(area.Value)}").Prepend(LogEvent.Name(All)));
}
