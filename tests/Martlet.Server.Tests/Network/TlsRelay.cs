using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Martlet.Network.Tls;

namespace Martlet.Server.Tests.Network;

/// <summary>
/// Somebody in the middle: speaks TLS with the client by a certificate of its own, asking for the client's key, and TLS with the server, showing a key of its own.
/// One connection at a time.
/// </summary>
internal sealed class TlsRelay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = TlsListener.MakeCertificate();
    private readonly StringBuilder _heard = new();
    private readonly IPEndPoint _server;
    private readonly Task _running;

    /// <summary>Begins to listen.</summary>
    /// <param name="server">The server, TLS from the first byte.</param>
    public TlsRelay(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>Where clients are lured to.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>The key it shows the server; null for none.</summary>
    public ClientIdentity? OwnKey { get; init; }

    /// <summary>Changes what the server says on its way to the client.</summary>
    public Func<string, string> Change { get; init; } = static text => text;

    /// <summary>Whether a client has shown it a key.</summary>
    public bool HasSeenKey { get; private set; }

    /// <summary>What it has read so far, of both.</summary>
    public string Heard
    {
        get
        {
            lock (_heard)
            {
                return _heard.ToString();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _running;
        _certificate.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await RelayAsync(client);
            }
            catch (Exception e) when (e is SocketException or InvalidOperationException)
            {
                // It listens no more.
                return;
            }
            catch (IOException)
            {
                // One of them has gone: the next client.
            }
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        await using var near = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) =>
        {
            HasSeenKey |= certificate is not null;
            return true;
        });
        await near.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate, ClientCertificateRequired = true });
        using var server = new TcpClient();
        await server.ConnectAsync(_server);
        await using var far = new SslStream(server.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
        await far.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", ClientCertificates = OwnKey is null ? null : [OwnKey.Certificate] });
        var up = CopyAsync(near, far, static text => text);
        var down = CopyAsync(far, near, Change);
        await Task.WhenAny(up, down);
        await near.DisposeAsync();
        await far.DisposeAsync();
        await Task.WhenAll(up, down);
    }

    // The dialogues of the tests have each reply in one record.
    private async Task CopyAsync(SslStream from, SslStream to, Func<string, string> change)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReadAsync(buffer) is > 0 and var count)
            {
                var text = Encoding.Latin1.GetString(buffer, 0, count);
                lock (_heard)
                {
                    _heard.Append(text);
                }

                await to.WriteAsync(Encoding.Latin1.GetBytes(change(text)));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The other direction has ended.
        }
    }
}
