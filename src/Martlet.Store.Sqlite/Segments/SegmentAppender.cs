using System.IO.Hashing;
using Martlet.Store.Engine;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Store.Sqlite.Segments;

/// <summary>The writing end of the segments: gathers a group's records in memory, writes and flushes them with one call each. Writer thread only.</summary>
internal sealed class SegmentAppender : IDisposable
{
    private const long SegmentBytesMax = 256L * 1024 * 1024;
    private const int BufferKept = 16 * 1024 * 1024;

    private readonly SegmentFiles _files;
    private SafeFileHandle? _file;
    private byte[] _pending = new byte[256 * 1024];
    private int _pendingLength;
    private long _end;                  // Where the next pending byte goes, less _pendingLength: bytes handed to the system.
    private bool _isFolderFlushed = true;

    public SegmentAppender(SegmentFiles files, IReadOnlyList<SegmentState> segments, Func<long, bool> hasEmails)
    {
        _files = files;
        Recover(segments, hasEmails);
    }

    /// <summary>Number of the segment being written.</summary>
    public long Segment { get; private set; }

    public BlobRef Append(in BlobHeader header, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        var length = prefix.Length + body.Length;
        if (_end + _pendingLength > 0 && _end + _pendingLength + RecordHeader.Size + length > SegmentBytesMax)
        {
            Roll();
        }

        Ensure(RecordHeader.Size + length);
        var offset = _end + _pendingLength;
        var record = _pending.AsSpan(_pendingLength, RecordHeader.Size + length);
        prefix.CopyTo(record[RecordHeader.Size..]);
        body.CopyTo(record[(RecordHeader.Size + prefix.Length)..]);
        var hash = new XxHash3();
        hash.Append(record[RecordHeader.Size..]);
        RecordHeader.Write(record, length, header, hash);
        _pendingLength += record.Length;
        return new BlobRef(BlobKind.Segment, Segment, offset, length);
    }

    /// <summary>Makes what was appended durable.</summary>
    public void Flush()
    {
        try
        {
            if (_pendingLength > 0)
            {
                RandomAccess.Write(_file!, _pending.AsSpan(0, _pendingLength), _end);
                _end += _pendingLength;
                _pendingLength = 0;
                Posix.FlushData(_file!);
            }

            if (!_isFolderFlushed)
            {
                Posix.FlushDirectory(_files.Folder);
                _isFolderFlushed = true;
            }

            if (_pending.Length > BufferKept)
            {
                _pending = new byte[256 * 1024];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw IoFailure.From(e, $"Writing segment {Segment}");
        }
    }

    /// <summary>The rows that refer to what was flushed are committed.</summary>
    public void Committed()
    {
        Check(_pendingLength == 0, "Commits follow flushes.");
    }

    /// <summary>
    /// Goes back to the committed end: files that are not in the database are removed, the tail of the last one is cut off. What stands there was never
    /// acknowledged, or it has been moved elsewhere.
    /// </summary>
    public void Recover(IReadOnlyList<SegmentState> segments, Func<long, bool> hasEmails)
    {
        try
        {
            _file?.Dispose();
            _file = null;
            _pendingLength = 0;
            var last = segments.Count == 0 ? new SegmentState(1, 0, 0) : segments[^1];
            foreach (var (segment, _) in _files.List())
            {
                if (segments.Any(known => known.Segment == segment))
                {
                    continue;
                }

                if (!hasEmails(segment))
                {
                    _files.Delete(segment);
                }
                else if (segment >= last.Segment)
                {
                    // The database has lost its row and still needs the file: leave it to repair and write behind it.
                    last = new SegmentState(segment + 1, 0, 0);
                }
            }

            Open(last.Segment);
            _end = last.Written;
            var length = RandomAccess.GetLength(_file!);
            if (length > _end)
            {
                RandomAccess.SetLength(_file!, _end);
            }
            else if (length < _end)
            {
                // Bytes are missing that were flushed: the disk lost them. Their messages are named when read and by the check; new ones go to a new segment.
                Roll();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw IoFailure.From(e, "Opening segments");
        }
    }

    public void Dispose() => _file?.Dispose();

    private static void Check(bool claim, string because)
    {
        if (!claim)
        {
            throw new InvalidOperationException($"Broken invariant: {because}");
        }
    }

    private void Roll()
    {
        Flush();
        _file?.Dispose();
        Open(Segment + 1);
        _end = 0;
    }

    private void Open(long segment)
    {
        var path = _files.PathOf(segment);
        _isFolderFlushed &= File.Exists(path);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Segment = segment;
    }

    private void Ensure(int more)
    {
        if (_pending.Length - _pendingLength < more)
        {
            Array.Resize(ref _pending, Math.Max(_pending.Length * 2, _pendingLength + more));
        }
    }
}
