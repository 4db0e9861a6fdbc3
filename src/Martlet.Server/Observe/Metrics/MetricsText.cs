using System.Globalization;
using System.Text;

namespace Martlet.Server.Observe.Metrics;

/// <summary>Writes series in the text formats of Prometheus: 0.0.4, and OpenMetrics 1.0 where it differs.</summary>
internal static class MetricsText
{
    /// <summary>A page.</summary>
    public static string Write(IEnumerable<MetricSeries> all, MetricsFormat format)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var series in all)
        {
            Write(text, series, format);
        }

        return text.Append(format.IsOpenMetrics ? "# EOF\n" : "").ToString();
    }

    /// <summary>The name of a metric on the page: dots become underscores, the unit comes last, and counters end in total.</summary>
    public static string NameOf(MetricInfo info) => FamilyOf(info) + (info.Kind == MetricKind.Counter ? "_total" : "");

    private static string FamilyOf(MetricInfo info) => info.Name.Replace('.', '_') + (UnitOf(info) is { Length: > 0 } unit ? $"_{unit}" : "");

    private static string UnitOf(MetricInfo info) => info.Unit switch
    {
        "s" => "seconds",
        "By" => "bytes",
        _ => "",
    };

    private static void Write(StringBuilder text, MetricSeries series, MetricsFormat format)
    {
        var info = series.Info;
        // In 0.0.4 a family is what its samples are called; in OpenMetrics the samples of a counter have a suffix that the family has not.
        var family = format.IsOpenMetrics ? FamilyOf(info) : NameOf(info);
        text.Append(CultureInfo.InvariantCulture, $"# HELP {family} ");
        Escape(text, info.About, quotes: format.IsOpenMetrics);
        text.Append(CultureInfo.InvariantCulture, $"\n# TYPE {family} {KindOf(info.Kind)}\n");
        if (format.IsOpenMetrics && UnitOf(info) is { Length: > 0 } unit)
        {
            text.Append(CultureInfo.InvariantCulture, $"# UNIT {family} {unit}\n");
        }

        foreach (var (values, cell) in series.Cells())
        {
            if (info.Kind == MetricKind.Histogram)
            {
                WriteHistogram(text, info, values, cell);
            }
            else
            {
                Sample(text, NameOf(info), info, values, le: null, cell.Value);
            }
        }
    }

    // Buckets are cumulative. What is counted while this is written may be in the sum and not in a bucket; the count is that of the last bucket, so it always fits them.
    private static void WriteHistogram(StringBuilder text, MetricInfo info, string[] values, MetricCell cell)
    {
        var name = FamilyOf(info);
        var sum = cell.Value;
        var count = 0L;
        for (var i = 0; i <= MetricInfo.SecondsBounds.Length; i++)
        {
            count += cell.Bucket(i);
            Sample(text, name + "_bucket", info, values, i < MetricInfo.SecondsBounds.Length ? Number(MetricInfo.SecondsBounds[i]) : "+Inf", count);
        }

        Sample(text, name + "_sum", info, values, le: null, sum);
        Sample(text, name + "_count", info, values, le: null, count);
    }

    private static void Sample(StringBuilder text, string name, MetricInfo info, string[] values, string? le, double value)
    {
        text.Append(name);
        var separator = '{';
        for (var i = 0; i < values.Length; i++)
        {
            text.Append(separator).Append(info.Labels[i].Name).Append("=\"");
            Escape(text, values[i], quotes: true);
            text.Append('"');
            separator = ',';
        }

        if (le is not null)
        {
            text.Append(separator).Append("le=\"").Append(le).Append('"');
            separator = ',';
        }

        text.Append(separator == ',' ? "} " : " ").Append(Number(value)).Append('\n');
    }

    private static void Escape(StringBuilder text, string value, bool quotes)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '"' when quotes => text.Append("\\\""),
                _ => text.Append(c),
            };
        }
    }

    // Whole numbers stay readable; the rest is what reads back as the same number.
    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : Math.Abs(value) < 1e15 && Math.Floor(value).Equals(value) ? ((long)value).ToString(CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static string KindOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Gauge => "gauge",
        _ => "histogram",
    };
}
