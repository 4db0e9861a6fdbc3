using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Martlet.Network.Compression;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;

namespace Martlet.Network.Clients;

/// <summary>What a transport notices by itself.</summary>
internal enum TransportFailure
{
    /// <summary>The server has closed the connection.</summary>
    Closed,

    /// <summary>TLS could not be agreed on.</summary>
    Tls,

    /// <summary>Bytes came in the clear where TLS must begin.</summary>
    ClearText,

    /// <summary>What should be compressed is not.</summary>
    BadCompression,

    /// <summary>Compressed data expands beyond the limits.</summary>
    Expansion,
}

/// <summary>Makes the exception by which a client's callers know a failure.</summary>
internal delegate Exception TransportError(TransportFailure failure, string message, Exception? inner = null);

/// <summary>The bytes of a client's connection: buffered both ways, over TLS and compression as they come.</summary>
/// <remarks>One reader and one writer at a time. Failures of the protocol's kind are made by <paramref name="error"/>, those of the network come as they are.</remarks>
internal sealed class ClientTransport(Stream stream, TransportError error) : IDisposable
{
    private const int InputSize = 32 * 1024;

    private Stream _stream = stream;
    private Stream _connection = stream; // _stream without compression
    private CompressedStream? _compression;
    private int _ratioMax;
    private long _slackBytes;

    // Not from a pool: closing from another thread must not give it to somebody else while a command still reads it.
    private readonly byte[] _input = GC.AllocateUninitializedArray<byte>(InputSize);
    private int _start;
    private int _end;

    /// <summary>What TLS agreed on; null in the clear.</summary>
    public TlsInfo? Tls { get; private set; }

    /// <summary>What the TLS connection can be recognised by; nothing in the clear.</summary>
    public ChannelBindings Bindings { get; private set; } = ChannelBindings.None;

    /// <summary>Compression is on.</summary>
    public bool IsCompressed => _compression is not null;

    /// <summary>Bytes for the next flush.</summary>
    public OutputBuffer Output { get; } = new();

    /// <summary>Bytes received and not taken.</summary>
    public ReadOnlySpan<byte> Unread => _input.AsSpan(_start, _end - _start);

    /// <summary>Opens a TCP connection.</summary>
    public static async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Takes bytes from the front of <see cref="Unread"/>.</summary>
    public void Advance(int count) => _start += count;

    /// <summary>Waits for more bytes. What is in <see cref="Unread"/> must have been taken: a framer keeps what it needs.</summary>
    /// <exception cref="Exception"><see cref="TransportFailure.Closed"/>.</exception>
    public async ValueTask FillAsync(CommandClock clock)
    {
        (_start, _end) = (0, 0);
        _end = await ReadStreamAsync(_input, clock).ConfigureAwait(false);
    }

    /// <summary>Reads straight into a caller's buffer, first what is buffered.</summary>
    /// <exception cref="Exception"><see cref="TransportFailure.Closed"/>.</exception>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CommandClock clock)
    {
        if (_end > _start)
        {
            var count = Math.Min(buffer.Length, _end - _start);
            Unread[..count].CopyTo(buffer.Span);
            Advance(count);
            return count;
        }

        return await ReadStreamAsync(buffer, clock).ConfigureAwait(false);
    }

    /// <summary>Sends what <see cref="Output"/> holds.</summary>
    public async ValueTask FlushAsync(CommandClock clock)
    {
        try
        {
            if (Output.Length > 0)
            {
                await _stream.WriteAsync(Output.Written, clock.Token).ConfigureAwait(false);
            }

            await _stream.FlushAsync(clock.Token).ConfigureAwait(false);
            clock.Touch();
        }
        finally
        {
            Output.Clear();
        }
    }

    /// <summary>Sends bytes past <see cref="Output"/>, which must be empty; not flushed.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CommandClock clock)
    {
        await _stream.WriteAsync(bytes, clock.Token).ConfigureAwait(false);
        clock.Touch();
    }

    /// <summary>Starts TLS.</summary>
    /// <param name="host">Name that the certificate must have.</param>
    /// <param name="identity">Key for servers that ask for one; null for none.</param>
    /// <param name="validation">Decides about the server's certificate in place of the system's rules; null for those.</param>
    /// <param name="cancel">Ends the handshake.</param>
    /// <exception cref="Exception"><see cref="TransportFailure.Tls"/>; <see cref="TransportFailure.ClearText"/>.</exception>
    public async Task StartTlsAsync(string host, ClientIdentity? identity, RemoteCertificateValidationCallback? validation, CancellationToken cancel)
    {
        if (!Unread.IsEmpty)
        {
            // CVE-2021-33515 and CVE-2021-38371 class: somebody in the middle puts responses before the handshake, to be believed after it.
            throw error(TransportFailure.ClearText, "The server sent data in the clear where TLS must begin.");
        }

        try
        {
            var tls = await ClientTls.StartAsync(_stream, host, identity, validation, cancel).ConfigureAwait(false);
            (_stream, Tls, Bindings) = tls;
            _connection = _stream;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw error(TransportFailure.Tls, $"TLS could not be agreed on: {e.Message}", e);
        }
    }

    /// <summary>Starts compression on both sides. What is in <see cref="Unread"/> is compressed already.</summary>
    /// <param name="ratioMax">How many times more bytes may come out than went in, beyond <paramref name="slackBytes"/>.</param>
    /// <param name="slackBytes">Bytes that may come out in any case.</param>
    public void StartCompression(int ratioMax, long slackBytes)
    {
        _stream = _compression = new CompressedStream(_stream, Unread);
        (_ratioMax, _slackBytes) = (ratioMax, slackBytes);
        (_start, _end) = (0, 0);
    }

    /// <summary>Closes the connection. May be called from any thread, while a command reads: so what compression holds is left to the collector, not given back.</summary>
    public void Dispose() => _connection.Dispose();

    private async ValueTask<int> ReadStreamAsync(Memory<byte> buffer, CommandClock clock)
    {
        int count;
        try
        {
            count = await _stream.ReadAsync(buffer, clock.Token).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw error(TransportFailure.BadCompression, "What the server sent is not compressed data.", e);
        }

        clock.Touch();
        if (_compression is { } compression && compression.BytesOut > _slackBytes + (compression.BytesIn * _ratioMax))
        {
            throw error(TransportFailure.Expansion, "The server's data expands too much.");
        }

        return count > 0 ? count : throw error(TransportFailure.Closed, "The server has closed the connection.");
    }
}
