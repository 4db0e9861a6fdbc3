namespace Martlet.Server.Transfer;

/// <summary>A stream that is read once, forwards, without blocking a thread: what the streams of a transfer have in common.</summary>
internal abstract class ReadStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A stream whose beginning has been read already, and is given again.</summary>
internal sealed class HeadStream(ReadOnlyMemory<byte> head, Stream rest) : ReadStream
{
    private ReadOnlyMemory<byte> _head = head;

    /// <summary>Reads up to so many bytes and gives a stream with them before the rest.</summary>
    /// <param name="stream">The stream; the caller keeps it.</param>
    /// <param name="bytes">How many are wanted; fewer come at its end.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<(ReadOnlyMemory<byte> Head, Stream Whole)> PeekAsync(Stream stream, int bytes, CancellationToken cancel)
    {
        var head = new byte[bytes];
        var length = await stream.ReadAtLeastAsync(head, bytes, throwOnEndOfStream: false, cancel);
        return (head.AsMemory(0, length), new HeadStream(head.AsMemory(0, length), stream));
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_head.IsEmpty)
        {
            return await rest.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(buffer.Length, _head.Length);
        _head[..count].CopyTo(buffer);
        _head = _head[count..];
        return count;
    }
}

/// <summary>Stops an archive that unpacks to more than anybody's mail.</summary>
internal sealed class BoundedStream(Stream inner, long bytesMax) : ReadStream
{
    private long _total;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        _total += count;
        return _total <= bytesMax ? count : throw new InvalidDataException($"it unpacks to more than {bytesMax >> 30} GB (limit unpacked-bytes).");
    }
}

/// <summary>The content of an archive's current entry.</summary>
internal sealed class EntryStream(Martlet.Messages.Files.ArchiveReader archive) : ReadStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => archive.ReadAsync(buffer, cancellationToken);
}
