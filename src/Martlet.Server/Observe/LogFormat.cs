using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe;

/// <summary>How a log line looks: a row a format.</summary>
public sealed class LogFormat
{
    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@+,[]<>()*#%&;~^$!?|");

    private readonly Action<StringBuilder, string, object?> _append;
    private readonly (string Open, string Close) _around;

    private LogFormat(string name, string about, (string Open, string Close) around, Action<StringBuilder, string, object?> append)
    {
        Name = name;
        About = about;
        _around = around;
        _append = append;
    }

    /// <summary>Easy to read and to search: <c>time=… level=info area=smtp msg="…" cid=c1f</c>.</summary>
    public static LogFormat Logfmt { get; } = new("logfmt", "key=value, for people and grep", ("", ""), AppendLogfmt);

    /// <summary>For collectors: one JSON object a line.</summary>
    public static LogFormat Json { get; } = new("json", "one JSON object a line, for collectors", ("{", "}"), AppendJson);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LogFormat> All { get; } = [Logfmt, Json];

    /// <summary>Its name in configuration and on the command line.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public string About { get; }

    /// <summary>The format of that name, or null.</summary>
    public static LogFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal string Line(DateTimeOffset time, in LogEvent entry)
    {
        var line = new StringBuilder(200);
        line.Append(_around.Open);
        Append(line, "time", time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
        Append(line, "level", LogEvent.Name(entry.Level));
        Append(line, "area", entry.Area);
        Append(line, "msg", entry.Message);
        foreach (var (key, value) in entry.Fields)
        {
            Append(line, LogEvent.FieldName(key), value);
        }

        if (entry.Id != 0)
        {
            Append(line, "event", entry.Id);
        }

        if (entry.Fault is { } fault)
        {
            Append(line, "error", $"{fault.GetType().Name}: {fault.Message}");
            if (entry.Level >= LogLevel.Error)
            {
                Append(line, "stack", fault.StackTrace ?? "");
            }
        }

        return line.Append(_around.Close).Append('\n').ToString();
    }

    private void Append(StringBuilder line, string key, object? value)
    {
        if (line.Length > _around.Open.Length)
        {
            line.Append(this == Json ? ',' : ' ');
        }

        _append(line, key, value);
    }

    private static void AppendLogfmt(StringBuilder line, string key, object? value)
    {
        var text = LogEvent.Text(value);
        line.Append(key).Append('=');
        var cut = text.Length > LogEvent.ValueCharsMax ? text.AsSpan(0, LogEvent.ValueCharsMax) : text;
        if (cut.Length > 0 && !cut.ContainsAnyExcept(Plain))
        {
            line.Append(cut);
        }
        else
        {
            LogEvent.Quote(line, cut);
        }
    }

    // Field names are the code's own words: letters and hyphens.
    private static void AppendJson(StringBuilder line, string key, object? value)
    {
        line.Append('"').Append(key).Append("\":");
        _ = value switch
        {
            null => line.Append("null"),
            bool isSo => line.Append(isSo ? "true" : "false"),
            int or long or uint or ushort or short or byte => line.Append(LogEvent.Text(value)),
            double number when double.IsFinite(number) => line.Append(LogEvent.Text(number)),
            _ => Quoted(line, LogEvent.Text(value)),
        };
    }

    private static StringBuilder Quoted(StringBuilder line, string text)
    {
        LogEvent.Quote(line, text);
        return line;
    }
}
