using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Server.Config;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Observe.Metrics;
using Martlet.Store;
using Martlet.Store.Changes;

namespace Martlet.Server.Hosting;

/// <summary>What a running server shows of itself: metrics, health, the journal of mail. Made with the store, before anything is served.</summary>
public sealed class HostObservation : IAsyncDisposable
{
    private readonly MailStore _store;
    private readonly HostParts _parts;
    private IDisposable? _export;

    internal HostObservation(BootConfig config, DataFolder folder, MailStore store, HostParts parts)
    {
        _store = store;
        _parts = parts;
        var journal = OpenJournal(folder, config.JournalBytesMax, parts.Time, parts.Log);
        Observation = new Observation(new MetricSet(), journal);
        Metrics = new MetricsCollector(Observation.Metrics);
        List<IStoreObserver> observers = [new StoreMetrics(Observation.Metrics, store)];
        if (journal is not null)
        {
            observers.Add(new StoreJournal(journal, parts.Time));
        }

        store.Observer = new StoreObservers(observers);
        ProcessMetrics.Watch(Observation.Metrics);
        NetworkMetrics.Watch(Observation.Metrics, Connections);
        if (config.Otlp is { } collector)
        {
            _export = parts.ExportMetrics?.Invoke(collector);
        }
    }

    /// <summary>Where the parts of the server tell what they do.</summary>
    public Observation Observation { get; }

    /// <summary>The page of metrics.</summary>
    public MetricsCollector Metrics { get; }

    /// <summary>Health; null until everything is started.</summary>
    public HealthMonitor? Health { get; private set; }

    /// <summary>Counters of the listeners.</summary>
    internal NetworkCounters Connections { get; } = new();

    /// <summary>The journal of a data folder.</summary>
    /// <param name="folder">Data folder.</param>
    /// <param name="bytesMax">Bytes on disk; 0 for no journal.</param>
    /// <param name="time">Clock.</param>
    /// <param name="log">Log.</param>
    public static MailJournal? OpenJournal(DataFolder folder, long bytesMax, TimeProvider time, LogOutput log) =>
        bytesMax > 0 ? new MailJournal(folder.Journal, JournalLimits.Of(bytesMax), time, log.Area("observe")) : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _export?.Dispose();
        _export = null;
        Health?.Dispose();
        Metrics.Dispose();
        Observation.Metrics.Dispose();
        if (Observation.Journal is { } journal)
        {
            await journal.DisposeAsync();
        }
    }

    internal void Watch(DataFolder folder, LoginJournal logins, TlsSource tls, Func<IReadOnlyList<(string Name, bool IsAccepting)>> listeners)
    {
        HostMetrics.Watch(Observation.Metrics, _store, logins, Observation.Journal, _parts.Log, tls, folder.Path);
        Health = new HealthMonitor(_store, folder.Path, tls, listeners, Observation.Journal, _parts.Time, new HealthLimits());
    }
}
