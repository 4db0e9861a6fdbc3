using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Martlet.Network.Compression;
using Martlet.Network.Tls;

namespace Martlet.Load.Clients;

/// <summary>A client's connection that costs little: one small buffer, lines looked at in place.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket _socket;
    private Stream? _stream;
    private byte[] _buffer = new byte[512];
    private int _start;
    private int _end;

    private Wire(Socket socket) => _socket = socket;

    /// <summary>Bytes received so far.</summary>
    public long Received { get; private set; }

    /// <param name="port">Port on loopback.</param>
    /// <param name="tls">TLS from the first byte on.</param>
    /// <param name="from">Loopback address to come from.</param>
    /// <param name="identity">The key to show; null for none.</param>
    /// <param name="mayResume">Whether a TLS session of before may be taken up again.</param>
    public static async Task<Wire> ConnectAsync(int port, bool tls = false, IPAddress? from = null, ClientIdentity? identity = null, bool mayResume = true)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (from is not null)
            {
                socket.Bind(new IPEndPoint(from, 0));
            }

            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
            var wire = new Wire(socket);
            if (tls)
            {
                var secured = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false);
                wire._stream = secured;
                await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                {
                    TargetHost = "localhost",
                    RemoteCertificateValidationCallback = (_, _, _, _) => true,
                    ClientCertificates = identity is null ? null : [identity.Certificate],
                    AllowTlsResume = mayResume,
                });
            }

            return wire;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Compresses from here on, both ways.</summary>
    public void StartDeflate() => _stream = new CompressedStream(_stream ?? new NetworkStream(_socket));

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_stream is not null)
        {
            await _stream.WriteAsync(bytes);
            return;
        }

        await SendRawAsync(bytes);
    }

    /// <summary>Sends bytes past compression and TLS.</summary>
    public async ValueTask SendRawAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await _socket.SendAsync(bytes, SocketFlags.None)..];
        }
    }

    public ValueTask SendAsync(string ascii) => SendAsync(Encoding.ASCII.GetBytes(ascii));

    /// <summary>The next line with its end; valid until the next call.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> LineAsync()
    {
        var looked = 0;
        while (true)
        {
            var end = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (end >= 0)
            {
                var line = _buffer.AsMemory(_start, looked + end + 1);
                _start += line.Length;
                return line;
            }

            looked = _end - _start;
            await FillAsync();
        }
    }

    /// <summary>Passes over so many bytes.</summary>
    public async ValueTask SkipAsync(int count)
    {
        while (_end - _start < count)
        {
            count -= _end - _start;
            _start = _end;
            await FillAsync();
        }

        _start += count;
    }

    /// <summary>Reads a long response up to the line that begins with <paramref name="tag"/>, looking only at the ends of what came.</summary>
    /// <returns>That line.</returns>
    public async ValueTask<string> SkipToAsync(string tag)
    {
        if (_buffer.Length < 256 * 1024)
        {
            Array.Resize(ref _buffer, 256 * 1024);
        }

        while (true)
        {
            var bytes = _buffer.AsSpan(_start, _end - _start);
            if (bytes is [.., (byte)'\n'])
            {
                var line = bytes[(bytes[..^1].LastIndexOf((byte)'\n') + 1)..];
                if (line.StartsWith(Encoding.ASCII.GetBytes(tag)))
                {
                    _start = _end = 0;
                    return Encoding.ASCII.GetString(line).TrimEnd();
                }
            }

            // Keeps what may be the start of the last line.
            const int Kept = 1024;
            if (_end - _start > Kept)
            {
                _start = _end - Kept;
            }

            await FillAsync();
        }
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _socket.Dispose();
    }

    private async ValueTask FillAsync()
    {
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var count = _stream is not null ? await _stream.ReadAsync(_buffer.AsMemory(_end)) : await _socket.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None);
        if (count == 0)
        {
            throw new IOException("The server closed the connection.");
        }

        Received += count;
        _end += count;
    }
}
