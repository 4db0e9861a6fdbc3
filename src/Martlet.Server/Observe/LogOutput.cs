using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe;

/// <summary>
/// Where log lines go: one line an event, on the terminal or in the journal. Every part of the server gets the logger of its area from here; nothing else writes
/// to it. Levels can be changed while it is used.
/// </summary>
/// <remarks>Thread safe: lines are written whole, one after the other.</remarks>
public sealed class LogOutput
{
    private readonly TextWriter _writer;
    private readonly TimeProvider _time;
    private readonly LogFormat _format;
    private readonly Lock _lock = new();
    private readonly ConcurrentDictionary<string, AreaLogger> _areas = new(StringComparer.Ordinal);
    private volatile LogLevels _levels;

    /// <summary>Makes one.</summary>
    /// <param name="writer">Gets the lines; owned by the caller.</param>
    /// <param name="levels">Which lines.</param>
    /// <param name="time">Clock for the time stamps.</param>
    /// <param name="format">How lines look; logfmt when null.</param>
    public LogOutput(TextWriter writer, LogLevels levels, TimeProvider time, LogFormat? format = null)
    {
        _writer = writer;
        _levels = levels;
        _time = time;
        _format = format ?? LogFormat.Logfmt;
    }

    /// <summary>Which lines are written. What is set holds from the next line on.</summary>
    public LogLevels Levels
    {
        get => _levels;
        set
        {
            lock (_lock)
            {
                _levels = value;
                foreach (var area in _areas.Values)
                {
                    area.Least = value.Of(area.Area);
                }
            }
        }
    }

    /// <summary>The logger of an area, one of <see cref="LogAreas"/>.</summary>
    public ILogger Area(string name)
    {
        lock (_lock)
        {
            return _areas.GetOrAdd(name, area => new AreaLogger(this, area) { Least = _levels.Of(area) });
        }
    }

    /// <summary>Lines written so far, by area and level.</summary>
    public IEnumerable<(string Area, LogLevel Level, long Lines)> Counts =>
        from area in _areas.Values
        from level in new[] { LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error }
        select (area.Area, level, area.Lines(level));

    internal void Write(in LogEvent entry)
    {
        var line = _format.Line(_time.GetUtcNow(), entry);
        lock (_lock)
        {
            _writer.Write(line);
            _writer.Flush();
        }
    }
}
