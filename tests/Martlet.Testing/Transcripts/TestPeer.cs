using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Martlet.Network.Compression;
using Martlet.Network.Tls;
using Xunit;

namespace Martlet.Testing.Transcripts;

/// <summary>A client's side of a real loopback connection, line by line. It believes any certificate.</summary>
public sealed class TestPeer : IAsyncDisposable
{
    private readonly Socket _socket;
    private Stream _stream;
    private CompressedStream? _deflate;
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private Task<string?>? _pending;

    private readonly ClientIdentity? _identity;
    private readonly SslProtocols _protocols;

    private TestPeer(Socket socket, ClientIdentity? identity, SslProtocols protocols)
    {
        _socket = socket;
        _identity = identity;
        _protocols = protocols;
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Bytes that came and that nobody asked for; with what waits in the socket.</summary>
    public int Unread => _end - _start + (_stream is NetworkStream && _socket.Connected ? _socket.Available : 0);

    /// <summary>Whether the server asked for a key in a handshake and got one.</summary>
    public bool HasShownKey => _stream is SslStream { LocalCertificate: not null };

    /// <summary>Connects.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="useTls">TLS from the first byte on.</param>
    /// <param name="identity">The key to show in handshakes; null for none.</param>
    /// <param name="protocols">Versions of TLS; all that are safe unless given.</param>
    public static async Task<TestPeer> ConnectAsync(IPEndPoint endPoint, bool useTls, ClientIdentity? identity = null, SslProtocols protocols = SslProtocols.None)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint);
        var peer = new TestPeer(socket, identity, protocols);
        if (useTls)
        {
            await peer.StartTlsAsync();
        }

        return peer;
    }

    /// <summary>Does a TLS handshake now.</summary>
    public async Task StartTlsAsync()
    {
        var tls = new SslStream(_stream, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
            ClientCertificates = _identity is null ? null : [_identity.Certificate],
            EnabledSslProtocols = _protocols,
        });
        _stream = tls;
    }

    /// <summary>Compresses from here on, both ways.</summary>
    public void StartDeflate()
    {
        Assert.Equal(_start, _end);
        if (_deflate?.TryRestart() == true)
        {
            return;
        }

        _stream = _deflate = new CompressedStream(_stream);
    }

    /// <summary>The next write is the last compressed one.</summary>
    public void EndDeflate() => _deflate!.EndWriting();

    /// <summary>Sends bytes in one write.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes);

    /// <summary>Sends a line and CRLF in one write.</summary>
    public Task SendLineAsync(string line) => SendAsync(Encoding.UTF8.GetBytes(line + "\r\n"));

    /// <summary>The next line without CRLF; null when the server has closed. One that is still under way is taken up again.</summary>
    public async Task<string?> ReadLineAsync()
    {
        var line = await (_pending ??= ReadLineCoreAsync());
        _pending = null;
        return line;
    }

    /// <summary>The next bytes, fewer only when the server has closed.</summary>
    public async Task<byte[]> ReadBytesAsync(int count)
    {
        while (_end - _start < count && await FillAsync())
        {
            // More is needed.
        }

        var taken = Math.Min(count, _end - _start);
        var bytes = _buffer.AsSpan(_start, taken).ToArray();
        _start += taken;
        return bytes;
    }

    /// <summary>Sends FIN; what the server still says can be read.</summary>
    public void CloseWriting() => _socket.Shutdown(SocketShutdown.Send);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _stream.DisposeAsync();
        }
        catch (IOException)
        {
            // The server was first.
        }
    }

    private async Task<string?> ReadLineCoreAsync()
    {
        var searched = 0;
        while (true)
        {
            var lineEnd = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (lineEnd >= 0)
            {
                var length = searched + lineEnd;
                var line = _buffer.AsSpan(_start, length);
                var text = line is [.., (byte)'\r'] ? Encoding.UTF8.GetString(line[..^1]) : Encoding.UTF8.GetString(line) + "<LF without CR>";
                _start += length + 1;
                return text;
            }

            searched = _end - _start;
            if (!await FillAsync())
            {
                var rest = searched == 0 ? null : Encoding.UTF8.GetString(_buffer.AsSpan(_start, searched)) + "<closed in the line>";
                _start = _end;
                return rest;
            }
        }
    }

    private async Task<bool> FillAsync()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        try
        {
            var count = await _stream.ReadAsync(_buffer.AsMemory(_end));
            if (count == 0 && _deflate is { IsActive: false })
            {
                // The final block of the server's compression: what follows is plain.
                _deflate.EndReading();
                count = await _stream.ReadAsync(_buffer.AsMemory(_end));
            }

            _end += count;
            return count > 0;
        }
        catch (IOException)
        {
            // A reset is an end as well.
            return false;
        }
    }
}
