using System.Diagnostics.Metrics;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Server.Imap;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Observe.Metrics;
using Martlet.Server.Smtp;
using Martlet.Store;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Hosting;

/// <summary>Metrics of the server as a whole, and the list of all there are.</summary>
public static class HostMetrics
{
    private static readonly MetricInfo Queues = new(
        "martlet.queue.length", MetricKind.Gauge, "{item}", "What waits to be written: operations for the store, records for the journal of mail, entries for the history of logins.",
        new MetricLabel("queue", ["store", "journal", "logins"]));

    private static readonly MetricInfo JournalRecords = new(
        "martlet.journal.records", MetricKind.Counter, "{record}", "Records of the journal of mail: written, and left out because queue or disk did not take them.",
        new MetricLabel("result", ["written", "dropped"]));

    private static readonly MetricInfo JournalSize = new("martlet.journal.size", MetricKind.Gauge, "By", "Bytes of the journal's files.");

    private static readonly MetricInfo LogLines = new(
        "martlet.log.lines", MetricKind.Counter, "{line}", "Lines of the log.",
        new MetricLabel("area", LogAreas.All.Select(area => area.Name)), new MetricLabel("level", ["debug", "info", "warning", "error"]));

    private static readonly MetricInfo CertificateExpiry = new("martlet.certificate.expiry", MetricKind.Gauge, "s", "When the certificate expires, in seconds since 1970.");

    private static readonly MetricInfo DiskFree = new("martlet.disk.free", MetricKind.Gauge, "By", "Free bytes of the data folder's disk.");

    /// <summary>Every metric of the server.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } =
    [
        .. NetworkMetrics.All, .. LoginMetrics.All, .. ImapMetrics.All, .. SmtpMetrics.All, .. StoreMetrics.All, .. ProcessMetrics.All,
        Queues, JournalRecords, JournalSize, LogLines, CertificateExpiry, DiskFree,
    ];

    internal static void Watch(MetricSet set, MailStore store, LoginJournal logins, MailJournal? journal, LogOutput log, TlsSource tls, string folder)
    {
        set.Watch(Queues, () =>
        [
            Value(store.Load.Waiting, ("queue", "store")), Value(journal?.Waiting ?? 0, ("queue", "journal")), Value(logins.Waiting, ("queue", "logins")),
        ]);
        set.Watch(JournalRecords, () => [Value(journal?.Written ?? 0, ("result", "written")), Value(journal?.Dropped ?? 0, ("result", "dropped"))]);
        set.Watch(JournalSize, () => journal is null ? 0 : JournalReader.Bytes(journal.Folder));
        set.Watch(LogLines, () => log.Counts.Select(count => Value(count.Lines, ("area", count.Area), ("level", WordOf(count.Level)))));
        set.Watch(CertificateExpiry, () => new DateTimeOffset(tls.Certificate.NotAfter.ToUniversalTime()).ToUnixTimeSeconds());
        set.Watch(DiskFree, () => DiskSpace.Free(folder));
    }

    private static string WordOf(LogLevel level) => level switch
    {
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };

    private static Measurement<double> Value(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            tags[i] = new(labels[i].Name, labels[i].Value);
        }

        return new Measurement<double>(value, tags);
    }
}
