using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe;

/// <summary>An event on its way to a line.</summary>
/// <param name="Level">Level.</param>
/// <param name="Area">Area.</param>
/// <param name="Message">What happened, in fixed words.</param>
/// <param name="Fields">Its fields, as the code names them.</param>
/// <param name="Id">Number of the event; 0 for none.</param>
/// <param name="Fault">What went wrong; null for nothing.</param>
internal readonly record struct LogEvent(LogLevel Level, string Area, string Message, IEnumerable<KeyValuePair<string, object?>> Fields, int Id, Exception? Fault)
{
    /// <summary>Longest value that is written; the rest is cut off.</summary>
    public const int ValueCharsMax = 2000;

    /// <summary>The word of a level.</summary>
    public static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.None => "none",
        _ => "error",
    };

    /// <summary>A value as text.</summary>
    public static string Text(object? value) => value switch
    {
        null => "-",
        DateTime date => date.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture),
        DateTimeOffset date => date.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "-",
    };

    /// <summary>The name of a field: RemoteAddress becomes remote-address.</summary>
    public static string FieldName(string key)
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

    /// <summary>
    /// Appends a value in quotes, cut off where it is too long. No value can end a line, its quotes, or turn text around on a terminal: controls, line separators,
    /// format characters and surrogates are escaped, in the form that is right for JSON too.
    /// </summary>
    public static void Quote(StringBuilder line, ReadOnlySpan<char> value)
    {
        line.Append('"');
        foreach (var c in value.Length > ValueCharsMax ? value[..ValueCharsMax] : value)
        {
            _ = c switch
            {
                '"' => line.Append("\\\""),
                '\\' => line.Append("\\\\"),
                '\n' => line.Append("\\n"),
                '\r' => line.Append("\\r"),
                '\t' => line.Append("\\t"),
                _ when char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate => line.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => line.Append(c),
            };
        }

        line.Append('"');
    }
}
