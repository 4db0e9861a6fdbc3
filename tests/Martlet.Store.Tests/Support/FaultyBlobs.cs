using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Tests.Support;

/// <summary>A blob store that fails where it is told to.</summary>
internal sealed class FaultyBlobs(IBlobStore inner, Faults faults) : IBlobStore
{
    public long OpenSegment => inner.OpenSegment;

    public BlobRef Append(in BlobHeader header, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body)
    {
        faults.Hit(FaultPoint.Append);
        return inner.Append(header, prefix, body);
    }

    public void Flush()
    {
        faults.Hit(FaultPoint.BeforeFlush);
        inner.Flush();
        faults.Hit(FaultPoint.AfterFlush);
    }

    public void Recover(IReadOnlyList<SegmentState> segments, Func<long, bool> hasEmails)
    {
        faults.Hit(FaultPoint.BlobRecover);
        inner.Recover(segments, hasEmails);
    }

    public void Committed()
    {
        faults.Hit(FaultPoint.Committed);
        inner.Committed();
    }

    public ILargeBlob CreateLarge() => inner.CreateLarge();

    public BlobRef StoreLarge(in BlobHeader header, ReadOnlySpan<byte> prefix, ILargeBlob body, bool isLastUse)
    {
        faults.Hit(FaultPoint.StoreLarge);
        return inner.StoreLarge(header, prefix, body, isLastUse);
    }

    public int Read(in BlobRef blob, AccountId account, long offset, Span<byte> buffer) => inner.Read(blob, account, offset, buffer);

    public string? Verify(in BlobRef blob, AccountId account, EmailId email) => inner.Verify(blob, account, email);

    public long RecordBytes(long length) => inner.RecordBytes(length);

    public void DeleteLarge(in BlobRef blob)
    {
        faults.Hit(FaultPoint.DeleteLarge);
        inner.DeleteLarge(blob);
    }

    public void DeleteSegment(long segment)
    {
        faults.Hit(FaultPoint.DeleteSegment);
        inner.DeleteSegment(segment);
    }

    public IReadOnlyList<SegmentRecord> ReadRecords(long segment, long offset, int limit) => inner.ReadRecords(segment, offset, limit);

    public IReadOnlyList<long> LargeFiles() => inner.LargeFiles();

    public IReadOnlyList<(long Segment, long Length)> SegmentFiles() => inner.SegmentFiles();

    public void Dispose() => inner.Dispose();
}
