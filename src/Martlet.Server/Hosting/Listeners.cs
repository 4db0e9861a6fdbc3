using System.Net;
using System.Net.Sockets;
using Martlet.Network.Connections;
using Martlet.Server.Config;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Hosting;

/// <summary>Opens the configured sockets and says in plain words why one cannot be had.</summary>
internal static partial class Listeners
{
    /// <summary>Opens a socket and begins to serve it.</summary>
    /// <returns>Null when the machine lacks an address it may lack.</returns>
    /// <exception cref="HostException">The socket cannot be had.</exception>
    public static Listener? Start(ListenAddress address, IConnectionService service, ListenerContext context, ILogger logger) =>
        Open(address, () => Listener.Start(address.EndPoint, service, context, address.Protocol.IsImplicitTls, asksForClientKey: address.Protocol.HasLogins), logger);

    /// <summary>Opens a socket for the web front, which accepts by itself.</summary>
    /// <returns>Null when the machine lacks an address it may lack.</returns>
    /// <exception cref="HostException">The socket cannot be had.</exception>
    public static WebListener? Bind(ListenAddress address, ILogger logger) => Open(address, () => new WebListener(address.Protocol, Listener.Bind(address.EndPoint)), logger);

    private static T? Open<T>(ListenAddress address, Func<T> open, ILogger logger)
        where T : class
    {
        try
        {
            var opened = open();
            LogListening(logger, address.Protocol, address.EndPoint);
            return opened;
        }
        catch (SocketException e) when (address.MayBeMissing
            && e.SocketErrorCode is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable or SocketError.ProtocolNotSupported)
        {
            LogMissing(logger, address.Protocol, address.EndPoint);
            return null;
        }
        catch (SocketException e)
        {
            throw new HostException(Explain(address, e), e);
        }
    }

    private static string Explain(ListenAddress address, SocketException e)
    {
        var place = $"{address.EndPoint} ({address.Protocol})";
        return e.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse => $"Cannot listen on {place}: another program has port {address.EndPoint.Port}.",
            SocketError.AccessDenied =>
                $"Cannot listen on {place}: ports below 1024 need a right. With systemd: AmbientCapabilities=CAP_NET_BIND_SERVICE; or run as root.",
            SocketError.AddressNotAvailable => $"Cannot listen on {place}: this machine does not have the address.",
            SocketError.AddressFamilyNotSupported => $"Cannot listen on {place}: this machine has no IPv6.",
            _ => $"Cannot listen on {place}: {e.Message}.",
        };
    }

    [LoggerMessage(EventId = 1401, Level = LogLevel.Information, Message = "listening protocol={Protocol} address={Address}")]
    private static partial void LogListening(ILogger logger, MailProtocol protocol, IPEndPoint address);

    [LoggerMessage(EventId = 1402, Level = LogLevel.Warning, Message = "address not available on this machine, going on without it protocol={Protocol} address={Address}")]
    private static partial void LogMissing(ILogger logger, MailProtocol protocol, IPEndPoint address);
}
