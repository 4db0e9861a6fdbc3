using System.IO.Compression;

namespace Martlet.Network.Imap;

/// <summary>
/// COMPRESS=DEFLATE over a connection: what is written goes out deflated, at each flush up to the last byte (RFC 4978 §4); what is read is what has arrived so
/// far, without waiting for more. More expansion than allowed ends it.
/// </summary>
/// <remarks>One reader and one writer at a time.</remarks>
internal sealed class DeflateDuplex : Stream
{
    private readonly Stream _inner;
    private readonly Counter _counter;
    private readonly DeflateStream _inflater;
    private readonly DeflateStream _deflater;
    private readonly int _ratioMax;
    private readonly long _slackBytes;
    private long _bytesOut;

    /// <summary>Starts on both sides.</summary>
    /// <param name="inner">The connection; owned from now on.</param>
    /// <param name="received">Bytes read from it already that belong behind the start of compression.</param>
    /// <param name="ratioMax">Bytes out for each byte in, over all.</param>
    /// <param name="slackBytes">Bytes out that are allowed beyond that.</param>
    public DeflateDuplex(Stream inner, ReadOnlySpan<byte> received, int ratioMax, long slackBytes)
    {
        _inner = inner;
        _counter = new Counter(inner, received.ToArray());
        _inflater = new DeflateStream(_counter, CompressionMode.Decompress, leaveOpen: true);
        _deflater = new DeflateStream(inner, CompressionLevel.Fastest, leaveOpen: true);
        _ratioMax = ratioMax;
        _slackBytes = slackBytes;
    }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        try
        {
            count = await _inflater.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException e)
        {
            throw new ImapException(ImapFailure.Protocol, "What the server sent is not compressed data.", e);
        }

        _bytesOut += count;
        if (_bytesOut > _slackBytes + (_counter.Bytes * _ratioMax))
        {
            throw new ImapException(ImapFailure.Limit, "The server's data expands too much.");
        }

        return count;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _deflater.WriteAsync(buffer, cancellationToken);

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _deflater.FlushAsync(cancellationToken).ConfigureAwait(false);
        await _inner.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // The end of the deflate stream is not written: nobody waits for it (RFC 4978 §4), and a peer that does not read must not hold up closing.
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner.Dispose();
            _inflater.Dispose();
            _counter.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Gives first what was read before, and counts.</summary>
    private sealed class Counter(Stream inner, byte[] received) : Stream
    {
        private int _given;

        public long Bytes { get; private set; }

        public override bool CanRead => true;

        public override bool CanWrite => false;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(buffer.Length, received.Length - _given);
            if (count > 0)
            {
                received.AsMemory(_given, count).CopyTo(buffer);
                _given += count;
            }
            else
            {
                count = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }

            Bytes += count;
            return count;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
