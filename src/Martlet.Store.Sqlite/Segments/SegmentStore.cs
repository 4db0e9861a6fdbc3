using System.Globalization;
using System.IO.Hashing;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Sqlite.Segments;

/// <summary>
/// Message bytes in append-only files of 256 MB, larger messages in files of their own. Records are written by the writer thread with one flush for a group;
/// the database's row for the segment says how far it is committed, and whatever stands behind that was never acknowledged.
/// </summary>
internal sealed class SegmentStore : IBlobStore
{
    private readonly SegmentAppender? _appender;
    private readonly LargeFiles _large;
    private readonly SegmentFiles _files;

    /// <summary>Opens the files of a store and cuts off what was never committed.</summary>
    /// <param name="folder">The store's folder.</param>
    /// <param name="segments">Committed ends, from the database.</param>
    /// <param name="hasEmails">Whether an email is in a segment.</param>
    /// <param name="largeFiles">Large files that emails refer to.</param>
    public SegmentStore(string folder, IReadOnlyList<SegmentState> segments, Func<long, bool> hasEmails, IReadOnlyList<long> largeFiles)
    {
        _files = new SegmentFiles(Path.Combine(folder, "seg"));
        _large = new LargeFiles(Path.Combine(folder, "large"), largeFiles);
        _appender = new SegmentAppender(_files, segments, hasEmails);
    }

    /// <summary>Opens the files of a stopped store as they are, to look at them: nothing is cut off or removed, and nothing can be written.</summary>
    public SegmentStore(string folder)
    {
        _files = new SegmentFiles(Path.Combine(folder, "seg"));
        _large = new LargeFiles(Path.Combine(folder, "large"));
    }

    public long OpenSegment => Appender.Segment;

    private SegmentAppender Appender => _appender ?? throw new InvalidOperationException("The store was opened to look at it only.");

    public BlobRef Append(in BlobHeader header, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body) => Appender.Append(header, prefix, body);

    public void Flush() => Appender.Flush();

    public void Recover(IReadOnlyList<SegmentState> segments, Func<long, bool> hasEmails) => Appender.Recover(segments, hasEmails);

    public void Committed() => Appender.Committed();

    public ILargeBlob CreateLarge() => _large.Create();

    public BlobRef StoreLarge(in BlobHeader header, ReadOnlySpan<byte> prefix, ILargeBlob body, bool isLastUse) =>
        _large.Store(header, prefix, (LargeBlob)body, isLastUse);

    public int Read(in BlobRef blob, AccountId account, long offset, Span<byte> buffer)
    {
        if (offset >= blob.Length || buffer.Length == 0)
        {
            return 0;
        }

        try
        {
            using var file = Open(blob);
            Span<byte> header = stackalloc byte[RecordHeader.Size];
            if (RandomAccess.Read(file.Handle, header, blob.Offset) != header.Length || !RecordHeader.TryRead(header, out var record) || record.Length != blob.Length)
            {
                throw Corrupt(blob, "there is no such record");
            }

            if (record.Blob.Account != account)
            {
                throw Corrupt(blob, "the record is another account's");
            }

            var wanted = (int)Math.Min(buffer.Length, blob.Length - offset);
            ReadFully(file.Handle, buffer[..wanted], blob, blob.Offset + RecordHeader.Size + offset);
            if (wanted == blob.Length)
            {
                var hash = new XxHash3();
                hash.Append(buffer[..wanted]);
                if (!RecordHeader.IsIntact(header, hash))
                {
                    throw Corrupt(blob, "the checksum is wrong");
                }
            }

            return wanted;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Corrupt(blob, "the file is missing");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw IoFailure.From(e, $"Reading {Name(blob)}");
        }
    }

    public string? Verify(in BlobRef blob, AccountId account, EmailId email)
    {
        try
        {
            using var file = Open(blob);
            Span<byte> header = stackalloc byte[RecordHeader.Size];
            if (RandomAccess.Read(file.Handle, header, blob.Offset) != header.Length || !RecordHeader.TryRead(header, out var record))
            {
                return $"{Name(blob)}: no record";
            }

            if (record.Length != blob.Length || record.Blob.Account != account || (blob.Kind == BlobKind.Segment && record.Blob.Email != email))
            {
                return $"{Name(blob)}: the record is another message's";
            }

            var hash = new XxHash3();
            var buffer = new byte[64 * 1024];
            for (long at = 0; at < blob.Length;)
            {
                var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, blob.Length - at));
                ReadFully(file.Handle, part, blob, blob.Offset + RecordHeader.Size + at);
                hash.Append(part);
                at += part.Length;
            }

            return RecordHeader.IsIntact(header, hash) ? null : $"{Name(blob)}: wrong checksum";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            return $"{Name(blob)}: {e.Message}";
        }
    }

    public long RecordBytes(long length) => RecordHeader.Size + length;

    public void DeleteLarge(in BlobRef blob) => _large.Delete(blob.File);

    public void DeleteSegment(long segment) => _files.Delete(segment);

    public IReadOnlyList<SegmentRecord> ReadRecords(long segment, long offset, int limit)
    {
        var records = new List<SegmentRecord>();
        using var file = _files.Open(segment);
        var length = RandomAccess.GetLength(file.Handle);
        Span<byte> header = stackalloc byte[RecordHeader.Size];
        while (records.Count < limit && RandomAccess.Read(file.Handle, header, offset) == header.Length && RecordHeader.TryRead(header, out var record)
            && record.Length <= length - offset - RecordHeader.Size)
        {
            var next = offset + RecordHeader.Size + record.Length;
            records.Add(new SegmentRecord(new BlobRef(BlobKind.Segment, segment, offset, record.Length), record.Blob.Account, record.Blob.Email, next));
            offset = next;
        }

        return records;
    }

    IReadOnlyList<long> IBlobStore.LargeFiles() => _large.List();

    IReadOnlyList<(long Segment, long Length)> IBlobStore.SegmentFiles() => _files.List();

    public void Dispose()
    {
        _appender?.Dispose();
        _files.Dispose();
    }

    private static string Name(in BlobRef blob) => blob.Kind == BlobKind.Segment
        ? string.Create(CultureInfo.InvariantCulture, $"segment {blob.File} at {blob.Offset}")
        : string.Create(CultureInfo.InvariantCulture, $"large message {blob.File}");

    private static StoreException Corrupt(in BlobRef blob, string what) => new(StoreFailure.Corrupt, $"{Name(blob)}: {what}.");

    private static void ReadFully(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> buffer, in BlobRef blob, long at)
    {
        while (buffer.Length > 0)
        {
            var count = RandomAccess.Read(file, buffer, at);
            if (count == 0)
            {
                throw Corrupt(blob, "the file ends before the message");
            }

            buffer = buffer[count..];
            at += count;
        }
    }

    private OpenedFile Open(in BlobRef blob) => blob.Kind == BlobKind.Segment ? _files.Open(blob.File) : _large.Open(blob.File);
}
