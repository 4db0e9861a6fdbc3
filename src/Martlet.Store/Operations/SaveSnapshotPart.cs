using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Stores one part of a mailbox's snapshot; with the last one it becomes valid.</summary>
/// <returns>Whether the next part is wanted: not when flags have changed meanwhile, which makes the snapshot useless before it is complete.</returns>
internal sealed class SaveSnapshotPart(Mailbox mailbox, StoredSnapshot snapshot, int part) : StoreOperation<bool>
{
    public override long Bytes => snapshot.Parts[part].Length;

    internal override StoreResult<bool> Apply(WriteContext context)
    {
        if (context.Find(mailbox) is not { } staged)
        {
            return Refusal.NoSuchMailbox;
        }

        var (account, id, modSeq) = (mailbox.Account.Id, mailbox.Id, snapshot.ModSeq);
        if (staged.Info.FlagsModSeq > modSeq)
        {
            context.Batch.Snapshots.Add(new SnapshotRow(account, id, modSeq, snapshot.UidNext, Parts: 0));
            return false;
        }

        var isLast = part == snapshot.Parts.Count - 1;
        context.Batch.SnapshotParts.Add(new SnapshotPartRow(account, id, modSeq, part, snapshot.Parts[part]));
        if (isLast)
        {
            context.Batch.Snapshots.Add(new SnapshotRow(account, id, modSeq, snapshot.UidNext, snapshot.Parts.Count));
        }

        return !isLast;
    }
}
