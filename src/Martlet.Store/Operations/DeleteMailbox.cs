using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Deletes a mailbox with its messages and annotations. INBOX and mailboxes with children stay; the subscription stays (RFC 9051 §6.3.5).</summary>
/// <param name="mailbox">Mailbox; its index is in use.</param>
internal sealed class DeleteMailbox(Mailbox mailbox) : StoreOperation<Done>
{
    internal override StoreResult<Done> Apply(WriteContext context)
    {
        if (context.Find(mailbox) is not { } staged)
        {
            return Refusal.NoSuchMailbox;
        }

        var name = staged.Info.Name;
        if (name == MailboxPath.Inbox)
        {
            return Refusal.BadName;
        }

        if (staged.Account.Tree.Keys.Any(other => other.StartsWith(name + MailboxPath.Separator, StringComparison.Ordinal)))
        {
            return Refusal.HasChildren;
        }

        var modSeq = staged.Account.NextModSeq();
        foreach (var uid in staged.AllUids())
        {
            if (staged.TryGet(new Uid(uid), out var row))
            {
                staged.Expunge(context, row, modSeq);
            }
        }

        context.Note(new MailboxDeleted(staged.Account.Id, Origin, staged.Named));
        staged.IsDeleted = true;
        staged.Account.SetTree(staged.Account.Tree.Remove(name));
        staged.Account.SetAnnotations(staged.Account.Annotations.Without(staged.Mailbox.Id));
        return default(Done);
    }
}
