using System.Text.RegularExpressions;
using Martlet.Server.Hosting;
using Martlet.Server.Observe.Metrics;
using Xunit;

namespace Martlet.Server.Tests.Observe;

/// <summary>The manual's table of metrics is made of the instruments. MARTLET_UPDATE=1 writes it anew.</summary>
public sealed class MetricsManualTests
{
    private const string Begin = "| Metric | Kind | What | Labels |\n";

    [Fact]
    public async Task The_table_is_that_of_the_program()
    {
        var path = Path.Combine(Root(), "docs", "manual", "metrics.md");
        var page = await File.ReadAllTextAsync(path);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf("\n\n", begin, StringComparison.Ordinal) + 1;
        var expected = string.Concat(page.AsSpan(0, begin), MetricsManual.Table(HostMetrics.All), page.AsSpan(end));
        if (Environment.GetEnvironmentVariable("MARTLET_UPDATE") == "1")
        {
            await File.WriteAllTextAsync(path, expected);
            page = expected;
        }

        Assert.Equal(expected, page);
    }

    [Fact]
    public async Task What_the_page_talks_about_exists()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "manual", "metrics.md"));
        var names = HostMetrics.All.Select(MetricsText.NameOf).ToHashSet(StringComparer.Ordinal);
        var named = Regex.Matches(page, "martlet_[a-z_]+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => Regex.Replace(match.Value, "_(?:count|sum|bucket)$", "", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)));
        Assert.All(named, name => Assert.Contains(name, names));
    }

    [Fact]
    public void Names_are_unique_and_labels_are_words_of_a_bounded_number()
    {
        Assert.Equal(HostMetrics.All.Count, HostMetrics.All.Select(MetricsText.NameOf).Distinct(StringComparer.Ordinal).Count());
        Assert.All(HostMetrics.All, info => Assert.Matches("^[a-z.]+$", info.Name));
        Assert.All(HostMetrics.All, info => Assert.InRange(info.SeriesMax, 1, 1000));
        Assert.All(HostMetrics.All.SelectMany(info => info.Labels), label => Assert.All(label.Values, value => Assert.Matches("^[A-Za-z0-9.+ -]+$", value)));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Martlet.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Not inside the repository.");
        }

        return folder.FullName;
    }
}
