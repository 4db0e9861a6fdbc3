namespace Martlet.Server.Transfer;

/// <summary>Gathers small writes into large ones, without ever blocking a thread. What is left in it at the end is written by a flush, not by disposing.</summary>
internal sealed class BufferedWriter(Stream inner, int bytes) : Stream
{
    private readonly byte[] _buffer = new byte[bytes];
    private int _length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _buffer.Length - _length);
            buffer[..count].CopyTo(_buffer.AsMemory(_length));
            _length += count;
            buffer = buffer[count..];
            if (_length == _buffer.Length)
            {
                await PassAsync(cancellationToken);
            }
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        await PassAsync(cancellationToken);
        await inner.FlushAsync(cancellationToken);
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task PassAsync(CancellationToken cancel)
    {
        if (_length > 0)
        {
            await inner.WriteAsync(_buffer.AsMemory(0, _length), cancel);
            _length = 0;
        }
    }
}
