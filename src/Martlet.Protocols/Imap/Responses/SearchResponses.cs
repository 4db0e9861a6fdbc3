namespace Martlet.Protocols.Imap.Responses;

/// <summary>SEARCH, RFC 3501 §7.2.5.</summary>
/// <param name="Numbers">Sequence numbers, or UIDs after UID SEARCH, in the server's order.</param>
/// <param name="ModSeq">Highest modification sequence of them, RFC 7162 §3.1.5; null without.</param>
public sealed record SearchData(IReadOnlyList<uint> Numbers, long? ModSeq) : ImapResponse;

/// <summary>ESEARCH, RFC 9051 §7.3.4 with RFC 4731, RFC 7377 and RFC 9394. What was not sent is null.</summary>
public sealed record ESearchData : ImapResponse
{
    /// <summary>Tag of the command it belongs to.</summary>
    public string? Tag { get; internal set; }

    /// <summary>The numbers are UIDs.</summary>
    public bool IsUid { get; internal set; }

    /// <summary>Smallest number.</summary>
    public uint? Min { get; internal set; }

    /// <summary>Largest number.</summary>
    public uint? Max { get; internal set; }

    /// <summary>All numbers; null also when there are none.</summary>
    public NumSet? All { get; internal set; }

    /// <summary>How many.</summary>
    public uint? Count { get; internal set; }

    /// <summary>Highest modification sequence of the results.</summary>
    public long? ModSeq { get; internal set; }

    /// <summary>The window that <see cref="PartialResults"/> are of.</summary>
    public PartialRange? Partial { get; internal set; }

    /// <summary>Results in the window; null if there are none.</summary>
    public NumSet? PartialResults { get; internal set; }

    /// <summary>Mailbox of the results, for the ESEARCH command.</summary>
    public MailboxName? Mailbox { get; internal set; }

    /// <summary>UIDVALIDITY of that mailbox.</summary>
    public uint? UidValidity { get; internal set; }
}
