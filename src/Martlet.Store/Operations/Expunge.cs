using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Messages taken out for good.</summary>
/// <param name="Uids">Their UIDs, ascending.</param>
/// <param name="ModSeq">Modseq of the expunge; the mailbox's when nothing was taken out.</param>
public sealed record Expunged(IReadOnlyList<Uid> Uids, ModSeq ModSeq);

/// <summary>Takes messages out of a mailbox: one transaction, one modseq, a tombstone each.</summary>
/// <param name="mailbox">Mailbox; its index is in use.</param>
/// <param name="uids">Ascending UIDs.</param>
/// <param name="onlyDeleted">Whether only those with \Deleted go (EXPUNGE); all of them otherwise.</param>
internal sealed class Expunge(Mailbox mailbox, IReadOnlyList<Uid> uids, bool onlyDeleted) : StoreOperation<Expunged>
{
    internal override StoreResult<Expunged> Apply(WriteContext context)
    {
        if (context.Find(mailbox) is not { } staged)
        {
            return Refusal.NoSuchMailbox;
        }

        var gone = new List<Uid>(uids.Count);
        ModSeq? modSeq = null;
        foreach (ref readonly var row in staged.Read(UidList.Numbers(uids, out var ascends), ascends).AsSpan())
        {
            if (!onlyDeleted || (row.Flags & MessageFlags.Deleted) != MessageFlags.None)
            {
                modSeq ??= staged.Account.NextModSeq();
                staged.Expunge(context, row, modSeq.Value);
                gone.Add(row.Uid);
            }
        }

        if (gone.Count > 0)
        {
            context.Note(new MessagesExpunged(staged.Account.Id, Origin, staged.Named, gone));
        }

        return new Expunged(gone, modSeq ?? staged.Info.ModSeq);
    }
}
