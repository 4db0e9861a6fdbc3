using System.Globalization;
using System.Net;
using Martlet.Network.Connections;
using Martlet.Server.Config;
using Martlet.Server.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Martlet.Web.Hosting;

/// <summary>Sets up the HTTP server: our sockets, our limits, our certificate. Nothing of it is read from files or the environment.</summary>
internal static class WebServer
{
    private static long _lastId;

    /// <summary>Configures it.</summary>
    public static void Configure(IWebHostBuilder builder, WebContext context, WebLimits limits)
    {
        var sockets = context.Listeners.ToDictionary(listener => listener.EndPoint, listener => listener.Socket);
        builder.UseKestrelCore();
        builder.UseSockets(transport => transport.CreateBoundListenSocket = endPoint => sockets[(IPEndPoint)endPoint]);
        builder.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            SetLimits(server.Limits, limits);
            foreach (var listener in context.Listeners)
            {
                server.Listen(listener.EndPoint, options => Listen(options, listener.Protocol, context, limits));
            }
        });
    }

    /// <summary>The protocol of the listener on which a request came in.</summary>
    public static MailProtocol ProtocolOf(HttpContext context) => context.Features.GetRequiredFeature<ConnectionFeature>().Protocol;

    /// <summary>Name of the connection in logs.</summary>
    public static string CidOf(HttpContext context) => context.Features.GetRequiredFeature<ConnectionFeature>().Cid;

    private static void SetLimits(KestrelServerLimits server, WebLimits limits)
    {
        server.MaxRequestLineSize = limits.RequestLineBytesMax;
        server.MaxRequestHeadersTotalSize = limits.HeaderBytesMax;
        server.MaxRequestHeaderCount = limits.HeadersMax;
        server.RequestHeadersTimeout = limits.HeaderTimeout;
        server.KeepAliveTimeout = limits.KeepAlive;
        server.MaxRequestBodySize = limits.FormBytesMax;
        server.Http2.MaxStreamsPerConnection = limits.StreamsPerConnectionMax;
        server.Http2.MaxRequestHeaderFieldSize = limits.HeaderBytesMax;
    }

    private static void Listen(ListenOptions options, MailProtocol protocol, WebContext context, WebLimits limits)
    {
        // Before TLS: a handshake costs more than a connection.
        options.Use(next => connection => CountAsync(connection, next, protocol, context.Connections));
        if (!protocol.IsImplicitTls)
        {
            options.Protocols = HttpProtocols.Http1;
            return;
        }

        options.Protocols = HttpProtocols.Http1AndHttp2;
        options.UseHttps(new TlsHandshakeCallbackOptions
        {
            // Asked at each handshake, so that a renewed certificate is used at once.
            OnConnection = _ => ValueTask.FromResult(context.Services.Tls.ServerOptions()),
            HandshakeTimeout = limits.HandshakeTimeout,
        });
    }

    private static async Task CountAsync(ConnectionContext connection, ConnectionDelegate next, MailProtocol protocol, ConnectionLimits counts)
    {
        var remote = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (!counts.TryEnter(remote))
        {
            // Too many are there: an answer would need a handshake first.
            connection.Abort();
            return;
        }

        try
        {
            connection.Features.Set(new ConnectionFeature(protocol, string.Create(CultureInfo.InvariantCulture, $"w{Interlocked.Increment(ref _lastId):x}")));
            await next(connection);
        }
        finally
        {
            counts.Leave(remote);
        }
    }

    private sealed record ConnectionFeature(MailProtocol Protocol, string Cid);
}
