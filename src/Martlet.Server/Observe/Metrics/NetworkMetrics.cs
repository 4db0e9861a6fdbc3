using System.Diagnostics.Metrics;
using Martlet.Network.Connections;

namespace Martlet.Server.Observe.Metrics;

/// <summary>Metrics of connections, read from the listeners' counters when somebody looks.</summary>
public static class NetworkMetrics
{
    private static readonly MetricLabel Service = new("service", ["smtp", "submission", "imap"]);

    private static readonly MetricInfo Open = new("martlet.connections.open", MetricKind.Gauge, "{connection}", "Connections open now.", Service);

    private static readonly MetricInfo Opened = new("martlet.connections.opened", MetricKind.Counter, "{connection}", "Connections accepted.", Service);

    private static readonly MetricInfo Closed = new(
        "martlet.connections.closed", MetricKind.Counter, "{connection}", "Connections that ended, by why they did.", Service, new MetricLabel("reason", Enum.GetNames<EndReason>().Select(Word)));

    private static readonly MetricInfo Bytes = new(
        "martlet.network.io", MetricKind.Counter, "By", "Bytes of the protocols, inside TLS and compression.", Service, new MetricLabel("direction", ["received", "sent"]));

    private static readonly MetricInfo Handshakes = new(
        "martlet.tls.handshakes", MetricKind.Counter, "{handshake}", "TLS handshakes, by the version agreed on.", Service, new MetricLabel("result", ["tls1.2", "tls1.3", "failed"]));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } = [Open, Opened, Closed, Bytes, Handshakes];

    /// <summary>Shows counters.</summary>
    public static void Watch(MetricSet set, NetworkCounters counters)
    {
        set.Watch(Open, () => counters.Services.Select(service => Value(service.Open, service)));
        set.Watch(Opened, () => counters.Services.Select(service => Value(service.Opened, service)));
        set.Watch(Closed, () => from service in counters.Services
                                from reason in Enum.GetValues<EndReason>()
                                let count = service.Closed(reason)
                                where count > 0
                                select Value(count, service, ("reason", Word(reason.ToString()))));
        set.Watch(Bytes, () => counters.Services.SelectMany(service => new[]
        {
            Value(service.Received, service, ("direction", "received")), Value(service.Sent, service, ("direction", "sent")),
        }));
        set.Watch(Handshakes, () => counters.Services.SelectMany(service => new[]
        {
            Value(service.Handshakes(TlsOutcome.Tls12), service, ("result", "tls1.2")),
            Value(service.Handshakes(TlsOutcome.Tls13), service, ("result", "tls1.3")),
            Value(service.Handshakes(TlsOutcome.Failed), service, ("result", "failed")),
        }));
    }

    // TooManyConnections → too-many-connections.
    private static string Word(string name) => LogEvent.FieldName(name);

    private static Measurement<double> Value(double value, ServiceCounters service, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length + 1];
        tags[0] = new("service", service.Service);
        for (var i = 0; i < labels.Length; i++)
        {
            tags[i + 1] = new(labels[i].Name, labels[i].Value);
        }

        return new Measurement<double>(value, tags);
    }
}
