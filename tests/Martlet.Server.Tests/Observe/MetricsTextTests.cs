using System.Diagnostics.Metrics;
using Martlet.Server.Observe.Metrics;
using Xunit;

namespace Martlet.Server.Tests.Observe;

/// <summary>From instruments to the page that Prometheus reads.</summary>
public sealed class MetricsTextTests : IDisposable
{
    private static readonly MetricLabel Way = new("way", ["in", "out"]);
    private static readonly MetricInfo Mails = new("martlet.test.mails", MetricKind.Counter, "{message}", "Mails \\ with\na line.", Way);
    private static readonly MetricInfo Bytes = new("martlet.test.io", MetricKind.Counter, "By", "Bytes.");
    private static readonly MetricInfo Open = new("martlet.test.open", MetricKind.Gauge, "{connection}", "Open.");
    private static readonly MetricInfo Times = new("martlet.test.duration", MetricKind.Histogram, "s", "Times.", Way);

    private readonly MetricSet _set = new();
    private readonly MetricsCollector _collector;

    public MetricsTextTests() => _collector = new MetricsCollector(_set);

    public void Dispose()
    {
        _collector.Dispose();
        _set.Dispose();
    }

    [Fact]
    public void Counters_and_gauges_are_written_in_the_text_format()
    {
        _set.Counter(Mails).Add(2, new KeyValuePair<string, object?>("way", "in"));
        _set.Counter(Mails).Add(1, new KeyValuePair<string, object?>("way", "in"));
        _set.Counter(Bytes).Add(1_000_000_000_000);
        _set.UpDown(Open).Add(3);
        _set.UpDown(Open).Add(-1);

        Assert.Equal(
            """
            # HELP martlet_test_io_bytes_total Bytes.
            # TYPE martlet_test_io_bytes_total counter
            martlet_test_io_bytes_total 1000000000000
            # HELP martlet_test_mails_total Mails \\ with\na line.
            # TYPE martlet_test_mails_total counter
            martlet_test_mails_total{way="in"} 3
            # HELP martlet_test_open Open.
            # TYPE martlet_test_open gauge
            martlet_test_open 2

            """,
            _collector.Page(MetricsFormat.Text));
    }

    [Fact]
    public void OpenMetrics_has_families_units_and_an_end()
    {
        _set.Counter(Bytes).Add(5);

        Assert.Equal(
            """
            # HELP martlet_test_io_bytes Bytes.
            # TYPE martlet_test_io_bytes counter
            # UNIT martlet_test_io_bytes bytes
            martlet_test_io_bytes_total 5
            # EOF

            """,
            _collector.Page(MetricsFormat.OpenMetrics));
    }

    [Fact]
    public void Buckets_are_cumulative_and_bounds_belong_to_the_lower_one()
    {
        var times = _set.Histogram(Times);
        foreach (var seconds in new[] { 0.0001, 0.0002, 0.3, 31 })
        {
            times.Record(seconds, new KeyValuePair<string, object?>("way", "out"));
        }

        var page = _collector.Page(MetricsFormat.Text);
        Assert.Contains("martlet_test_duration_seconds_bucket{way=\"out\",le=\"0.0001\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_bucket{way=\"out\",le=\"0.00025\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_bucket{way=\"out\",le=\"0.25\"} 2\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_bucket{way=\"out\",le=\"0.5\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_bucket{way=\"out\",le=\"30\"} 3\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_bucket{way=\"out\",le=\"+Inf\"} 4\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_sum{way=\"out\"} 31.3003\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_count{way=\"out\"} 4\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sideways")]
    [InlineData("in\"} 1\nforged 2\n#")]
    [InlineData("")]
    [InlineData(null)]
    public void A_label_has_no_other_values_than_its_own(string? value)
    {
        for (var i = 0; i < 1000; i++)
        {
            _set.Counter(Mails).Add(1, new KeyValuePair<string, object?>("way", value is null ? null : value + i));
        }

        Assert.Contains("martlet_test_mails_total{way=\"other\"} 1000\n", _collector.Page(MetricsFormat.Text), StringComparison.Ordinal);
        Assert.Single(_collector.Page(MetricsFormat.Text).Split('\n'), line => line.StartsWith("martlet_test_mails", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_watched_is_asked_for_each_page()
    {
        var value = 1.5;
        _set.Watch(Open, () => value);
        Assert.Contains("martlet_test_open 1.5\n", _collector.Page(MetricsFormat.Text), StringComparison.Ordinal);
        value = -2;
        Assert.Contains("martlet_test_open -2\n", _collector.Page(MetricsFormat.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_servers_in_one_process_do_not_count_together()
    {
        using var other = new MetricSet();
        using var otherCollector = new MetricsCollector(other);
        _set.UpDown(Open).Add(1);
        other.UpDown(Open).Add(10);

        Assert.Contains("martlet_test_open 1\n", _collector.Page(MetricsFormat.Text), StringComparison.Ordinal);
        Assert.Contains("martlet_test_open 10\n", otherCollector.Page(MetricsFormat.Text), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_listener_of_the_runtime_finds_the_instruments()
    {
        var seen = new List<(string, double)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Meter == _set.Meter)
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen.Add((instrument.Name, value)));
        listener.Start();
        var times = _set.Histogram(Times);
        times.Record(0.25);

        Assert.Equal(("martlet.test.duration", 0.25), Assert.Single(seen));
        Assert.Equal(MetricInfo.SecondsBounds, times.Advice!.HistogramBucketBoundaries!);
        Assert.Equal("s", times.Unit);
    }

    [Fact]
    public async Task Counting_from_many_threads_loses_nothing()
    {
        var mails = _set.Counter(Mails);
        var times = _set.Histogram(Times);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                mails.Add(1, new KeyValuePair<string, object?>("way", "in"));
                times.Record(0.5, new KeyValuePair<string, object?>("way", "in"));
            }
        })));

        var page = _collector.Page(MetricsFormat.Text);
        Assert.Contains("martlet_test_mails_total{way=\"in\"} 80000\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_count{way=\"in\"} 80000\n", page, StringComparison.Ordinal);
        Assert.Contains("martlet_test_duration_seconds_sum{way=\"in\"} 40000\n", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("*/*", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("text/html", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text", "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1", "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    [InlineData("application/openmetrics-text;q=0.2, text/plain;q=0.9", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text;q=0", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData(",;q=,;;=;q=nan,application/openmetrics-text;q=x", "text/plain; version=0.0.4; charset=utf-8")]
    public void The_Accept_header_chooses_the_format(string? accept, string contentType) => Assert.Equal(contentType, MetricsFormat.For(accept).ContentType);
}
