using Martlet.Store.Model;

namespace Martlet.Store.Engine;

/// <summary>
/// Rows of one transaction, with values already decided by the rules above: the engine inserts, updates and deletes, it decides nothing. The lists are applied
/// in the order of the properties here, which is right for any sequence of operations because no number is ever used twice.
/// </summary>
public sealed class WriteBatch
{
    /// <summary>Domains.</summary>
    public List<DomainRow> Domains { get; } = [];

    /// <summary>Accounts, whole rows; inserted or replaced.</summary>
    public List<AccountRow> Accounts { get; } = [];

    /// <summary>Addresses.</summary>
    public List<AddressRow> Addresses { get; } = [];

    /// <summary>Aliases.</summary>
    public List<AliasRow> Aliases { get; } = [];

    /// <summary>Settings of the server, all of them; null leaves them.</summary>
    public ServerSettings? ServerSettings { get; set; }

    /// <summary>Administrators.</summary>
    public List<AdministratorRow> Administrators { get; } = [];

    /// <summary>Tokens of administrators.</summary>
    public List<TokenRow> Tokens { get; } = [];

    /// <summary>Sessions of the web pages.</summary>
    public List<WebSessionRow> Sessions { get; } = [];

    /// <summary>Keys that log in.</summary>
    public List<LoginKeyRow> LoginKeys { get; } = [];

    /// <summary>Keywords.</summary>
    public List<KeywordRow> Keywords { get; } = [];

    /// <summary>Keyword sets.</summary>
    public List<KeywordSetRow> KeywordSets { get; } = [];

    /// <summary>Mailboxes, whole rows; inserted or replaced.</summary>
    public List<MailboxRow> Mailboxes { get; } = [];

    /// <summary>Annotations, in the order of their changes.</summary>
    public List<AnnotationRow> Annotations { get; } = [];

    /// <summary>Logins.</summary>
    public List<LoginRow> Logins { get; } = [];

    /// <summary>Bounds of the history of logins, in force once the logins here are in it.</summary>
    public List<LoginBoundRow> LoginBounds { get; } = [];

    /// <summary>Logins to forget because of their age.</summary>
    public List<ForgottenLoginsRow> ForgottenLogins { get; } = [];

    /// <summary>Logins that repair takes out.</summary>
    public List<(AccountId Account, byte[] Key)> RemovedLogins { get; } = [];

    /// <summary>New emails.</summary>
    public List<EmailRow> Emails { get; } = [];

    /// <summary>New messages.</summary>
    public List<NewMessageRow> Messages { get; } = [];

    /// <summary>Changed flags.</summary>
    public List<FlagRow> Flags { get; } = [];

    /// <summary>Messages taken out.</summary>
    public List<ExpungeRow> Expunged { get; } = [];

    /// <summary>Changes of reference counts.</summary>
    public List<ReferenceRow> References { get; } = [];

    /// <summary>Tombstones to forget.</summary>
    public List<ForgottenRow> Forgotten { get; } = [];

    /// <summary>Parts of snapshots.</summary>
    public List<SnapshotPartRow> SnapshotParts { get; } = [];

    /// <summary>Snapshots that are complete, or to be removed.</summary>
    public List<SnapshotRow> Snapshots { get; } = [];

    /// <summary>Mailboxes to remove with their tombstones and annotations; their messages are in <see cref="Expunged"/>.</summary>
    public List<(AccountId Account, MailboxId Mailbox)> RemovedMailboxes { get; } = [];

    /// <summary>Subscriptions.</summary>
    public List<SubscriptionRow> Subscriptions { get; } = [];

    /// <summary>Accounts to remove with everything in them; their emails become dead.</summary>
    public List<AccountId> RemovedAccounts { get; } = [];

    /// <summary>Emails to forget.</summary>
    public List<DeadEmailRow> DeadEmails { get; } = [];

    /// <summary>Emails whose bytes moved.</summary>
    public List<MovedBlobRow> MovedBlobs { get; } = [];

    /// <summary>Structures that repair has read anew.</summary>
    public List<StructureRow> Structures { get; } = [];

    /// <summary>Segment figures.</summary>
    public List<SegmentRow> Segments { get; } = [];

    /// <summary>Segments to forget.</summary>
    public List<long> RemovedSegments { get; } = [];

    /// <summary>Whether nothing is to be written.</summary>
    public bool IsEmpty => RowCount == 0;

    /// <summary>Rows in all lists.</summary>
    public int RowCount =>
        Domains.Count + Aliases.Count + (ServerSettings is null ? 0 : 1) + Administrators.Count + Tokens.Count + Sessions.Count + Accounts.Count + Addresses.Count + LoginKeys.Count + Keywords.Count + KeywordSets.Count + Mailboxes.Count + Annotations.Count + Emails.Count + Messages.Count
        + Flags.Count + Expunged.Count + References.Count + RemovedMailboxes.Count + Subscriptions.Count + RemovedAccounts.Count + DeadEmails.Count + MovedBlobs.Count
        + Structures.Count + Forgotten.Count + SnapshotParts.Count + Snapshots.Count + Segments.Count + RemovedSegments.Count
        + Logins.Count + LoginBounds.Count + ForgottenLogins.Count + RemovedLogins.Count;
}
