namespace Martlet.Store.Model;

/// <summary>What is known of a mailbox without opening it: identity, name and counters after the last commit. Immutable.</summary>
public sealed record MailboxInfo
{
    /// <summary>Full name with <c>/</c> between levels; INBOX in upper case.</summary>
    public required string Name { get; init; }

    /// <summary>Special use.</summary>
    public SpecialUse Use { get; init; }

    /// <summary>UIDVALIDITY.</summary>
    public required UidValidity UidValidity { get; init; }

    /// <summary>Next UID to be given out; at least 1.</summary>
    public required Uid UidNext { get; init; }

    /// <summary>Highest modseq of any change: message, flags, expunge, name or use. At least 1.</summary>
    public required ModSeq ModSeq { get; init; }

    /// <summary>Modseq at which the mailbox was made.</summary>
    public required ModSeq CreatedModSeq { get; init; }

    /// <summary>Messages.</summary>
    public int Messages { get; init; }

    /// <summary>Messages without \Seen.</summary>
    public int Unseen { get; init; }

    /// <summary>Messages with \Deleted.</summary>
    public int Deleted { get; init; }

    /// <summary>Bytes of all messages (STATUS SIZE).</summary>
    public long Bytes { get; init; }

    /// <summary>Bytes of messages with \Deleted (RFC 9208 DELETED-STORAGE).</summary>
    public long DeletedBytes { get; init; }

    /// <summary>Expunges up to this modseq may have been forgotten (RFC 7162 §3.2.7): a client that knows less is told of all UIDs that are gone.</summary>
    public ModSeq ForgottenModSeq { get; init; }

    /// <summary>Highest modseq of a change of flags or keywords of a message that was there; 0 when there was none.</summary>
    public ModSeq FlagsModSeq { get; init; }

    /// <summary>Expunged messages that are remembered.</summary>
    public int Tombstones { get; init; }
}
