using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Messages that are now in another mailbox.</summary>
/// <param name="UidValidity">UIDVALIDITY of the destination.</param>
/// <param name="From">UIDs in the source.</param>
/// <param name="To">UIDs in the destination, pairwise and ascending.</param>
/// <param name="ModSeq">Modseq of the change.</param>
public sealed record Copied(UidValidity UidValidity, IReadOnlyList<Uid> From, IReadOnlyList<Uid> To, ModSeq ModSeq);

/// <summary>
/// Copies or moves messages into another mailbox of the same account: one transaction, one modseq, no bytes. Messages already gone are skipped
/// (RFC 9051 §6.4.7, RFC 6851 §3.3).
/// </summary>
internal sealed class CopyMessages(Mailbox source, IReadOnlyList<Uid> uids, Mailbox destination, bool isMove) : StoreOperation<Copied>
{
    internal override StoreResult<Copied> Apply(WriteContext context)
    {
        if (context.Find(source) is not { } from || context.Find(destination) is not { } to || from.Account != to.Account)
        {
            return Refusal.NoSuchMailbox;
        }

        var rows = new List<MessageRow>(uids.Count);
        var bytes = 0L;
        foreach (var uid in UidList.Distinct(uids))
        {
            if (from.TryGet(uid, out var row))
            {
                rows.Add(row);
                bytes += row.Size;
            }
        }

        if (!to.HasUids(rows.Count))
        {
            return Refusal.LimitReached;
        }

        if (!isMove && !context.QuotaOf(to.Account).HasRoom(to.Account.Row, bytes, rows.Count))
        {
            return Refusal.OverQuota;
        }

        if (rows.Count == 0)
        {
            return new Copied(to.Info.UidValidity, [], [], to.Info.ModSeq);
        }

        var modSeq = to.Account.NextModSeq();
        var saved = (uint)context.Now.ToUnixTimeSeconds();
        var old = new Uid[rows.Count];
        var fresh = new Uid[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i];
            old[i] = row.Uid;
            fresh[i] = to.Add(context, row.Email, modSeq, row.Flags, row.Keywords, row.Size, row.Received, saved).Uid;
            if (isMove)
            {
                from.Expunge(context, row, modSeq, keepsEmail: true);
            }
            else
            {
                context.Batch.References.Add(new(to.Account.Id, row.Email, +1));
            }
        }

        context.Note(new MessagesCopied(to.Account.Id, Origin, from.Named, to.Named, old, fresh, isMove));
        return new Copied(to.Info.UidValidity, old, fresh, modSeq);
    }
}
