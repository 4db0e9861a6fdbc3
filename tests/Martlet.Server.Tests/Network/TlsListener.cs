using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Server.Tests.Network;

/// <summary>A listener with TLS that does with each connection what a test says, and then closes it.</summary>
internal sealed class TlsListener : IAsyncDisposable
{
    private readonly Heartbeat _heartbeat = new(TimeProvider.System);
    private readonly Listener _listener;

    public TlsListener(TlsSource tls, Func<Connection, Task> serve, bool asksForClientKey = false, bool implicitTls = true)
    {
        var context = new ListenerContext(_heartbeat, new ConnectionLimits(), tls, TimeProvider.System, NullLogger.Instance);
        _listener = Listener.Start(new IPEndPoint(IPAddress.Loopback, 0), new Service(serve), context, implicitTls, asksForClientKey);
    }

    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <summary>Tells the client which key the server saw.</summary>
    public static async Task TellKeyAsync(Connection connection)
    {
        var tls = connection.Tls!;
        connection.Write(tls.ClientKey is { } key ? $"key={key.Fingerprint} {key.Type} {(key.IsUsable ? "usable" : "not usable")} {tls.Version}\r\n" : $"key=none {tls.Version}\r\n");
        await connection.FlushAsync();
        connection.End(EndReason.Logout);
    }

    /// <summary>A certificate of its own for a server: sessions are shared by certificate.</summary>
    public static X509Certificate2 MakeCertificate(HashAlgorithmName? hash = null, RSA? rsa = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = rsa is null
            ? new CertificateRequest("CN=localhost", key, hash ?? HashAlgorithmName.SHA256)
            : new CertificateRequest("CN=localhost", rsa, hash ?? HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _heartbeat.Dispose();
    }

    private sealed class Service(Func<Connection, Task> serve) : IConnectionService
    {
        public string Name => "test";

        public ReadOnlyMemory<byte> TooManyConnections => "too many\r\n"u8.ToArray();

        public Task RunAsync(Connection connection) => serve(connection);
    }
}
