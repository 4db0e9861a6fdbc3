using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>The mailboxes of an account among each other: names, numbers, uses.</summary>
internal static class AccountTree
{
    /// <summary>Checks, and makes <paramref name="mailboxes"/> what they should be.</summary>
    /// <returns>The account's row as it should be.</returns>
    public static AccountRow Check(CheckContext context, AccountRow account, List<MailboxRow> mailboxes)
    {
        account = CheckNumbers(context, account, mailboxes);
        CheckUses(context, account.Id, mailboxes);
        return CheckNames(context, account, mailboxes);
    }

    private static AccountRow CheckNumbers(CheckContext context, AccountRow account, List<MailboxRow> mailboxes)
    {
        var where = context.NameOf(account.Id);
        foreach (var mailbox in mailboxes)
        {
            if (mailbox.Id >= account.NextMailbox)
            {
                context.Derived(StoreInvariant.MailboxNumbers, context.NameOf(account.Id, mailbox.Id), $"has number {mailbox.Id}, and the next one is {account.NextMailbox}");
                account = account with { NextMailbox = new MailboxId(mailbox.Id.Value + 1) };
            }

            if (mailbox.Info.UidValidity >= account.NextUidValidity)
            {
                context.Derived(StoreInvariant.UidValidities, where, $"the next UIDVALIDITY {account.NextUidValidity} is that of a mailbox or below");
                account = account with { NextUidValidity = new UidValidity(mailbox.Info.UidValidity.Value + 1) };
            }
        }

        var seen = new HashSet<UidValidity>();
        for (var i = 0; i < mailboxes.Count; i++)
        {
            var info = mailboxes[i].Info;
            if (info.UidValidity.Value == 0 || !seen.Add(info.UidValidity))
            {
                context.Derived(StoreInvariant.UidValidities, context.NameOf(account.Id, mailboxes[i].Id), $"has UIDVALIDITY {info.UidValidity}, as another mailbox has");
                mailboxes[i] = mailboxes[i] with { Info = info with { UidValidity = account.NextUidValidity } };
                account = account with { NextUidValidity = new UidValidity(account.NextUidValidity.Value + 1) };
            }
        }

        return account;
    }

    private static void CheckUses(CheckContext context, AccountId account, List<MailboxRow> mailboxes)
    {
        var seen = new HashSet<SpecialUse> { SpecialUse.None };
        for (var i = 0; i < mailboxes.Count; i++)
        {
            var info = mailboxes[i].Info;
            if (info.Use != SpecialUse.None && !(seen.Add(info.Use) && Enum.IsDefined(info.Use)))
            {
                context.Derived(StoreInvariant.SpecialUses, context.NameOf(account, mailboxes[i].Id), $"has the use {info.Use}, as another mailbox has");
                mailboxes[i] = mailboxes[i] with { Info = info with { Use = SpecialUse.None } };
            }
        }
    }

    private static AccountRow CheckNames(CheckContext context, AccountRow account, List<MailboxRow> mailboxes)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mailbox in mailboxes)
        {
            var name = mailbox.Info.Name;
            if (!MailboxPath.TryNormalize(name, context.Limits, out var normalized) || normalized != name)
            {
                context.Lost(StoreInvariant.MailboxNames, context.NameOf(account.Id, mailbox.Id), "the name is not a normalized one: rename it");
            }

            if (!names.Add(name))
            {
                context.Lost(StoreInvariant.MailboxNames, context.NameOf(account.Id, mailbox.Id), "two mailboxes have this name: the account cannot be opened");
            }
        }

        var wanted = new List<string> { MailboxPath.Inbox };
        foreach (var name in names)
        {
            for (var parent = MailboxPath.Parent(name); parent is not null; parent = MailboxPath.Parent(parent))
            {
                wanted.Add(parent);
            }
        }

        foreach (var name in wanted.Where(names.Add))
        {
            context.Derived(StoreInvariant.MailboxTree, context.NameOf(account.Id), $"the mailbox {name} is missing");
            var modSeq = new ModSeq(account.ModSeq.Value + 1);
            var info = new MailboxInfo { Name = name, UidValidity = account.NextUidValidity, UidNext = new Uid(1), ModSeq = modSeq, CreatedModSeq = modSeq };
            mailboxes.Add(new MailboxRow(account.Id, account.NextMailbox, info));
            account = account with
            {
                ModSeq = modSeq,
                NextMailbox = new MailboxId(account.NextMailbox.Value + 1),
                NextUidValidity = new UidValidity(account.NextUidValidity.Value + 1),
            };
        }

        return account;
    }
}
