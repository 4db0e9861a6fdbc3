namespace Martlet.Server.Admin;

/// <summary>Passes a file on and remembers how it began and how long it was.</summary>
internal sealed class HeadStream(Stream inner) : Stream
{
    private readonly byte[] _head = new byte[5];

    /// <summary>Bytes so far.</summary>
    public override long Length => Total;

    /// <summary>Whether the first line begins as the separator of an mbox file does.</summary>
    public bool BeginsLikeMbox => _head.AsSpan().SequenceEqual("From "u8);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Position { get => Total; set => throw new NotSupportedException(); }

    private long Total { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        if (Total < _head.Length)
        {
            var missing = (int)Math.Min(_head.Length - Total, count);
            buffer.Span[..missing].CopyTo(_head.AsSpan((int)Total));
        }

        Total += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Stream has these members; an upload is read once, forwards, and no thread is blocked for it.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
