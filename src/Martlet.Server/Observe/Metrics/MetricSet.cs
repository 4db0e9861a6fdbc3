using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Martlet.Server.Observe.Metrics;

/// <summary>
/// The instruments of one server, as System.Diagnostics.Metrics knows them: <see cref="MetricsCollector"/> listens for Prometheus, and any other listener of the
/// runtime (OpenTelemetry, dotnet-counters) finds them under the meter's name.
/// </summary>
/// <remarks>Thread safe. An instrument to which nobody listens costs a comparison.</remarks>
public sealed class MetricSet : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Martlet";

    private readonly ConcurrentDictionary<string, (MetricInfo Info, Instrument Instrument)> _instruments = new(StringComparer.Ordinal);

    /// <summary>The meter.</summary>
    public Meter Meter { get; } = new(MeterName, Versions.Program);

    /// <summary>Metrics that have an instrument, by name.</summary>
    public IEnumerable<MetricInfo> Infos => _instruments.Values.Select(one => one.Info).OrderBy(info => info.Name, StringComparer.Ordinal);

    /// <summary>The metric of an instrument; null when it is none of ours.</summary>
    public MetricInfo? Find(Instrument instrument) => _instruments.TryGetValue(instrument.Name, out var one) ? one.Info : null;

    /// <summary>An instrument that is added to.</summary>
    public Counter<long> Counter(MetricInfo info) => Get(info, () => Meter.CreateCounter<long>(info.Name, info.Unit, info.About));

    /// <summary>An instrument that goes up and down.</summary>
    public UpDownCounter<long> UpDown(MetricInfo info) => Get(info, () => Meter.CreateUpDownCounter<long>(info.Name, info.Unit, info.About));

    /// <summary>An instrument for seconds.</summary>
    public Histogram<double> Histogram(MetricInfo info) => Get(info, () => Meter.CreateHistogram(
        info.Name, info.Unit, info.About, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = MetricInfo.SecondsBounds }));

    /// <summary>An instrument whose values are asked for when somebody looks.</summary>
    /// <param name="info">A counter or gauge.</param>
    /// <param name="values">The values now. Called on the thread of whoever looks, one at a time; must be quick and must not fail.</param>
    public void Watch(MetricInfo info, Func<IEnumerable<Measurement<double>>> values) => Get<Instrument>(info, () => info.Kind == MetricKind.Counter
        ? Meter.CreateObservableCounter(info.Name, values, info.Unit, info.About)
        : Meter.CreateObservableGauge(info.Name, values, info.Unit, info.About));

    /// <summary>The same for one value without labels.</summary>
    public void Watch(MetricInfo info, Func<double> value) => Watch(info, () => [new Measurement<double>(value())]);

    /// <inheritdoc/>
    public void Dispose() => Meter.Dispose();

    // The name is entered before the instrument is made, because listeners are told of it while it is made.
    private T Get<T>(MetricInfo info, Func<T> make)
        where T : Instrument
    {
        lock (_instruments)
        {
            if (_instruments.TryGetValue(info.Name, out var known) && known.Instrument is T same)
            {
                return same;
            }

            _instruments[info.Name] = (info, null!); // Filled below, before anybody else can look: the lock is held.
            var made = make();
            _instruments[info.Name] = (info, made);
            return made;
        }
    }
}
