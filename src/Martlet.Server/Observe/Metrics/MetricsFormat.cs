namespace Martlet.Server.Observe.Metrics;

/// <summary>A text format that Prometheus reads.</summary>
public sealed class MetricsFormat
{
    private MetricsFormat(string contentType, bool isOpenMetrics)
    {
        ContentType = contentType;
        IsOpenMetrics = isOpenMetrics;
    }

    /// <summary>The text format, version 0.0.4: understood by everything.</summary>
    public static MetricsFormat Text { get; } = new("text/plain; version=0.0.4; charset=utf-8", isOpenMetrics: false);

    /// <summary>OpenMetrics 1.0, for those who ask for it.</summary>
    public static MetricsFormat OpenMetrics { get; } = new("application/openmetrics-text; version=1.0.0; charset=utf-8", isOpenMetrics: true);

    /// <summary>What to send as Content-Type.</summary>
    public string ContentType { get; }

    internal bool IsOpenMetrics { get; }

    /// <summary>The format for a request: OpenMetrics when its Accept header prefers that, text in all other cases, whatever the header says.</summary>
    public static MetricsFormat For(string? accept)
    {
        var (best, format) = (0.0, Text);
        foreach (var range in (accept ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            var parts = range.Split(';', StringSplitOptions.TrimEntries);
            var candidate = parts[0].ToLowerInvariant() switch
            {
                "application/openmetrics-text" => OpenMetrics,
                "text/plain" or "text/*" or "*/*" => Text,
                _ => null,
            };
            var quality = QualityOf(parts);
            if (candidate is not null && quality > best)
            {
                (best, format) = (quality, candidate);
            }
        }

        return format;
    }

    private static double QualityOf(string[] parts)
    {
        foreach (var part in parts.AsSpan(1))
        {
            if (part.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
            {
                return double.TryParse(part.AsSpan(2), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var quality)
                    ? Math.Min(quality, 1) : 0;
            }
        }

        return 1;
    }
}
