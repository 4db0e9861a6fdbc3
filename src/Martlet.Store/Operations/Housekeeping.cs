using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>What one turn of <see cref="ReapEmails"/> did.</summary>
/// <param name="MayBeMore">Another turn at once may find more.</param>
/// <param name="AreLeft">Some must stay until sessions have been told; look again later.</param>
/// <param name="Last">The last one looked at: the next turn goes on behind it.</param>
internal readonly record struct Reaped(bool MayBeMore, bool AreLeft, (AccountId Account, EmailId Email) Last);

/// <summary>Forgets emails that no mailbox has and no session can still ask for, and frees their bytes.</summary>
/// <param name="accounts">Accounts in memory, for their ghosts.</param>
/// <param name="after">Where the last turn ended: those that must stay must not keep the others.</param>
internal sealed class ReapEmails(AccountCache accounts, (AccountId Account, EmailId Email) after) : StoreOperation<Reaped>
{
    private const int EmailsAtOnce = 1000;

    internal override StoreResult<Reaped> Apply(WriteContext context)
    {
        var dead = context.Engine.ReadDeadEmails(after.Account, after.Email, EmailsAtOnce);
        var ghosts = Ghosts(dead);
        var areLeft = false;
        foreach (var email in dead)
        {
            if (ghosts.Contains((email.Account, email.Email)))
            {
                areLeft = true;
                continue;
            }

            context.Batch.DeadEmails.Add(email);
            context.CountSegment(email.Blob, isNew: false);
            if (email.Blob.Kind == BlobKind.Large)
            {
                context.AfterCommit(() => context.Blobs.DeleteLarge(email.Blob));
            }
        }

        return new Reaped(MayBeMore: dead.Count == EmailsAtOnce, areLeft, dead.Count == 0 ? after : (dead[^1].Account, dead[^1].Email));
    }

    // Messages expunged while a session is open that has not been told: it may still ask for their bytes.
    private HashSet<(AccountId, EmailId)> Ghosts(IReadOnlyList<DeadEmailRow> dead)
    {
        var wanted = dead.Select(email => email.Account).ToHashSet();
        var ghosts = new HashSet<(AccountId, EmailId)>();
        foreach (var account in accounts.Loaded.Where(account => !account.IsRemoved && wanted.Contains(account.Id)))
        {
            foreach (var (_, mailbox) in account.Mailboxes)
            {
                mailbox.Index.AddGhostEmails(ghosts);
            }
        }

        return ghosts;
    }
}

/// <summary>How far the walk through a segment that is being emptied has come. Kept by the housekeeper between turns.</summary>
internal sealed class CompactionState
{
    /// <summary>Segment being walked; 0 when none is.</summary>
    public long Segment { get; set; }

    /// <summary>Where the next record starts.</summary>
    public long Offset { get; set; }

    /// <summary>Segments in which a record could not be read: left alone until the next start.</summary>
    public HashSet<long> Unreadable { get; } = [];
}

/// <summary>
/// Gives disk space back: removes segments nobody refers to and moves what lives in mostly dead ones to the segment being written, some records at a time so
/// that the writer is never held up for long.
/// </summary>
/// <returns>Whether there is more to do.</returns>
internal sealed class CompactSegments(CompactionState state) : StoreOperation<bool>
{
    private const int RecordsAtOnce = 256;
    private const int BytesAtOnce = 4 * 1024 * 1024;

    internal override StoreResult<bool> Apply(WriteContext context)
    {
        foreach (var segment in context.Engine.ReadSegments())
        {
            if (segment.Segment == context.Blobs.OpenSegment || state.Unreadable.Contains(segment.Segment))
            {
                continue;
            }

            if (segment.Live * 2 <= segment.Written)
            {
                MoveSome(context, segment);
                return true;
            }
        }

        return false;
    }

    // Records are looked up one by one even where the figures say that none is needed: a wrong figure must not cost mail.
    private void MoveSome(WriteContext context, SegmentState figures)
    {
        var segment = figures.Segment;
        var start = state.Segment == segment ? state.Offset : 0;
        var records = context.Blobs.ReadRecords(segment, start, RecordsAtOnce);
        var offset = start;
        var moved = 0L;
        foreach (var record in records)
        {
            if (moved >= BytesAtOnce)
            {
                break;
            }

            if (IsLive(context, record))
            {
                if (!TryMove(context, record))
                {
                    state.Unreadable.Add(segment);
                    return;
                }

                moved += record.Blob.Length;
            }

            offset = record.Next;
        }

        if (offset == start)
        {
            Close(context, figures);
        }

        // After the commit: what was not moved after all must be looked at again.
        context.AfterCommit(() => (state.Segment, state.Offset) = (segment, offset));
    }

    private void Close(WriteContext context, SegmentState figures)
    {
        if (figures.Live != 0)
        {
            // Somebody still refers to it: a record that cannot be found. Named by the consistency check; nothing is lost by leaving the file.
            state.Unreadable.Add(figures.Segment);
            return;
        }

        context.Batch.RemovedSegments.Add(figures.Segment);
        // Readers that looked up a place before it moved find the file gone and look again.
        context.AfterCommit(() => context.Blobs.DeleteSegment(figures.Segment));
    }

    private static bool IsLive(WriteContext context, in SegmentRecord record)
    {
        var place = default(BlobRef);
        context.Engine.ReadEmails(record.Account, [record.Email], (EmailId _, in BlobRef blob, ReadOnlySpan<byte> _) =>
        {
            place = blob;
            return true;
        });
        return place == record.Blob;
    }

    private static bool TryMove(WriteContext context, in SegmentRecord record)
    {
        var bytes = new byte[record.Blob.Length];
        try
        {
            context.Blobs.Read(record.Blob, record.Account, 0, bytes);
        }
        catch (StoreException)
        {
            return false;
        }

        var blob = context.Blobs.Append(new BlobHeader(record.Account, record.Email, default, default, default), [], bytes);
        context.HasBlobs = true;
        context.CountSegment(record.Blob, isNew: false);
        context.CountSegment(blob, isNew: true);
        context.Batch.MovedBlobs.Add(new(record.Account, record.Email, blob));
        return true;
    }
}
