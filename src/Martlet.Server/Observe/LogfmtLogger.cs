using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe;

/// <summary>
/// Writes events of one area as logfmt. The message template's text up to its first field is the message; the fields follow by name. Values from peers are
/// quoted and escaped, so that none can end a line or pretend to be a field.
/// </summary>
internal sealed class LogfmtLogger(LogOutput output, string area, LogLevel least, TimeProvider time) : ILogger
{
    private const string TemplateKey = "{OriginalFormat}";

    /// <summary>Longest value that is written; the rest is cut off.</summary>
    internal const int ValueCharsMax = 2000;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = new StringBuilder(200);
        line.Append(CultureInfo.InvariantCulture, $"time={time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} level={Name(logLevel)} area={area}");
        var fields = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        var template = fields.FirstOrDefault(field => field.Key == TemplateKey).Value as string;
        Append(line, "msg", template is null ? formatter(state, exception) : Message(template));
        foreach (var (key, value) in fields)
        {
            if (key != TemplateKey)
            {
                Append(line, FieldName(key), Text(value));
            }
        }

        if (eventId.Id != 0)
        {
            line.Append(CultureInfo.InvariantCulture, $" event={eventId.Id}");
        }

        if (exception is not null)
        {
            Append(line, "error", $"{exception.GetType().Name}: {exception.Message}");
            if (logLevel >= LogLevel.Error)
            {
                Append(line, "stack", exception.StackTrace ?? "");
            }
        }

        output.Write(line.Append('\n').ToString());
    }

    /// <summary>The text of a template before its first field: <c>opened cid={Cid}</c> gives <c>opened</c>.</summary>
    internal static string Message(string template)
    {
        var brace = template.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0)
        {
            return template;
        }

        var text = template[..brace];
        return text.EndsWith('=') ? text[..(text.LastIndexOf(' ') + 1)].TrimEnd() : text.TrimEnd(' ', ':', ',');
    }

    /// <summary>Appends a space and <c>key=value</c>, the value in quotes where it needs them.</summary>
    internal static void Append(StringBuilder line, string key, string value)
    {
        line.Append(' ').Append(key).Append('=');
        var cut = value.Length > ValueCharsMax ? value.AsSpan(0, ValueCharsMax) : value;
        if (cut.Length > 0 && !cut.ContainsAnyExcept(Plain))
        {
            line.Append(cut);
            return;
        }

        line.Append('"');
        foreach (var c in cut)
        {
            _ = c switch
            {
                '"' => line.Append("\\\""),
                '\\' => line.Append("\\\\"),
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                // Controls, line separators and what turns text around on a terminal.
                _ when char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => line.Append(c),
            };
        }

        line.Append('"');
    }

    private static readonly System.Buffers.SearchValues<char> Plain =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@+,[]<>()*#%&;~^$!?|");

    private static string Text(object? value) => value switch
    {
        null => "-",
        DateTime date => date.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "-",
    };

    // RemoteAddress → remote-address.
    private static string FieldName(string key)
    {
        var name = new StringBuilder(key.Length + 2);
        foreach (var c in key)
        {
            if (char.IsAsciiLetterUpper(c) && name.Length > 0)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
