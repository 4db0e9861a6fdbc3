using Martlet.Store.Model;

namespace Martlet.Store.Engine;

/// <summary>
/// What an engine must do: keep rows and give them back. No policy: UIDs, modseqs, quota and flags are decided by the operations above, once for all engines.
/// </summary>
/// <remarks>
/// Members marked "writer" are called by the one writer thread; the others from any thread at the same time. A failure is a <see cref="StoreException"/>.
/// </remarks>
public interface IStoreEngine : IDisposable
{
    /// <summary>Writer. Puts all rows of the batch on disk, or none: when it returns they survive a power cut.</summary>
    void Commit(WriteBatch batch);

    /// <summary>
    /// Writer. Moves changes of flags that the engine has put aside into its rows. Nothing that the other members give changes by it, and it may be broken off
    /// anywhere; an engine that puts nothing aside says no.
    /// </summary>
    /// <param name="messages">Messages at most.</param>
    /// <returns>Whether there is more.</returns>
    bool FoldFlags(int messages);

    /// <summary>Writer. Ends what a failed <see cref="Commit"/> left and makes the engine usable again.</summary>
    void Recover();

    /// <summary>Reads the directory.</summary>
    DirectoryContents LoadDirectory();

    /// <summary>Reads an account without its messages; null when it does not exist.</summary>
    AccountContents? LoadAccount(AccountId account);

    /// <summary>Reads all messages of a mailbox, UIDs ascending, from one moment.</summary>
    void LoadMessages(AccountId account, MailboxId mailbox, MessageRowSink sink);

    /// <summary>Reads a mailbox as its snapshot has it, and what happened since, from one moment.</summary>
    /// <returns>False when there is no snapshot that can be used; what the sink was given is then nothing worth.</returns>
    bool LoadSnapshot(AccountId account, MailboxId mailbox, ISnapshotSink sink);

    /// <summary>Reads structure and place of emails of one account.</summary>
    /// <param name="account">Account.</param>
    /// <param name="emails">Emails; those that do not exist are left out.</param>
    /// <param name="sink">Called for each in the order asked for, until it says no. The span is valid during the call only.</param>
    void ReadEmails(AccountId account, ReadOnlySpan<EmailId> emails, EmailSink sink);

    /// <summary>Reads the value of an annotation; null when there is none of that name.</summary>
    byte[]? ReadAnnotation(AccountId account, MailboxId owner, string name);

    /// <summary>History of an account's logins, the newest first.</summary>
    IReadOnlyList<LoginRow> ReadLogins(AccountId account, int limit);

    /// <summary>Last time of the login that was not seen for the longest; null when there is none.</summary>
    DateTimeOffset? ReadOldestLogin();

    /// <summary>UIDs expunged from a mailbox after a modseq, as far as they are kept.</summary>
    ExpungedUids ReadExpunged(AccountId account, MailboxId mailbox, ModSeq after);

    /// <summary>All tombstones of a mailbox, for the consistency check.</summary>
    IReadOnlyList<Tombstone> ReadTombstones(AccountId account, MailboxId mailbox);

    /// <summary>How far one has to forget to forget this many tombstones of a mailbox: those of one modseq go together.</summary>
    OldTombstones ReadOldTombstones(AccountId account, MailboxId mailbox, int count);

    /// <summary>Keyword sets that messages of an account have. Slow: reads all its messages.</summary>
    KeywordUse ReadKeywordUse(AccountId account);

    /// <summary>Emails that nobody refers to, behind the given one, at most <paramref name="limit"/>; by account and number.</summary>
    IReadOnlyList<DeadEmailRow> ReadDeadEmails(AccountId account, EmailId after, int limit);

    /// <summary>Figures of all segments.</summary>
    IReadOnlyList<SegmentState> ReadSegments();

    /// <summary>Whether the bytes of any email are in a segment. Slow: reads all emails.</summary>
    bool HasEmailsIn(long segment);

    /// <summary>Goes over all emails by account and number, for the consistency check.</summary>
    void ScanEmails(EmailScanSink sink);

    /// <summary>Complaints of the engine about its own files; empty when sound. Reads everything.</summary>
    IReadOnlyList<string> CheckIntegrity();

    /// <summary>Rows that the other members never give, because what they belong to is not there; described for an administrator.</summary>
    IReadOnlyList<string> FindStrays();
}

/// <summary>Receives messages of a mailbox.</summary>
public delegate void MessageRowSink(in MessageRow row, ModSeq created);

/// <summary>Receives a mailbox from its snapshot, in the order of the members here.</summary>
public interface ISnapshotSink
{
    /// <summary>The next part, as it was written. The span is valid during the call only.</summary>
    /// <returns>Whether it can be read; the snapshot is not used otherwise.</returns>
    bool Part(ReadOnlySpan<byte> columns);

    /// <summary>A message that came since, UIDs ascending.</summary>
    void Added(in MessageRow row, ModSeq created);

    /// <summary>What was expunged since; also of messages that the snapshot does not have.</summary>
    void Expunged(IReadOnlyList<Uid> uids);
}

/// <summary>Receives an email.</summary>
/// <returns>Whether the next one is wanted.</returns>
public delegate bool EmailSink(EmailId email, in BlobRef blob, ReadOnlySpan<byte> meta);

/// <summary>Receives an email in the scan over all.</summary>
public delegate void EmailScanSink(AccountId account, EmailId email, int references, in BlobRef blob, ReadOnlySpan<byte> meta);
