using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Makes a mailbox, subscribed, and the missing ones above it. A special use moves here from the mailbox that had it.</summary>
internal sealed class CreateMailbox(Account account, string name, SpecialUse use) : StoreOperation<Mailbox>
{
    internal override StoreResult<Mailbox> Apply(WriteContext context)
    {
        if (context.Find(account.Id) is not { } staged)
        {
            return Refusal.NoSuchAccount;
        }

        if (!MailboxPath.TryNormalize(name, context.Limits, out var path))
        {
            return Refusal.BadName;
        }

        if (staged.Tree.ContainsKey(path))
        {
            return Refusal.MailboxExists;
        }

        var missing = MissingParents(staged, path);
        if (staged.Tree.Count + missing.Count + 1 > context.Limits.MailboxesMax)
        {
            return Refusal.LimitReached;
        }

        var modSeq = staged.NextModSeq();
        CreateAll(context, staged, missing, modSeq);
        staged.TakeUse(use, modSeq);
        var created = staged.Create(path, use, modSeq);
        staged.SetSubscribed(context, path, isSubscribed: true);
        return created.Mailbox;
    }

    /// <summary>Names above <paramref name="path"/> that do not exist, topmost first.</summary>
    internal static List<string> MissingParents(StagedAccount account, string path)
    {
        var missing = new List<string>();
        for (var parent = MailboxPath.Parent(path); parent is not null && !account.Tree.ContainsKey(parent); parent = MailboxPath.Parent(parent))
        {
            missing.Insert(0, parent);
        }

        return missing;
    }

    internal static void CreateAll(WriteContext context, StagedAccount account, List<string> names, ModSeq modSeq)
    {
        foreach (var name in names)
        {
            account.Create(name, SpecialUse.None, modSeq);
            account.SetSubscribed(context, name, isSubscribed: true);
        }
    }
}
