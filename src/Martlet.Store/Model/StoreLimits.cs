namespace Martlet.Store.Model;

/// <summary>Named limits of the store. Each is refused as a value, never by failing.</summary>
public sealed record StoreLimits
{
    /// <summary>Bytes of one message, with trace header fields.</summary>
    public long MessageBytesMax { get; init; } = 100L * 1024 * 1024;

    /// <summary>Messages up to this many bytes are kept in segments, larger ones in a file of their own.</summary>
    public int SegmentMessageBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Mailboxes of one account.</summary>
    public int MailboxesMax { get; init; } = 10_000;

    /// <summary>UTF-8 bytes of a full mailbox name.</summary>
    public int MailboxNameBytesMax { get; init; } = 1000;

    /// <summary>Levels of a mailbox name.</summary>
    public int MailboxDepthMax { get; init; } = 20;

    /// <summary>Different keywords of one account.</summary>
    public int KeywordsMax { get; init; } = 2000;

    /// <summary>
    /// Different combinations of keywords in one account. When this or <see cref="KeywordsMax"/> is reached, what no message has any more is dropped in the
    /// background, at most once in <see cref="KeywordsDropPause"/>.
    /// </summary>
    public int KeywordSetsMax { get; init; } = 50_000;

    /// <summary>How often the messages of an account that is full of keywords are searched for those it does not need.</summary>
    public TimeSpan KeywordsDropPause { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Keywords on one message.</summary>
    public int KeywordsPerMessageMax { get; init; } = 100;

    /// <summary>ASCII bytes of a keyword.</summary>
    public int KeywordBytesMax { get; init; } = 128;

    /// <summary>Subscriptions of one account.</summary>
    public int SubscriptionsMax { get; init; } = 20_000;

    /// <summary>Bytes of an annotation's value. RFC 5464 §4.1 asks for at least 1,024.</summary>
    public int AnnotationValueBytesMax { get; init; } = 64 * 1024;

    /// <summary>ASCII bytes of an annotation's name.</summary>
    public int AnnotationNameBytesMax { get; init; } = 256;

    /// <summary>Annotations of one mailbox, or of the account itself. RFC 5464 §4.1 asks for at least 10.</summary>
    public int AnnotationsMax { get; init; } = 250;

    /// <summary>Annotations of one account with all its mailboxes; their names are in memory while the account is, about 200 bytes each.</summary>
    public int AnnotationsTotalMax { get; init; } = 10_000;

    /// <summary>Bytes of names and values of all annotations of one account.</summary>
    public long AnnotationBytesTotalMax { get; init; } = 10L * 1024 * 1024;

    /// <summary>IMAP capabilities that can be hidden from one account.</summary>
    public int HiddenCapabilitiesMax { get; init; } = 100;

    /// <summary>Keys that log in to one account.</summary>
    public int KeysPerAccountMax { get; init; } = 100;

    /// <summary>Characters of a key's name.</summary>
    public int KeyNameCharsMax { get; init; } = 100;

    /// <summary>Characters of an account's display name.</summary>
    public int DisplayNameCharsMax { get; init; } = 200;

    /// <summary>Characters of what an administrator notes about a domain or an alias.</summary>
    public int DescriptionCharsMax { get; init; } = 500;

    /// <summary>Members of an alias: a message to it becomes so many at most.</summary>
    public int AliasMembersMax { get; init; } = 1000;

    /// <summary>Administrators.</summary>
    public int AdministratorsMax { get; init; } = 100;

    /// <summary>Tokens for programs of one administrator.</summary>
    public int TokensPerAdministratorMax { get; init; } = 100;

    /// <summary>Sessions of the web pages of one account or administrator; the oldest go.</summary>
    public int SessionsPerOwnerMax { get; init; } = 50;

    /// <summary>Addresses of one account.</summary>
    public int AddressesPerAccountMax { get; init; } = 1000;

    /// <summary>How long the history of logins goes back.</summary>
    public TimeSpan LoginsKept { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Different successful logins that the history of one account has; the oldest go.</summary>
    public int LoginSuccessesMax { get; init; } = 500;

    /// <summary>Different failed logins that the history of one account has, apart from the successful ones: a flood of failures must not push those out.</summary>
    public int LoginFailuresMax { get; init; } = 500;

    /// <summary>Different failed logins that named no account of ours, of all together.</summary>
    public int LoginsOfNobodyMax { get; init; } = 10_000;

    /// <summary>Characters of each text in the history of logins; longer ones are cut.</summary>
    public int LoginTextCharsMax { get; init; } = 320;

    /// <summary>Entries of the history of logins that one operation brings: some tens of milliseconds of the writer's time.</summary>
    public int LoginsAtOnceMax { get; init; } = 5000;

    /// <summary>Operations in one group commit.</summary>
    public int BatchOperationsMax { get; init; } = 512;

    /// <summary>Message bytes in one group commit; a batch may exceed it by its last message.</summary>
    public int BatchBytesMax { get; init; } = 8 * 1024 * 1024;

    /// <summary>Expunged messages that a mailbox remembers for clients that come back (RFC 7162 §3.2.7); beyond, the oldest are forgotten in the background.</summary>
    public int TombstonesPerMailboxMax { get; init; } = 100_000;

    /// <summary>
    /// Expunged messages of one mailbox that stay readable for sessions not told of them yet, about 80 bytes each; beyond, the views that are furthest behind are
    /// cut off (<see cref="MailboxView.IsLagging"/>). One expunge may exceed it by its messages.
    /// </summary>
    public int GhostsPerMailboxMax { get; init; } = 500_000;

    /// <summary>Messages of one flag change from which on an engine may write one record instead of their rows.</summary>
    public int LoggedFlagsMin { get; init; } = 256;

    /// <summary>Messages whose flags are folded into rows in one turn: some milliseconds of the writer's time.</summary>
    public int FoldedFlagsAtOnce { get; init; } = 5000;

    /// <summary>Messages from which on a mailbox gets a snapshot, from which it is loaded many times faster than from its rows.</summary>
    public int SnapshotMessagesMin { get; init; } = 2000;

    /// <summary>How long a store that stops may go on writing snapshots.</summary>
    public TimeSpan SnapshotsAtStopMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Accounts kept in memory though nobody uses them.</summary>
    public int IdleAccountsMax { get; init; } = 10_000;

    /// <summary>Messages whose rows stay in memory over all mailboxes (about 41 bytes each); beyond it, mailboxes nobody has open are dropped, longest unused first.</summary>
    public long CachedRowsMax { get; init; } = 8_000_000;

    /// <summary>Whether a text of the administrator can be kept.</summary>
    internal bool IsDescription(string text) => text.Length <= DescriptionCharsMax && !text.Any(char.IsControl);
}
