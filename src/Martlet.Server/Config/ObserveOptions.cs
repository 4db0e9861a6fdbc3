using System.Collections.Immutable;
using System.Globalization;
using Martlet.Server.Observe;

namespace Martlet.Server.Config;

/// <summary>The options about what the server shows of itself.</summary>
internal static class ObserveOptions
{
    private const long JournalBytesLeast = 1024 * 1024;
    private const long JournalBytesMost = 1024L * 1024 * 1024 * 1024;

    public static readonly ImmutableArray<ConfigOption<ConfigDraft>> All =
    [
        new("log-format", ["FORMAT"], string.Join(", ", LogFormat.All.Select(format => $"{format} ({format.About})")), "logfmt", "log-format json",
            "How lines of the log look. --log-format on the command line goes first.", Format),
        new("limit journal-bytes", ["SIZE"], "bytes; K, M and G are powers of 1024", "256M", "limit journal-bytes 1G",
            "Space on disk for the journal of mail, from which martlet trace tells where a message went; 1M to 1024G, or 0 for no journal. The oldest records go first.", JournalBytes),
        new("otlp", ["URL"], "URL, http or https", "none", "otlp http://127.0.0.1:4318/v1/metrics",
            "OpenTelemetry collector that gets the metrics every minute, over HTTP. Without this line nothing is sent.", Otlp),
    ];

    private static string? Format(ConfigDraft draft, IReadOnlyList<string> values)
    {
        draft.LogFormat = LogFormat.Find(values[0]) ?? draft.LogFormat;
        return LogFormat.Find(values[0]) is null ? $"'{values[0]}' is not a format; there are {string.Join(", ", LogFormat.All)}." : null;
    }

    private static string? JournalBytes(ConfigDraft draft, IReadOnlyList<string> values)
    {
        if (ParseSize(values[0]) is not { } bytes)
        {
            return $"'{values[0]}' is not a size; write 256M, 1G or a number of bytes.";
        }

        if (bytes != 0 && bytes is < JournalBytesLeast or > JournalBytesMost)
        {
            return $"{values[0]} is out of range; journal-bytes goes from 1M to 1024G, or is 0.";
        }

        draft.JournalBytesMax = bytes;
        return null;
    }

    private static string? Otlp(ConfigDraft draft, IReadOnlyList<string> values)
    {
        if (!Uri.TryCreate(values[0], UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0)
        {
            return $"'{values[0]}' is not the URL of a collector; write it as in http://127.0.0.1:4318/v1/metrics, without user and password.";
        }

        draft.Otlp = uri;
        return null;
    }

    private static long? ParseSize(string text)
    {
        var shift = text.Length == 0 ? 0 : text[^1] switch { 'K' or 'k' => 10, 'M' or 'm' => 20, 'G' or 'g' => 30, _ => 0 };
        var digits = shift == 0 ? text : text[..^1];
        return digits.Length <= 13 && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue >> shift
            ? number << shift : null;
    }
}
