namespace Martlet.Protocols.Imap.Responses;

/// <summary>CAPABILITY, RFC 9051 §7.2.2.</summary>
/// <param name="Capabilities">All of them.</param>
public sealed record CapabilityData(CapabilitySet Capabilities) : ImapResponse;

/// <summary>ENABLED, RFC 9051 §7.2.1.</summary>
/// <param name="Capabilities">Those now on; may be none.</param>
public sealed record EnabledData(IReadOnlyList<string> Capabilities) : ImapResponse;

/// <summary>FLAGS, RFC 9051 §7.3.5: flags that the mailbox has.</summary>
/// <param name="Flags">System flags and keywords.</param>
public sealed record FlagsData(IReadOnlyList<Flag> Flags) : ImapResponse;

/// <summary>EXISTS, RFC 9051 §7.4.1.</summary>
/// <param name="Messages">Messages in the mailbox.</param>
public sealed record ExistsData(uint Messages) : ImapResponse;

/// <summary>RECENT, RFC 3501 §7.3.2.</summary>
/// <param name="Messages">Messages with \Recent.</param>
public sealed record RecentData(uint Messages) : ImapResponse;

/// <summary>EXPUNGE, RFC 9051 §7.5.1. Later messages have one less as sequence number from now on.</summary>
/// <param name="SequenceNumber">Of the message that is gone.</param>
public sealed record ExpungeData(uint SequenceNumber) : ImapResponse;

/// <summary>VANISHED, RFC 7162 §3.2.10.</summary>
/// <param name="Uids">Of messages that are gone; with <paramref name="IsEarlier"/> also of some that never were. No <c>*</c>.</param>
/// <param name="IsEarlier">They went before: an answer to SELECT or FETCH, which changes no sequence numbers.</param>
public sealed record VanishedData(NumSet Uids, bool IsEarlier) : ImapResponse;

/// <summary>LIST and LSUB, RFC 9051 §7.3.1.</summary>
/// <param name="Mailbox">The name. One that is in no known encoding is given as its bytes say in Latin-1.</param>
/// <param name="Separator">Between levels; null for a flat name.</param>
/// <param name="Attributes">As sent, with their backslash: <c>\HasChildren</c>, <c>\Sent</c>.</param>
/// <param name="IsLsub">An LSUB response.</param>
public sealed record ListData(MailboxName Mailbox, char? Separator, IReadOnlyList<string> Attributes, bool IsLsub) : ImapResponse
{
    /// <summary>OLDNAME, RFC 9051 §6.3.9.7: the name before a RENAME or before the server changed its spelling.</summary>
    public MailboxName? OldName { get; init; }

    /// <summary>CHILDINFO, RFC 9051 §6.3.9.6: selection options that children match, which the mailbox itself may not. Empty without.</summary>
    public IReadOnlyList<string> ChildInfo { get; init; } = [];

    /// <summary>Whether it has an attribute.</summary>
    /// <param name="attribute">With its backslash; case does not matter.</param>
    public bool Has(string attribute)
    {
        foreach (var own in Attributes)
        {
            if (own.Equals(attribute, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>One namespace, RFC 2342 §5.</summary>
/// <param name="Prefix">Before names in it; may be empty.</param>
/// <param name="Separator">Between levels; null for a flat one.</param>
public sealed record NamespaceEntry(string Prefix, char? Separator);

/// <summary>NAMESPACE, RFC 9051 §7.3.4. Extensions of entries are read over.</summary>
/// <param name="Personal">The account's own.</param>
/// <param name="Others">Of other users.</param>
/// <param name="Shared">For all.</param>
public sealed record NamespaceData(IReadOnlyList<NamespaceEntry> Personal, IReadOnlyList<NamespaceEntry> Others, IReadOnlyList<NamespaceEntry> Shared) : ImapResponse;

/// <summary>STATUS, RFC 9051 §7.3.3. Items that were not sent are null.</summary>
/// <param name="Mailbox">Whose.</param>
public sealed record StatusData(MailboxName Mailbox) : ImapResponse
{
    private readonly Dictionary<string, long> _values = new(StringComparer.Ordinal);

    /// <summary>Messages.</summary>
    public long? Messages => this["MESSAGES"];

    /// <summary>The next UID.</summary>
    public long? UidNext => this["UIDNEXT"];

    /// <summary>UIDVALIDITY.</summary>
    public long? UidValidity => this["UIDVALIDITY"];

    /// <summary>Messages without \Seen.</summary>
    public long? Unseen => this["UNSEEN"];

    /// <summary>Messages with \Deleted.</summary>
    public long? Deleted => this["DELETED"];

    /// <summary>Bytes of all messages, RFC 8438.</summary>
    public long? Size => this["SIZE"];

    /// <summary>Messages with \Recent, RFC 3501 §7.2.4.</summary>
    public long? Recent => this["RECENT"];

    /// <summary>Bytes of the largest message that APPEND takes, RFC 7889 §4; null also for NIL, no limit.</summary>
    public long? AppendLimit => this["APPENDLIMIT"];

    /// <summary>Highest modification sequence, RFC 7162 §3.1.7.</summary>
    public long? HighestModSeq => this["HIGHESTMODSEQ"];

    /// <summary>Bytes of messages with \Deleted, RFC 9208 §4.1.4.</summary>
    public long? DeletedStorage => this["DELETED-STORAGE"];

    /// <summary>An item with a number, by its name in upper case.</summary>
    public long? this[string name]
    {
        get => _values.TryGetValue(name, out var value) ? value : null;
        internal set => _values[name] = value ?? 0;
    }
}
