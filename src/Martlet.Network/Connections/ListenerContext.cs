using Martlet.Network.Tls;
using Microsoft.Extensions.Logging;

namespace Martlet.Network.Connections;

/// <summary>What all listeners of a server share.</summary>
/// <param name="Heartbeat">Ticker for deadlines.</param>
/// <param name="Limits">Connection counts.</param>
/// <param name="Tls">Certificate for implicit TLS and STARTTLS.</param>
/// <param name="Time">Clock.</param>
/// <param name="Logger">Log of connections.</param>
public sealed record ListenerContext(Heartbeat Heartbeat, ConnectionLimits Limits, TlsSource Tls, TimeProvider Time, ILogger Logger)
{
    /// <summary>Longest time for a TLS handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Counters that the listeners add to.</summary>
    public NetworkCounters Counters { get; init; } = new();
}
