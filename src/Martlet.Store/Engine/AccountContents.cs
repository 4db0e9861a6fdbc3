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
    IReadOnlyList<DomainEntry> Domains, IReadOnlyList<AccountRow> Accounts, IReadOnlyList<AddressRow> Addresses, IReadOnlyList<LoginKey> Keys, AccountId NextAccount)
{
    /// <summary>Aliases.</summary>
    public required IReadOnlyList<AliasEntry> Aliases { get; init; }

    /// <summary>Settings of the server.</summary>
    public required ServerSettings Settings { get; init; }

    /// <summary>Administrators.</summary>
    public required IReadOnlyList<Administrator> Administrators { get; init; }

    /// <summary>Tokens of administrators.</summary>
    public required IReadOnlyList<ApiToken> Tokens { get; init; }

    /// <summary>Sessions of the web pages.</summary>
    public required IReadOnlyList<WebSession> Sessions { get; init; }
}
