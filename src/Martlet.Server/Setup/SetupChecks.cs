using System.Net;
using System.Net.Sockets;
using Martlet.Server.Config;

namespace Martlet.Server.Setup;

/// <summary>Looks at what often goes wrong with a new server, before it is started. Nothing here stops anything: each finding is a sentence.</summary>
public static class SetupChecks
{
    private static readonly TimeSpan DnsPatience = TimeSpan.FromSeconds(5);

    /// <summary>Ports that another program has.</summary>
    public static IEnumerable<string> Ports(BootConfig config)
    {
        foreach (var group in config.Listeners.Where(listener => !CanListen(listener)).GroupBy(listener => listener.EndPoint.Port))
        {
            yield return $"Port {group.Key} ({string.Join(", ", group.Select(listener => listener.Protocol.Name).Distinct(StringComparer.Ordinal))}) is in use by another program; "
                + $"the server cannot start before that one is stopped: ss -ltnp 'sport = :{group.Key}'";
        }
    }

    /// <summary>Whether the server's name leads here.</summary>
    /// <param name="hostname">The name.</param>
    /// <param name="own">Public addresses of this machine; empty when they are not known.</param>
    /// <param name="resolve">Asks DNS.</param>
    /// <param name="time">Clock.</param>
    /// <returns>Null when it does.</returns>
    public static async Task<string?> HostnameAsync(string hostname, IReadOnlyList<IPAddress> own, Func<string, CancellationToken, Task<IPAddress[]>> resolve, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(DnsPatience, time);
        try
        {
            var found = await resolve(hostname, patience.Token);
            return found.Length == 0 ? $"{hostname} has no address yet; add the records above."
                : own.Count > 0 && !found.Any(own.Contains)
                    ? $"{hostname} is {string.Join(", ", found.AsEnumerable())}, and this machine {string.Join(", ", own)}: change the record, or check that the ports are passed on to here."
                : null;
        }
        catch (SocketException)
        {
            return $"{hostname} does not resolve yet; add the records above.";
        }
        catch (OperationCanceledException)
        {
            return $"DNS did not answer within {DnsPatience.TotalSeconds} seconds for {hostname}.";
        }
    }

    private static bool CanListen(ListenAddress listener)
    {
        var address = listener.EndPoint.Address;
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false;
            }

            socket.Bind(listener.EndPoint);
            socket.Listen(1);
            return true;
        }
        catch (SocketException e)
        {
            // Low ports need a right that the unit gives; an address that is missing is for the server to tell.
            return e.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}
