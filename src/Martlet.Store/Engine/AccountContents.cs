using Martlet.Store.Model;

namespace Martlet.Store.Engine;

/// <summary>Everything of an account except its messages, as it is stored.</summary>
public sealed record AccountContents(
    AccountRow Account, IReadOnlyList<MailboxRow> Mailboxes, KeywordTable Keywords, IReadOnlyList<string> Subscriptions, IReadOnlyList<StoredAnnotation> Annotations)
{
    /// <summary>The annotations as memory keeps them, with the special uses of the mailboxes.</summary>
    public AnnotationTable ToTable()
    {
        var table = AnnotationTable.Empty;
        foreach (var (owner, name, annotation) in Annotations)
        {
            table = table.With(owner, name, annotation);
        }

        foreach (var mailbox in Mailboxes)
        {
            table = table.WithUse(mailbox.Id, mailbox.Info.Use);
        }

        return table;
    }
}

/// <summary>Who is here: all domains, accounts, addresses and keys that log in.</summary>
public sealed record DirectoryContents(
    IReadOnlyList<string> Domains, IReadOnlyList<AccountRow> Accounts, IReadOnlyList<AddressRow> Addresses, IReadOnlyList<LoginKey> Keys, AccountId NextAccount);
