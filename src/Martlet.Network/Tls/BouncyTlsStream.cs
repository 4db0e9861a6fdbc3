using Org.BouncyCastle.Tls;

namespace Martlet.Network.Tls;

/// <summary>
/// BouncyCastle's TLS as an asynchronous stream: the library turns bytes into bytes, reading and sending is done here.
/// </summary>
/// <remarks>One reader and one writer at a time. Does not say goodbye when it is closed, like <see cref="System.Net.Security.SslStream"/>.</remarks>
internal sealed class BouncyTlsStream : Stream
{
    /// <summary>Bytes encrypted at once; bounds what is held of a large write.</summary>
    private const int WriteBytesMax = 64 * 1024;

    private readonly Stream _inner;
    private readonly TlsClientProtocol _protocol = new();
    // The library's state: held for computing only, never while bytes are on their way.
    private readonly Lock _lock = new();
    // Records must leave in the order in which they were made.
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly byte[] _received = new byte[16 * 1024];

    private BouncyTlsStream(Stream inner) => _inner = inner;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>Not supported: a connection has no length.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported: a connection has no positions.</summary>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Runs the handshake.</summary>
    /// <exception cref="IOException">It failed.</exception>
    public static async Task<ClientTls> StartAsync(Stream inner, BouncyTlsClient client, CancellationToken cancel)
    {
        var stream = new BouncyTlsStream(inner);
        try
        {
            lock (stream._lock)
            {
                stream._protocol.Connect(client);
            }

            await stream.SendAsync(ReadOnlyMemory<byte>.Empty, cancel).ConfigureAwait(false);
            while (stream._protocol.IsHandshaking)
            {
                if (!await stream.ReceiveAsync(cancel).ConfigureAwait(false))
                {
                    throw new IOException("The server has closed the connection in the TLS handshake.");
                }
            }
        }
        catch (TlsFatalAlert e)
        {
            // The alert tells the server why; that the connection ends is the same without it.
            await stream.SendAsync(ReadOnlyMemory<byte>.Empty, cancel).ConfigureAwait(false);
            throw new System.Security.Authentication.AuthenticationException(e.Message, e);
        }

        return new ClientTls(stream, client.Info!, client.Bindings);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            lock (_lock)
            {
                var count = Math.Min(_protocol.GetAvailableInputBytes(), buffer.Length);
                if (count > 0)
                {
                    var part = new byte[count];
                    count = _protocol.ReadInput(part, 0, count);
                    part.AsSpan(0, count).CopyTo(buffer.Span);
                    return count;
                }

                if (_protocol.IsClosed)
                {
                    return 0;
                }
            }

            if (!await ReceiveAsync(cancellationToken).ConfigureAwait(false))
            {
                return 0;
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, WriteBytesMax);
            await SendAsync(buffer[..count], cancellationToken).ConfigureAwait(false);
            buffer = buffer[count..];
        }
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void Flush() => _inner.Flush();

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous only.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Asynchronous only.");

    /// <summary>Not supported: a connection has no positions.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported: a connection has no length.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Takes in what has come, and sends what the library has to say to it.</summary>
    /// <returns>False when the other side has closed.</returns>
    private async Task<bool> ReceiveAsync(CancellationToken cancel)
    {
        var count = await _inner.ReadAsync(_received, cancel).ConfigureAwait(false);
        if (count == 0)
        {
            return false;
        }

        bool hasOutput;
        lock (_lock)
        {
            _protocol.OfferInput(_received, 0, count);
            hasOutput = _protocol.GetAvailableOutputBytes() > 0;
        }

        if (hasOutput)
        {
            await SendAsync(ReadOnlyMemory<byte>.Empty, cancel).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Encrypts bytes, if there are any, and sends all that the library has ready.</summary>
    private async Task SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        await _sending.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            byte[] output;
            lock (_lock)
            {
                if (!bytes.IsEmpty)
                {
                    _protocol.WriteApplicationData(bytes.Span);
                }

                output = new byte[_protocol.GetAvailableOutputBytes()];
                _protocol.ReadOutput(output, 0, output.Length);
            }

            await _inner.WriteAsync(output, cancel).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }
}
