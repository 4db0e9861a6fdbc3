using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>What one turn of <see cref="ReapEmails"/> did.</summary>
/// <param name="MayBeMore">Another turn at once may find more.</param>
/// <param name="AreLeft">Some must stay until sessions have been told; look again later.</param>
internal readonly record struct Reaped(bool MayBeMore, bool AreLeft);

/// <summary>Forgets emails that no mailbox has and no session can still ask for, and frees their bytes.</summary>
internal sealed class ReapEmails(AccountCache accounts) : StoreOperation<Reaped>
{
    private const int EmailsAtOnce = 1000;

    protected override StoreResult<Reaped> Apply(WriteContext context)
    {
        var dead = context.Engine.ReadDeadEmails(EmailsAtOnce);
        // Ghosts are few and short-lived: messages expunged while a session that has not been told is open.
        var ghosts = accounts.Loaded.Where(account => !account.IsRemoved).ToDictionary(account => account.Id);
        var reaped = 0;
        foreach (var email in dead)
        {
            if (ghosts.TryGetValue(email.Account, out var account) && account.Mailboxes.Values.Any(mailbox => mailbox.Index.HasGhost(email.Email)))
            {
                continue;
            }

            reaped++;
            context.Batch.DeadEmails.Add(email);
            context.CountSegment(email.Blob, isNew: false);
            if (email.Blob.Kind == BlobKind.Large)
            {
                context.AfterCommit(() => context.Blobs.DeleteLarge(email.Blob));
            }
        }

        return new Reaped(MayBeMore: reaped == EmailsAtOnce, AreLeft: reaped < dead.Count);
    }
}

/// <summary>
/// Gives disk space back: removes segments nobody refers to and moves what lives in mostly dead ones to the segment being written, some records at a time so
/// that the writer is never held up for long.
/// </summary>
/// <param name="unreadable">Segments in which a record could not be read: left alone until the next start.</param>
/// <returns>Whether there is more to do.</returns>
internal sealed class CompactSegments(HashSet<long> unreadable) : StoreOperation<bool>
{
    private const int RecordsAtOnce = 256;
    private const int BytesAtOnce = 4 * 1024 * 1024;

    protected override StoreResult<bool> Apply(WriteContext context)
    {
        foreach (var segment in context.Engine.ReadSegments())
        {
            if (segment.Segment == context.Blobs.OpenSegment || segment.Live * 2 > segment.Written || unreadable.Contains(segment.Segment))
            {
                continue;
            }

            var emails = context.Engine.ReadEmailsInSegment(segment.Segment, 0, RecordsAtOnce);
            if (emails.Count == 0)
            {
                context.Batch.RemovedSegments.Add(segment.Segment);
                // Readers that looked up a place before it moved find the file gone and look again.
                context.AfterCommit(() => context.Blobs.DeleteSegment(segment.Segment));
                return true;
            }

            if (!TryMove(context, emails))
            {
                // Named in the log by the reader; the others in it can still be read, so nothing is lost by leaving the file.
                unreadable.Add(segment.Segment);
            }

            return true;
        }

        return false;
    }

    private static bool TryMove(WriteContext context, IReadOnlyList<DeadEmailRow> emails)
    {
        var moved = 0L;
        foreach (var email in emails)
        {
            if (moved >= BytesAtOnce)
            {
                return true;
            }

            var bytes = new byte[email.Blob.Length];
            try
            {
                context.Blobs.Read(email.Blob, 0, bytes);
            }
            catch (StoreException)
            {
                return false;
            }

            var blob = context.Blobs.Append(new BlobHeader(email.Account, email.Email, default, default, default), [], bytes);
            context.HasBlobs = true;
            context.CountSegment(email.Blob, isNew: false);
            context.CountSegment(blob, isNew: true);
            context.Batch.MovedBlobs.Add(new(email.Account, email.Email, blob));
            moved += bytes.Length;
        }

        return true;
    }
}
