using Martlet.Store.Model;

namespace Martlet.Store.Engine;

/// <summary>What stands before the bytes of a message in a segment, so that a lost database can be rebuilt from the segments.</summary>
public readonly record struct BlobHeader(AccountId Account, EmailId Email, MailboxId Mailbox, InternalDate Received, MessageFlags Flags);

/// <summary>The only way to message bytes.</summary>
/// <remarks>Members marked "writer" are called by the one writer thread; the others from any thread.</remarks>
public interface IBlobStore : IDisposable
{
    /// <summary>Writer. Adds a record; it is durable after <see cref="Flush"/>.</summary>
    /// <param name="header">Header of the record.</param>
    /// <param name="prefix">First bytes of the message: trace header fields.</param>
    /// <param name="body">The rest of it.</param>
    BlobRef Append(in BlobHeader header, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> body);

    /// <summary>Writer. Makes everything appended durable.</summary>
    void Flush();

    /// <summary>Writer. Forgets what was appended and not committed, and makes the store usable again.</summary>
    /// <param name="segments">What the engine says is committed.</param>
    /// <param name="hasEmails">Whether an email is in a segment; asked before a file that <paramref name="segments"/> does not name is removed.</param>
    void Recover(IReadOnlyList<SegmentState> segments, Func<long, bool> hasEmails);

    /// <summary>Writer. The commit that refers to what was appended succeeded.</summary>
    void Committed();

    /// <summary>Creates a file for a message that outgrew memory.</summary>
    ILargeBlob CreateLarge();

    /// <summary>Writes a large message, bytes and name, durably. Any thread: large messages must not hold up the writer.</summary>
    /// <param name="header">Header of the record.</param>
    /// <param name="prefix">First bytes of the message.</param>
    /// <param name="body">The rest; its file is copied, or renamed when this is the last use and there is no prefix.</param>
    /// <param name="isLastUse">Whether <paramref name="body"/> may be used up.</param>
    BlobRef StoreLarge(in BlobHeader header, ReadOnlySpan<byte> prefix, ILargeBlob body, bool isLastUse);

    /// <summary>Reads bytes of a message.</summary>
    /// <param name="blob">Where.</param>
    /// <param name="account">Whose message it must be: the last guard against giving one user's bytes to another.</param>
    /// <param name="offset">From which byte of the message.</param>
    /// <param name="buffer">Filled as far as the message goes.</param>
    /// <returns>Bytes read; fewer than asked for only at the message's end.</returns>
    /// <exception cref="StoreException">Corrupt: the record is not there or not this one. When the whole record is read, its checksum is verified.</exception>
    int Read(in BlobRef blob, AccountId account, long offset, Span<byte> buffer);

    /// <summary>Checks a record's header and checksum against the disk.</summary>
    /// <returns>What is wrong, or null.</returns>
    string? Verify(in BlobRef blob, AccountId account, EmailId email);

    /// <summary>Bytes a message of this length takes in a segment, for the segment's figures.</summary>
    long RecordBytes(long length);

    /// <summary>Removes a large message's file. Missing is fine.</summary>
    /// <exception cref="StoreException">It cannot be removed.</exception>
    void DeleteLarge(in BlobRef blob);

    /// <summary>Removes a segment nobody refers to.</summary>
    /// <exception cref="StoreException">It cannot be removed.</exception>
    void DeleteSegment(long segment);

    /// <summary>Number of the segment being written.</summary>
    long OpenSegment { get; }

    /// <summary>Records of a segment from an offset on, by place.</summary>
    /// <param name="segment">Segment.</param>
    /// <param name="offset">Where a record starts: 0, or <see cref="SegmentRecord.Next"/> of the last one.</param>
    /// <param name="limit">Records at most.</param>
    /// <returns>Fewer than <paramref name="limit"/> only at the end, or before bytes that are no record.</returns>
    IReadOnlyList<SegmentRecord> ReadRecords(long segment, long offset, int limit);

    /// <summary>Numbers of all large files, for the consistency check.</summary>
    IReadOnlyList<long> LargeFiles();

    /// <summary>Numbers and file lengths of all segments, for the consistency check.</summary>
    IReadOnlyList<(long Segment, long Length)> SegmentFiles();
}

/// <summary>A record found in a segment.</summary>
/// <param name="Blob">Its place.</param>
/// <param name="Account">Account it was written for.</param>
/// <param name="Email">Email it was written for.</param>
/// <param name="Next">Where the next record starts.</param>
public readonly record struct SegmentRecord(BlobRef Blob, AccountId Account, EmailId Email, long Next);

/// <summary>Message bytes in a file that has no name in the store yet.</summary>
public interface ILargeBlob : IDisposable
{
    /// <summary>Bytes written.</summary>
    long Length { get; }

    /// <summary>Appends bytes.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Reads back what was written.</summary>
    int Read(long offset, Span<byte> buffer);
}
