using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>One account: its counters, mailboxes, keywords and subscriptions. What is derived is computed anew; the difference is the finding and the repair.</summary>
internal static class AccountCheck
{
    public static void Run(CheckContext context, AccountId id)
    {
        if (context.Engine.LoadAccount(id) is not { } contents)
        {
            return;
        }

        context.Accounts++;
        var where = context.NameOf(id);
        var right = contents.Account with { Bytes = 0, Messages = 0 };
        var isWhole = true;
        var mailboxes = new List<MailboxRow>(contents.Mailboxes.Count);
        var annotated = NewestAnnotations(contents);
        foreach (var mailbox in contents.Mailboxes)
        {
            context.Mailboxes++;
            context.Name(id, mailbox.Id, mailbox.Info.Name);
            var row = mailbox;
            isWhole &= context.TryRead(context.NameOf(id, mailbox.Id), () =>
            {
                (row, var newest) = MailboxCheck.Run(context, contents.Account, contents.Keywords, mailbox, annotated.GetValueOrDefault(mailbox.Id));
                right = right with
                {
                    Bytes = right.Bytes + row.Info.Bytes,
                    Messages = right.Messages + row.Info.Messages,
                    ModSeq = Max(right.ModSeq, newest),
                };
            });
            mailboxes.Add(row);
        }

        if (!isWhole)
        {
            right = right with { Bytes = contents.Account.Bytes, Messages = contents.Account.Messages };
        }

        if ((right.Bytes, right.Messages) != (contents.Account.Bytes, contents.Account.Messages))
        {
            context.Derived(
                StoreInvariant.AccountCounters, where,
                $"counts {contents.Account.Messages} messages and {contents.Account.Bytes} bytes, its mailboxes have {right.Messages} and {right.Bytes}");
        }

        right = CheckAnnotations(context, contents, right);
        right = AccountTree.Check(context, right, mailboxes);
        CheckKeywords(context, id, contents.Keywords);
        CheckSubscriptions(context, id, contents.Subscriptions);
        Repair(context, contents, right, mailboxes);
    }

    private static ModSeq Max(ModSeq left, ModSeq right) => left > right ? left : right;

    private static void CheckKeywords(CheckContext context, AccountId id, KeywordTable keywords)
    {
        foreach (var (set, members) in keywords.Sets)
        {
            var last = -1;
            foreach (var member in members)
            {
                if (member <= last || !keywords.Names.ContainsKey(member))
                {
                    context.Lost(StoreInvariant.Keywords, context.NameOf(id), $"keyword set {set} has a member {member} that does not exist or is out of order");
                    break;
                }

                last = member;
            }
        }
    }

    private static Dictionary<MailboxId, ModSeq> NewestAnnotations(AccountContents contents)
    {
        var newest = new Dictionary<MailboxId, ModSeq>();
        foreach (var (owner, _, annotation) in contents.Annotations)
        {
            newest[owner] = Max(newest.GetValueOrDefault(owner), annotation.ModSeq);
        }

        return newest;
    }

    private static AccountRow CheckAnnotations(CheckContext context, AccountContents contents, AccountRow right)
    {
        foreach (var (owner, name, annotation) in contents.Annotations)
        {
            var where = owner == AnnotationTable.Server ? context.NameOf(right.Id) : context.NameOf(right.Id, owner);
            if (!AnnotationName.TryNormalize(name, context.Limits, out var normalized) || normalized != name)
            {
                context.Lost(StoreInvariant.Annotations, where, $"the annotation {name} has no normalized name");
            }

            if (annotation.ModSeq > contents.Account.ModSeq)
            {
                context.Derived(StoreInvariant.ModSeqs, where, $"the annotation {name} changed at modseq {annotation.ModSeq}, and the account is at {contents.Account.ModSeq}");
                right = right with { ModSeq = Max(right.ModSeq, annotation.ModSeq) };
            }
        }

        return right;
    }

    private static void CheckSubscriptions(CheckContext context, AccountId id, IReadOnlyList<string> subscriptions)
    {
        foreach (var name in subscriptions)
        {
            var isName = MailboxPath.TryNormalize(name, context.Limits, out var normalized);
            if (isName && normalized == name)
            {
                continue;
            }

            context.Derived(StoreInvariant.Subscriptions, context.NameOf(id), $"the subscription {name} is not a normalized name");
            if (context.Repair is { } repair)
            {
                repair.SetSubscribed(id, name, isSubscribed: false);
                repair.Done.Add($"{context.NameOf(id)}: subscription {name} {(isName ? "normalized" : "removed")}");
                if (isName)
                {
                    repair.SetSubscribed(id, normalized, isSubscribed: true);
                }
            }
        }
    }

    private static void Repair(CheckContext context, AccountContents contents, AccountRow right, List<MailboxRow> mailboxes)
    {
        if (context.Repair is not { } repair)
        {
            return;
        }

        if (right != contents.Account)
        {
            repair.Put(right, $"{context.NameOf(right.Id)}: counters set to what its mailboxes have");
        }

        var before = contents.Mailboxes.ToDictionary(mailbox => mailbox.Id);
        foreach (var mailbox in mailboxes)
        {
            if (before.GetValueOrDefault(mailbox.Id) != mailbox)
            {
                repair.Put(mailbox, $"{context.NameOf(right.Id)}, mailbox {mailbox.Info.Name}: {(before.ContainsKey(mailbox.Id) ? "row set right" : "made")}");
            }
        }
    }
}
