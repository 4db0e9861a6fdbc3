using Martlet.Network.Clients;

namespace Martlet.Network.Imap;

/// <summary>The data of one literal as it comes from the server. Asynchronous reading only.</summary>
internal sealed class LiteralStream(ClientTransport transport, long bytes, CommandClock clock) : Stream
{
    private long _left = bytes;

    /// <summary>The connection failed while this was read: what the reader then throws is not its own.</summary>
    public bool IsBroken { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length { get; } = bytes;

    public override long Position
    {
        get => Length - _left;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        clock.Touch();
        IsBroken = true;
        var count = await transport.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], clock).ConfigureAwait(false);
        IsBroken = false;
        clock.Pause();
        _left -= count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Reads what the caller left.</summary>
    public async ValueTask DrainAsync()
    {
        var buffer = _left > 0 ? new byte[8 * 1024] : [];
        while (_left > 0)
        {
            await ReadAsync(buffer).ConfigureAwait(false);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously: the data comes from a network.");

    // Stream has these members; a literal is read once, forwards.
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
