using System.Collections.Immutable;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>
/// Renames a mailbox and those below it; makes the missing ones above the new name. Renaming INBOX moves its messages into a new mailbox and leaves INBOX empty
/// with its children (RFC 9051 §6.3.6), and both have its annotations then (RFC 5464 §4.1). UIDVALIDITY stays: it is unique in the account, so a name used again cannot be mistaken.
/// </summary>
/// <param name="mailbox">Mailbox; the index of INBOX is in use.</param>
/// <param name="newName">Name it shall have.</param>
internal sealed class RenameMailbox(Mailbox mailbox, string newName) : StoreOperation<Mailbox>
{
    internal override StoreResult<Mailbox> Apply(WriteContext context)
    {
        if (context.Find(mailbox) is not { } staged)
        {
            return Refusal.NoSuchMailbox;
        }

        var account = staged.Account;
        var oldPath = staged.Info.Name;
        if (!MailboxPath.TryNormalize(newName, context.Limits, out var newPath) || newPath.StartsWith(oldPath + MailboxPath.Separator, StringComparison.Ordinal))
        {
            // Below itself is no place.
            return Refusal.BadName;
        }

        if (account.Tree.ContainsKey(newPath))
        {
            return Refusal.MailboxExists;
        }

        return oldPath == MailboxPath.Inbox ? MoveInbox(context, staged, newPath) : Rename(context, staged, oldPath, newPath);
    }

    private StoreResult<Mailbox> Rename(WriteContext context, StagedMailbox staged, string oldPath, string newPath)
    {
        var account = staged.Account;
        var below = account.Tree.Where(entry => entry.Key.StartsWith(oldPath + MailboxPath.Separator, StringComparison.Ordinal)).ToArray();
        foreach (var (name, _) in below)
        {
            // Longer names than allowed must not come in through the back door; nor may two mailboxes get one name.
            var moved = newPath + name[oldPath.Length..];
            if (!MailboxPath.TryNormalize(moved, context.Limits, out var normalized) || normalized != moved)
            {
                return Refusal.BadName;
            }

            if (account.Tree.ContainsKey(moved))
            {
                return Refusal.MailboxExists;
            }
        }

        var missing = CreateMailbox.MissingParents(account, newPath);
        if (account.Tree.Count + missing.Count > context.Limits.MailboxesMax)
        {
            return Refusal.LimitReached;
        }

        var modSeq = account.NextModSeq();
        CreateMailbox.CreateAll(context, account, missing, modSeq);
        Rename(context, account, staged.Mailbox, oldPath, newPath, modSeq);
        foreach (var (name, child) in below)
        {
            Rename(context, account, child, name, newPath + name[oldPath.Length..], modSeq);
        }

        return staged.Mailbox;
    }

    private void Rename(WriteContext context, StagedAccount account, Mailbox mailbox, string oldPath, string newPath, ModSeq modSeq)
    {
        var staged = account.Find(mailbox)!;
        context.Note(new MailboxRenamed(account.Id, Origin, staged.Named, newPath));
        staged.Update(staged.Info with { Name = newPath, ModSeq = modSeq });
        account.SetTree(account.Tree.Remove(oldPath).Add(newPath, mailbox));
    }

    private StoreResult<Mailbox> MoveInbox(WriteContext context, StagedMailbox inbox, string newPath)
    {
        var account = inbox.Account;
        var missing = CreateMailbox.MissingParents(account, newPath);
        var annotations = account.Annotations.Of(inbox.Mailbox.Id);
        if (account.Tree.Count + missing.Count + 1 > context.Limits.MailboxesMax || (annotations.Count > 0 && !HasRoom(account.Annotations, annotations, context.Limits)))
        {
            return Refusal.LimitReached;
        }

        var modSeq = account.NextModSeq();
        CreateMailbox.CreateAll(context, account, missing, modSeq);
        var target = account.Create(newPath, SpecialUse.None, modSeq);
        account.SetSubscribed(context, newPath, isSubscribed: true);
        var saved = (uint)context.Now.ToUnixTimeSeconds();
        var (old, fresh) = (new List<Uid>(), new List<Uid>());
        foreach (var uid in inbox.AllUids())
        {
            if (inbox.TryGet(new Uid(uid), out var row))
            {
                fresh.Add(target.Add(context, row.Email, modSeq, row.Flags, row.Keywords, row.Size, row.Received, saved).Uid);
                old.Add(row.Uid);
                inbox.Expunge(context, row, modSeq, keepsEmail: true);
            }
        }

        if (old.Count > 0)
        {
            context.Note(new MessagesCopied(account.Id, Origin, inbox.Named, target.Named, old, fresh, IsMove: true));
        }

        CopyAnnotations(context, inbox, target, modSeq);
        return target.Mailbox;
    }

    private static bool HasRoom(AnnotationTable table, ImmutableSortedDictionary<string, Annotation> copied, StoreLimits limits) =>
        table.Count + copied.Count <= limits.AnnotationsTotalMax
        && table.Bytes + copied.Sum(entry => (long)entry.Key.Length + entry.Value.Bytes) <= limits.AnnotationBytesTotalMax;

    private static void CopyAnnotations(WriteContext context, StagedMailbox inbox, StagedMailbox target, ModSeq modSeq)
    {
        var account = inbox.Account;
        foreach (var (name, annotation) in account.Annotations.Of(inbox.Mailbox.Id))
        {
            account.SetAnnotations(account.Annotations.With(target.Mailbox.Id, name, annotation with { ModSeq = modSeq }));
            context.Batch.Annotations.Add(new(account.Id, target.Mailbox.Id, name, modSeq, context.ReadAnnotation(account.Id, inbox.Mailbox.Id, name)));
        }
    }
}
