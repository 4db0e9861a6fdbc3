using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Martlet.Messages.Files;

/// <summary>
/// Writes zip files forwards, to a stream that need not seek: lengths follow the content (data descriptors), and the directory waits in a stream of its own until
/// the end.
/// </summary>
/// <param name="output">The file.</param>
/// <param name="directory">Empty stream that can seek, about 150 bytes an entry: a temporary file when there may be many. The caller keeps both.</param>
/// <param name="level">How hard it packs.</param>
public sealed class ZipWriter(Stream output, Stream directory, CompressionLevel level = CompressionLevel.Fastest) : ArchiveWriter, IDisposable
{
    private const ushort HasDescriptor = 1 << 3;
    private const ushort IsUtf8 = 1 << 11;

    // Deflate makes nothing longer by more than this part; lengths from here on are written in eight bytes.
    private const long SmallMax = 0xF0000000;

    private readonly Counting _counting = new(output);
    private byte[] _name = [];
    private DateTimeOffset _date;
    private DeflateStream? _content;
    private bool _isLarge;
    private long _place;
    private long _start;
    private long _length;
    private uint _crc;
    private long _entries;

    /// <inheritdoc/>
    public override bool NeedsLength => false;

    /// <inheritdoc/>
    public override async ValueTask AddFolderAsync(string path, DateTimeOffset date, CancellationToken cancel)
    {
        (_name, _date, _isLarge, _place) = (Encoding.UTF8.GetBytes(path + "/"), date, false, _counting.Total);
        await _counting.WriteAsync(Local(flags: IsUtf8, ZipRecords.Stored), cancel);
        await ListAsync(IsUtf8, ZipRecords.Stored, packed: 0, length: 0, crc: 0, attributes: (0x41C0u << 16) | 0x10, cancel);
    }

    /// <inheritdoc/>
    public override async ValueTask BeginFileAsync(string path, DateTimeOffset date, long length, CancellationToken cancel)
    {
        (_name, _date, _isLarge, _place) = (Encoding.UTF8.GetBytes(path), date, length >= SmallMax, _counting.Total);
        await _counting.WriteAsync(Local(IsUtf8 | HasDescriptor, ZipRecords.Deflated), cancel);
        (_start, _length, _crc) = (_counting.Total, 0, 0);
        _content = new DeflateStream(_counting, level, leaveOpen: true);
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        _crc = Crc32.Append(_crc, bytes.Span);
        _length += bytes.Length;
        await _content!.WriteAsync(bytes, cancel);
    }

