using System.Security.Authentication;

namespace Martlet.Network.Connections;

/// <summary>What the connections of one service came to since the start. Plain numbers, added to on the way and read by whoever shows metrics.</summary>
/// <remarks>Thread safe; adding costs an interlocked addition.</remarks>
public sealed class ServiceCounters(string service)
{
    private readonly long[] _closed = new long[Enum.GetValues<EndReason>().Length];
    private readonly long[] _handshakes = new long[Enum.GetValues<TlsOutcome>().Length];
    private long _opened;
    private long _received;
    private long _sent;

    /// <summary>Name of the service.</summary>
    public string Service => service;

    /// <summary>Connections accepted.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>Connections open now.</summary>
    public long Open => Math.Max(0, Opened - Closed());

    /// <summary>Bytes received, after TLS and decompression.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Bytes sent, before compression and TLS.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>Connections that ended for a reason.</summary>
    public long Closed(EndReason reason) => Interlocked.Read(ref _closed[(int)reason]);

    /// <summary>TLS handshakes that ended so.</summary>
    public long Handshakes(TlsOutcome outcome) => Interlocked.Read(ref _handshakes[(int)outcome]);

    internal void CountOpened() => Interlocked.Increment(ref _opened);

    internal void CountClosed(EndReason reason) => Interlocked.Increment(ref _closed[(int)reason]);

    internal void CountReceived(int bytes) => Interlocked.Add(ref _received, bytes);

    internal void CountSent(int bytes) => Interlocked.Add(ref _sent, bytes);

    /// <summary>Counts a handshake.</summary>
    /// <param name="protocol">What was agreed on; null when it failed.</param>
    internal void CountHandshake(SslProtocols? protocol) => Interlocked.Increment(ref _handshakes[(int)(protocol switch
    {
        null => TlsOutcome.Failed,
        SslProtocols.Tls13 => TlsOutcome.Tls13,
        _ => TlsOutcome.Tls12,
    })]);

    private long Closed()
    {
        var sum = 0L;
        for (var i = 0; i < _closed.Length; i++)
        {
            sum += Interlocked.Read(ref _closed[i]);
        }

        return sum;
    }
}

/// <summary>How a handshake ended: a closed set, for metrics.</summary>
public enum TlsOutcome
{
    /// <summary>It failed or took too long.</summary>
    Failed,

    /// <summary>TLS 1.2.</summary>
    Tls12,

    /// <summary>TLS 1.3.</summary>
    Tls13,
}
