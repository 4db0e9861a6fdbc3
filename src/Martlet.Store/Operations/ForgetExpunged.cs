using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>
/// Forgets the oldest expunges of a mailbox that remembers too many (RFC 7162 §3.2.7). Tombstones go and the floor rises in one transaction. What one modseq
/// expunged goes together, so a turn may take as long as that expunge did.
/// </summary>
/// <returns>Whether there is more to do.</returns>
internal sealed class ForgetExpunged(Mailbox mailbox) : StoreOperation<bool>
{
    private const int TombstonesAtOnce = 10_000;

    internal override StoreResult<bool> Apply(WriteContext context)
    {
        var most = context.Limits.TombstonesPerMailboxMax;
        // A neighbour in the batch may be doing the same: the engine would count what it forgets once more.
        if (context.Find(mailbox) is not { } staged || staged.Info.Tombstones <= most || staged.Info.ForgottenModSeq != mailbox.Info.ForgottenModSeq)
        {
            return false;
        }

        // An eighth more than needed, so that a mailbox at its limit does not come here after each expunge. What this batch has staged is not in the engine
        // yet and is newer than everything there.
        var wanted = Math.Min(TombstonesAtOnce, staged.Info.Tombstones - most + (most / 8));
        var oldest = context.Engine.ReadOldTombstones(mailbox.Account.Id, mailbox.Id, Math.Min(wanted, mailbox.Info.Tombstones));
        if (oldest.Count == 0)
        {
            return false;
        }

        staged.Forget(context, oldest.UpTo, oldest.Count);
        return staged.Info.Tombstones > most;
    }
}
