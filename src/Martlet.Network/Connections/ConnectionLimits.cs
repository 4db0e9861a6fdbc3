using System.Net;
using System.Net.Sockets;

namespace Martlet.Network.Connections;

/// <summary>How many connections may be open: in all and from one network. Shared by all listeners of a server.</summary>
/// <remarks>Thread safe. One IPv6 subscriber has a /64, so that is what counts as one address there.</remarks>
public sealed class ConnectionLimits
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _perAddress = [];
    private int _open;

    /// <summary>Open connections in all.</summary>
    public int ConnectionsMax { get; init; } = 20_000;

    /// <summary>Open connections from one IPv4 address or IPv6 /64; loopback is only held to <see cref="ConnectionsMax"/>.</summary>
    public int ConnectionsPerAddressMax { get; init; } = 100;

    /// <summary>Open connections now.</summary>
    public int Open
    {
        get
        {
            lock (_lock)
            {
                return _open;
            }
        }
    }

    /// <summary>Counts a new connection in.</summary>
    /// <returns>False when it must be refused; it is then not counted.</returns>
    public bool TryEnter(IPAddress remote)
    {
        var key = Key(remote);
        lock (_lock)
        {
            var mine = _perAddress.GetValueOrDefault(key);
            if (_open >= ConnectionsMax || (mine >= ConnectionsPerAddressMax && !IPAddress.IsLoopback(key)))
            {
                return false;
            }

            _open++;
            _perAddress[key] = mine + 1;
            return true;
        }
    }

    /// <summary>Counts a connection out.</summary>
    public void Leave(IPAddress remote)
    {
        var key = Key(remote);
        lock (_lock)
        {
            _open--;
            if (--_perAddress.GetValueRefOrAdd(key) == 0)
            {
                _perAddress.Remove(key);
            }
        }
    }

    /// <summary>The network that counts as one peer.</summary>
    public static IPAddress Key(IPAddress remote)
    {
        if (remote.IsIPv4MappedToIPv6)
        {
            return remote.MapToIPv4();
        }

        if (remote.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(remote))
        {
            return remote;
        }

        Span<byte> bytes = stackalloc byte[16];
        remote.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return new IPAddress(bytes);
    }
}

file static class DictionaryExtensions
{
    public static ref int GetValueRefOrAdd(this Dictionary<IPAddress, int> counts, IPAddress key) =>
        ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
}
