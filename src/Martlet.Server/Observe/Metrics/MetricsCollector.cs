using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Martlet.Server.Observe.Metrics;

/// <summary>Listens to the instruments of one server and shows what they have come to as a page for Prometheus.</summary>
/// <remarks>Thread safe. Who measures pays a lookup and an interlocked addition; who looks pays the rest.</remarks>
public sealed class MetricsCollector : IDisposable
{
    private readonly MetricSet _set;
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Begins to listen.</summary>
    public MetricsCollector(MetricSet set)
    {
        _set = set;
        _listener.InstrumentPublished = Publish;
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, state) => ((MetricSeries)state!).Take(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, state) => ((MetricSeries)state!).Take(value, tags));
        _listener.Start();
    }

    /// <summary>Writes a page.</summary>
    /// <param name="output">Gets it, in UTF-8; stays the caller's.</param>
    /// <param name="format">How.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task WriteAsync(Stream output, MetricsFormat format, CancellationToken cancel) => await output.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Page(format)), cancel);

    /// <summary>A page as text.</summary>
    public string Page(MetricsFormat format)
    {
        lock (_lock)
        {
            _listener.RecordObservableInstruments();
            return MetricsText.Write(_series.Values.OrderBy(series => series.Info.Name, StringComparer.Ordinal), format);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Publish(Instrument instrument, MeterListener listener)
    {
        // Other servers in this process have instruments of the same names.
        if (ReferenceEquals(instrument.Meter, _set.Meter) && _set.Find(instrument) is { } info)
        {
            listener.EnableMeasurementEvents(instrument, _series.GetOrAdd(info.Name, _ => new MetricSeries(info, instrument.IsObservable)));
        }
    }
}
