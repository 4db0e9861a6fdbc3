using System.Globalization;

namespace Martlet.Cli;

/// <summary>A point in time as people give it on the command line.</summary>
internal static class Moment
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ"];

    /// <summary>Reads <c>2026-03-01</c>, <c>2026-03-01T12:00</c> (UTC), or how long ago it is: <c>90m</c>, <c>12h</c>, <c>7d</c>.</summary>
    /// <exception cref="UsageException">It is neither.</exception>
    public static DateTimeOffset? Read(string? text, DateTimeOffset now)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            return moment;
        }

        var unit = text.Length == 0 ? TimeSpan.Zero : text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => TimeSpan.Zero,
        };
        return unit > TimeSpan.Zero && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 100_000
            ? now - (unit * count)
            : throw new UsageException($"'{text}' is not a time: 2026-03-01, 2026-03-01T12:00 (UTC), or how long ago: 90m, 12h, 7d.");
    }
}
