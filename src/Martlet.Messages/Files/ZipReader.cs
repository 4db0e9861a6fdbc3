using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;

namespace Martlet.Messages.Files;

/// <summary>
/// Reads zip files by their directory, which is read piece by piece, so that a million entries take no memory. Lengths, checksums and places are checked against
/// each other: entries that share bytes, or unpack to more than they say, are not read.
/// </summary>
public sealed class ZipReader : ArchiveReader
{
    private const int EndSearchBytes = ZipRecords.EndBytes + ushort.MaxValue;

    private readonly Stream _file;
    private readonly long _end;
    private readonly byte[] _central = new byte[ZipRecords.CentralBytes];
    private readonly byte[] _names = new byte[2 * ushort.MaxValue];
    private long _at;
    private long _packedTotal;
    private Stream? _content;
    private long _place;
    private long _packed;
    private long _left;
    private ushort _method;
    private uint _expected;
    private uint _crc;

    private ZipReader(Stream file, long start, long end)
    {
        _file = file;
        _at = start;
        _end = end;
    }

    /// <summary>Whether a file that begins like this is a zip file.</summary>
    public static bool IsZip(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) is ZipRecords.LocalMark or ZipRecords.EndMark;

    /// <summary>Finds the directory.</summary>
    /// <param name="file">The file, which can seek; the caller keeps it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InvalidDataException">It is not a whole zip file.</exception>
    public static async Task<ZipReader> OpenAsync(Stream file, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(file);
        var tail = new byte[Math.Min(EndSearchBytes, file.Length)];
        var tailAt = file.Length - tail.Length;
        file.Position = tailAt;
        await file.ReadExactlyAsync(tail, cancel);
        var end = FindEnd(tail);
        var record = end >= 0 ? tail.AsMemory(end) : throw Broken();
        long size = BinaryPrimitives.ReadUInt32LittleEndian(record.Span[12..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(record.Span[16..]);
        if (end >= ZipRecords.Locator64Bytes && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end - ZipRecords.Locator64Bytes)) == ZipRecords.Locator64Mark)
        {
            var large = new byte[ZipRecords.End64Bytes];
            var place = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(end - ZipRecords.Locator64Bytes + 8));
            file.Position = place >= 0 && place <= file.Length - large.Length ? place : throw Broken();
            await file.ReadExactlyAsync(large, cancel);
            size = BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(40));
            start = BinaryPrimitives.ReadInt64LittleEndian(large.AsSpan(48));
            _ = BinaryPrimitives.ReadUInt32LittleEndian(large) == ZipRecords.End64Mark ? large : throw Broken();
        }

        return size >= 0 && start >= 0 && size <= tailAt + end - start ? new ZipReader(file, start, start + size) : throw Broken();
    }

    /// <inheritdoc/>
    public override async ValueTask<ArchiveEntry?> NextAsync(CancellationToken cancel)
    {
        if (_content is not null)
        {
            await _content.DisposeAsync();
        }

        _content = null;
        _left = 0;
        if (_at >= _end)
        {
            return null;
        }

        await FillAsync(_at, _central, cancel);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(_central.AsSpan(28));
        var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(_central.AsSpan(30));
        var commentLength = BinaryPrimitives.ReadUInt16LittleEndian(_central.AsSpan(32));
        if (BinaryPrimitives.ReadUInt32LittleEndian(_central) != ZipRecords.CentralMark)
        {
            throw Broken();
        }

        await FillAsync(_at + ZipRecords.CentralBytes, _names.AsMemory(0, nameLength + extraLength), cancel);
        _at += ZipRecords.CentralBytes + nameLength + extraLength + commentLength;
        return Entry(_names.AsSpan(0, nameLength), _names.AsSpan(nameLength, extraLength));
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (_left == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        try
        {
            _content ??= await OpenContentAsync(cancel);
            var count = await _content.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancel);
            _crc = Crc32.Append(_crc, buffer.Span[..count]);
            _left -= count;
            if (count == 0 || (_left == 0 && _crc != _expected))
            {
                throw new ArchiveEntryException("it is damaged: length or checksum is not what the archive says");
            }

            return count;
        }
        catch (InvalidDataException e)
        {
            throw new ArchiveEntryException("it is damaged: it cannot be unpacked", e);
        }
    }

    private static InvalidDataException Broken() => new("it is not a whole zip file; was it cut off on its way?");

    private static int FindEnd(ReadOnlySpan<byte> tail)
    {
        for (var at = tail.Length - ZipRecords.EndBytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[at..]) == ZipRecords.EndMark
                && BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) <= tail.Length - at - ZipRecords.EndBytes)
            {
                return at;
            }
        }

        return -1;
    }

    private ArchiveEntry Entry(ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra)
    {
        var record = _central.AsSpan();
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        _method = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var date = ZipRecords.FromDos(BinaryPrimitives.ReadUInt16LittleEndian(record[14..]), BinaryPrimitives.ReadUInt16LittleEndian(record[12..]));
        _expected = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        var large = ZipRecords.Extra(extra, ZipRecords.Extra64);
        var length = Large(BinaryPrimitives.ReadUInt32LittleEndian(record[24..]), ref large);
        _packed = Large(BinaryPrimitives.ReadUInt32LittleEndian(record[20..]), ref large);
        _place = Large(BinaryPrimitives.ReadUInt32LittleEndian(record[42..]), ref large);
        _packedTotal += _packed;
        if (_packed < 0 || length < 0 || _place < 0 || _packed > _file.Length || _packedTotal > _file.Length)
        {
            throw new InvalidDataException("its entries lie over each other.");
        }

        var isUnix = record[5] == 3;
        var type = isUnix ? (BinaryPrimitives.ReadUInt32LittleEndian(record[38..]) >> 28) & 0xF : 0;
        var path = TarHeader.Text(name);
        // Zip programs of old took the separator of their system.
        path = !isUnix && !path.Contains('/', StringComparison.Ordinal) ? path.Replace('\\', '/') : path;
        var isExact = ZipRecords.Extra(extra, ZipRecords.ExtraTime) is [var known, ..] time && (known & 1) != 0 && time.Length >= 5;
        if (isExact)
        {
            date = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt32LittleEndian(ZipRecords.Extra(extra, ZipRecords.ExtraTime)[1..]));
        }

        var problem = path.Length > PathBytesMax ? $"its name is longer than {PathBytesMax} characters"
            : type == 0xA ? "it is a link, and links are not followed"
            : (flags & 1) != 0 ? "it is encrypted"
            : _method is not ZipRecords.Stored and not ZipRecords.Deflated ? string.Create(CultureInfo.InvariantCulture, $"it is packed with method {_method}; only deflate is understood")
            : _method == ZipRecords.Stored && length != _packed ? "it is damaged: its lengths differ"
            : null;
        var kind = type == 0xA ? ArchiveEntryKind.Link : path.EndsWith('/') ? ArchiveEntryKind.Folder : problem is null ? ArchiveEntryKind.File : ArchiveEntryKind.Other;
        _left = kind == ArchiveEntryKind.File ? length : 0;
        _crc = 0;
        return new ArchiveEntry(path.Length > PathBytesMax ? path[..100] : path, kind, length, date) { Problem = problem, IsDateExact = isExact };
    }

    private static long Large(uint small, ref ReadOnlySpan<byte> large)
    {
        if (small != uint.MaxValue || large.Length < 8)
        {
            return small;
        }

        var value = BinaryPrimitives.ReadInt64LittleEndian(large);
        large = large[8..];
        return value;
    }

    private async Task<Stream> OpenContentAsync(CancellationToken cancel)
    {
        var local = new byte[ZipRecords.LocalBytes];
        if (_place <= _file.Length - local.Length)
        {
            await FillAsync(_place, local, cancel);
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(local) != ZipRecords.LocalMark)
        {
            throw new ArchiveEntryException("it is damaged: it is not where the archive says");
        }

        var start = _place + ZipRecords.LocalBytes + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) + BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(28));
        var part = new StreamPart(_file, start, _packed);
        return _method == ZipRecords.Stored ? part : new DeflateStream(part, CompressionMode.Decompress);
    }

    private async ValueTask FillAsync(long at, Memory<byte> buffer, CancellationToken cancel)
    {
        _file.Position = at <= _file.Length - buffer.Length ? at : throw Broken();
        await _file.ReadExactlyAsync(buffer, cancel);
    }
}