    /// <inheritdoc/>
    public override async ValueTask EndFileAsync(CancellationToken cancel)
    {
        await _content!.DisposeAsync();
        _content = null;
        if (_counting.Total == _start)
        {
            // The stream leaves nothing of nothing; readers want the empty block that deflate ends with.
            await _counting.WriteAsync(new byte[] { 3, 0 }, cancel);
        }

        var packed = _counting.Total - _start;
        if (!_isLarge && Math.Max(packed, _length) >= uint.MaxValue)
        {
            throw new InvalidOperationException("The file is longer than was announced.");
        }

        var descriptor = new byte[_isLarge ? 24 : 16];
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, ZipRecords.DescriptorMark);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(4), _crc);
        if (_isLarge)
        {
            BinaryPrimitives.WriteInt64LittleEndian(descriptor.AsSpan(8), packed);
            BinaryPrimitives.WriteInt64LittleEndian(descriptor.AsSpan(16), _length);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(8), (uint)packed);
            BinaryPrimitives.WriteUInt32LittleEndian(descriptor.AsSpan(12), (uint)_length);
        }

        await _counting.WriteAsync(descriptor, cancel);
        await ListAsync(IsUtf8 | HasDescriptor, ZipRecords.Deflated, packed, _length, _crc, attributes: 0x8180u << 16, cancel);
    }

    /// <inheritdoc/>
    public override async ValueTask FinishAsync(CancellationToken cancel)
    {
        var start = _counting.Total;
        directory.Position = 0;
        await directory.CopyToAsync(_counting, cancel);
        var size = _counting.Total - start;
        if (_entries >= ushort.MaxValue || start + size >= uint.MaxValue)
        {
            await _counting.WriteAsync(End64(start, size), cancel);
        }

        var end = new byte[ZipRecords.EndBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(end, ZipRecords.EndMark);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), (ushort)Math.Min(_entries, ushort.MaxValue));
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), (ushort)Math.Min(_entries, ushort.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(12), (uint)Math.Min(size, uint.MaxValue));
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(16), (uint)Math.Min(start, uint.MaxValue));
        await _counting.WriteAsync(end, cancel);
        await _counting.FlushAsync(cancel);
    }

    /// <summary>Lets go of a file that was begun and not ended; nothing more is written.</summary>
    public void Dispose()
    {
        _content = null;
        _counting.Dispose();
    }

    private byte[] End64(long start, long size)
    {
        var end = new byte[ZipRecords.End64Bytes + ZipRecords.Locator64Bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(end, ZipRecords.End64Mark);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(4), ZipRecords.End64Bytes - 12);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(12), 45);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(14), 45);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(24), _entries);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(32), _entries);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(40), size);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(48), start);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(56), ZipRecords.Locator64Mark);
        BinaryPrimitives.WriteInt64LittleEndian(end.AsSpan(64), start + size);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(72), 1);
        return end;
    }

    private byte[] Local(ushort flags, ushort method)
    {
        var extra = Extras(_isLarge ? 16 : 0);
        var local = new byte[ZipRecords.LocalBytes + _name.Length + extra.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(local, ZipRecords.LocalMark);
        Common(local.AsSpan(4), flags, method);
        if (_isLarge)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(local.AsSpan(18), uint.MaxValue);
            BinaryPrimitives.WriteUInt32LittleEndian(local.AsSpan(22), uint.MaxValue);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(local.AsSpan(26), (ushort)_name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(local.AsSpan(28), (ushort)extra.Length);
        _name.CopyTo(local, ZipRecords.LocalBytes);
        extra.CopyTo(local, ZipRecords.LocalBytes + _name.Length);
        return local;
    }

    private ValueTask ListAsync(ushort flags, ushort method, long packed, long length, uint crc, uint attributes, CancellationToken cancel)
    {
        var isLarge = Math.Max(Math.Max(packed, length), _place) >= uint.MaxValue;
        var extra = Extras(isLarge ? 24 : 0);
        if (isLarge)
        {
            var large = extra.AsSpan(extra.Length - 24);
            BinaryPrimitives.WriteInt64LittleEndian(large, length);
            BinaryPrimitives.WriteInt64LittleEndian(large[8..], packed);
            BinaryPrimitives.WriteInt64LittleEndian(large[16..], _place);
        }

        var central = new byte[ZipRecords.CentralBytes + _name.Length + extra.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(central, ZipRecords.CentralMark);
        BinaryPrimitives.WriteUInt16LittleEndian(central.AsSpan(4), (3 << 8) | 45);
        Common(central.AsSpan(6), flags, method);
        BinaryPrimitives.WriteUInt32LittleEndian(central.AsSpan(16), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(central.AsSpan(20), isLarge ? uint.MaxValue : (uint)packed);
        BinaryPrimitives.WriteUInt32LittleEndian(central.AsSpan(24), isLarge ? uint.MaxValue : (uint)length);
        BinaryPrimitives.WriteUInt16LittleEndian(central.AsSpan(28), (ushort)_name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(central.AsSpan(30), (ushort)extra.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(central.AsSpan(38), attributes);
        BinaryPrimitives.WriteUInt32LittleEndian(central.AsSpan(42), isLarge ? uint.MaxValue : (uint)_place);
        _name.CopyTo(central, ZipRecords.CentralBytes);
        extra.CopyTo(central, ZipRecords.CentralBytes + _name.Length);
        _entries++;
        return directory.WriteAsync(central, cancel);
    }

    // Version, flags, method and date: in both kinds of header in this order.
    private void Common(Span<byte> header, ushort flags, ushort method)
    {
        var (day, time) = ZipRecords.ToDos(_date);
        BinaryPrimitives.WriteUInt16LittleEndian(header, (ushort)(_isLarge ? 45 : 20));
        BinaryPrimitives.WriteUInt16LittleEndian(header[2..], flags);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], method);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], time);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], day);
    }

    // The date to the second, where 32 bits hold it, and room for long numbers.
    private byte[] Extras(int largeBytes)
    {
        var seconds = _date.ToUnixTimeSeconds();
        var timeBytes = seconds is >= int.MinValue and <= int.MaxValue ? 9 : 0;
        var extra = new byte[timeBytes + (largeBytes > 0 ? 4 + largeBytes : 0)];
        if (timeBytes > 0)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(extra, ZipRecords.ExtraTime);
            BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(2), 5);
            extra[4] = 1;
            BinaryPrimitives.WriteInt32LittleEndian(extra.AsSpan(5), (int)seconds);
        }

        if (largeBytes > 0)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(timeBytes), ZipRecords.Extra64);
            BinaryPrimitives.WriteUInt16LittleEndian(extra.AsSpan(timeBytes + 2), (ushort)largeBytes);
        }

        return extra;
    }

    /// <summary>Passes bytes on and counts them.</summary>
    private sealed class Counting(Stream inner) : Stream
    {
        public long Total { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Total;

        public override long Position { get => Total; set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Total += buffer.Length;
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        // Stream has these members; it is written forwards, and without blocking a thread.
        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
