namespace Martlet.Server.Control;

/// <summary>Data in chunks as a stream to read once.</summary>
internal sealed class ChunkStream(ControlWire wire) : Stream
{
    private int _left;

    /// <summary>Whether the data ended: nothing of it is left on the connection.</summary>
    public bool IsEnded { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    // Stream has these members; what comes over a connection is read once, forwards, to an end that nobody knows before.
    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_left == 0 && !IsEnded)
        {
            try
            {
                _left = await wire.ReadChunkLengthAsync(cancellationToken);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                IsEnded = true;
                throw;
            }

            IsEnded = _left == 0;
        }

        if (IsEnded || buffer.IsEmpty)
        {
            return 0;
        }

        var count = await wire.ReadBytesAsync(buffer[..Math.Min(buffer.Length, _left)], cancellationToken);
        if (count == 0)
        {
            IsEnded = true;
            throw new IOException("the command that sent the file is gone.");
        }

        _left -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // No thread is blocked for a peer.
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
