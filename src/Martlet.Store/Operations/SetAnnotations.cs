using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>
/// Sets and removes annotations of a mailbox or of the account itself, and a mailbox's special use: all or none (RFC 5464 §4.3), one modseq. A use moves here from
/// the mailbox that had it.
/// </summary>
/// <param name="account">Account.</param>
/// <param name="mailbox">Mailbox; null for the annotations of the server as the account sees it.</param>
/// <param name="changes">In order; of one name the last counts.</param>
/// <param name="use">New special use; null leaves it.</param>
internal sealed class SetAnnotations(Account account, Mailbox? mailbox, IReadOnlyList<AnnotationChange> changes, SpecialUse? use) : StoreOperation<ModSeq>
{
    public override long Bytes => changes.Sum(change => (long)(change.Value?.Length ?? 0));

    internal override StoreResult<ModSeq> Apply(WriteContext context)
    {
        if (context.Find(account.Id) is not { } staged)
        {
            return Refusal.NoSuchAccount;
        }

        var target = mailbox?.Account.Id == account.Id ? staged.Find(mailbox) : null;
        if (mailbox is not null && target is null)
        {
            return Refusal.NoSuchMailbox;
        }

        if (use is { } wanted && (target is null || (wanted != SpecialUse.None && target.Info.Name == MailboxPath.Inbox)))
        {
            // INBOX has a use of its own: mail that is filed or thrown away must not end there.
            return Refusal.BadUse;
        }

        var rows = new List<AnnotationRow>(changes.Count);
        var refusal = Change(staged, target?.Mailbox.Id ?? AnnotationTable.Server, context.Limits, rows, out var table);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        var changesUse = use is { } next && target is not null && target.Info.Use != next;
        if (rows.Count == 0 && !changesUse)
        {
            return target?.Info.ModSeq ?? staged.Row.ModSeq;
        }

        var modSeq = staged.NextModSeq();
        context.Batch.Annotations.AddRange(rows);
        staged.SetAnnotations(table);
        target?.Update(target.Info with { ModSeq = modSeq });
        if (changesUse)
        {
            staged.MoveUse(target!, use!.Value, modSeq);
        }

        return modSeq;
    }

    private Refusal Change(StagedAccount staged, MailboxId owner, StoreLimits limits, List<AnnotationRow> rows, out AnnotationTable table)
    {
        var before = table = staged.Annotations;
        var modSeq = new ModSeq(staged.Row.ModSeq.Value + 1);
        foreach (var (name, value) in changes)
        {
            if (!AnnotationName.TryNormalize(name, limits, out var normalized))
            {
                return Refusal.BadName;
            }

            if (value?.Length > limits.AnnotationValueBytesMax)
            {
                return Refusal.ValueTooLarge;
            }

            var changed = table.With(owner, normalized, value is { } bytes ? new Annotation(modSeq, bytes.Length) : null);
            if (!ReferenceEquals(changed, table))
            {
                table = changed;
                rows.Add(new(staged.Id, owner, normalized, modSeq, value));
            }
        }

        // What is over a limit already may still be changed and removed; only growth is refused.
        var isTooMany = Exceeds(table.Of(owner).Count, before.Of(owner).Count, limits.AnnotationsMax)
            || Exceeds(table.Count, before.Count, limits.AnnotationsTotalMax) || Exceeds(table.Bytes, before.Bytes, limits.AnnotationBytesTotalMax);
        return isTooMany ? Refusal.LimitReached : Refusal.None;
    }

    private static bool Exceeds(long after, long before, long most) => after > most && after > before;
}
