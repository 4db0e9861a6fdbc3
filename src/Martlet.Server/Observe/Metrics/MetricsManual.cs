using System.Text;

namespace Martlet.Server.Observe.Metrics;

/// <summary>The table of metrics in the manual, from the same rows that the instruments are made of.</summary>
public static class MetricsManual
{
    private const int ValuesShownMax = 14;

    /// <summary>A table in Markdown.</summary>
    public static string Table(IEnumerable<MetricInfo> metrics)
    {
        var text = new StringBuilder("| Metric | Kind | What | Labels |\n|---|---|---|---|\n");
        foreach (var info in metrics.OrderBy(info => info.Name, StringComparer.Ordinal))
        {
            text.Append("| `").Append(MetricsText.NameOf(info)).Append("` | ").Append(info.Kind.ToString().ToLowerInvariant()).Append(" | ").Append(info.About).Append(" | ");
            text.AppendJoin("; ", info.Labels.Select(Describe)).Append(" |\n");
        }

        return text.ToString();
    }

    private static string Describe(MetricLabel label)
    {
        var values = label.Values[..^1];
        return $"`{label.Name}`: {label.Shown ?? string.Join(", ", values.Take(ValuesShownMax)) + (values.Length > ValuesShownMax ? " …" : "")}";
    }
}
