using System.Buffers;
using Martlet.Messages.Mime;
using Martlet.Store.Engine;

namespace Martlet.Store;

/// <summary>
/// A message on its way into the store: bytes are taken as they come, structure and envelope are read on the way, and what outgrows a segment record goes to a
/// file. Memory is bounded by <see cref="Model.StoreLimits.SegmentMessageBytesMax"/>.
/// </summary>
/// <remarks>Used by one session; dispose it when the operation has completed.</remarks>
public sealed class MessageSpool : IDisposable
{
    private const int FirstSize = 16 * 1024;

    private readonly IBlobStore _blobs;
    private readonly int _memoryMax;
    private readonly MimeScanner _scanner = new(new MimeLimits());
    private byte[] _bytes = [];
    private int _length;
    private ILargeBlob? _large;
    private MessageStructure? _structure;

    internal MessageSpool(IBlobStore blobs, int memoryMax)
    {
        _blobs = blobs;
        _memoryMax = memoryMax;
    }

    /// <summary>Bytes so far.</summary>
    public long Length => _large?.Length ?? _length;

    /// <summary>Structure and envelope; complete after <see cref="Complete"/>.</summary>
    public MessageStructure Structure => _structure ?? throw new InvalidOperationException("The message is not complete.");

    internal bool IsLarge => _large is not null;

    internal ILargeBlob Large => _large ?? throw new InvalidOperationException("The message is in memory.");

    internal ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Takes the next bytes.</summary>
    /// <exception cref="Model.StoreException">The disk is full or fails.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        _scanner.Feed(bytes);
        if (_large is null && _length + bytes.Length > _memoryMax)
        {
            _large = _blobs.CreateLarge();
            _large.Write(_bytes.AsSpan(0, _length));
            ReturnMemory();
        }

        if (_large is not null)
        {
            _large.Write(bytes);
            return;
        }

        if (_length + bytes.Length > _bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, Math.Max(_length + bytes.Length, _bytes.Length * 2)));
            _bytes.AsSpan(0, _length).CopyTo(larger);
            var length = _length;
            ReturnMemory();
            (_bytes, _length) = (larger, length);
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>The message is whole.</summary>
    public void Complete() => _structure ??= _scanner.Finish();

    /// <summary>Gives memory back and removes a file that was not stored.</summary>
    public void Dispose()
    {
        ReturnMemory();
        _large?.Dispose();
    }

    internal byte[] EncodeMeta(int prefixLength) => Structure.Encode(prefixLength);

    private void ReturnMemory()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }

        _length = 0;
    }
}
