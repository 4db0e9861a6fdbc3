namespace Martlet.Protocols.Imap;

/// <summary>
/// A search key of RFC 9051 §6.4.4 and its extensions as a tree. <see cref="SearchKeyReader"/> builds it; depth and number of keys are bounded
/// by <see cref="ImapLimits"/>, so that walking it by recursion is safe.
/// </summary>
public abstract record SearchKey;

/// <summary><c>ALL</c>: every message.</summary>
public sealed record AllKey : SearchKey;

/// <summary>Keys in a row or in parentheses: every one must match.</summary>
/// <param name="Keys">Two or more.</param>
public sealed record AndKey(IReadOnlyList<SearchKey> Keys) : SearchKey;

/// <summary><c>OR</c>: one of two must match.</summary>
/// <param name="Left">One.</param>
/// <param name="Right">The other.</param>
public sealed record OrKey(SearchKey Left, SearchKey Right) : SearchKey;

/// <summary><c>NOT</c>.</summary>
/// <param name="Key">Must not match.</param>
public sealed record NotKey(SearchKey Key) : SearchKey;

/// <summary>ANSWERED, UNANSWERED, …, KEYWORD, UNKEYWORD: a flag is set or not.</summary>
/// <param name="Flag">The flag.</param>
/// <param name="IsSet">Wanted: set.</param>
public sealed record FlagKey(Flag Flag, bool IsSet) : SearchKey;

/// <summary>RECENT and OLD of RFC 3501 §6.4.4. <c>NEW</c> is read as RECENT and UNSEEN together.</summary>
/// <param name="IsRecent">Wanted: recent.</param>
public sealed record RecentKey(bool IsRecent) : SearchKey;

/// <summary>Where <see cref="TextKey"/> looks.</summary>
public enum SearchField
{
    /// <summary>The header field Bcc.</summary>
    Bcc,

    /// <summary>The header field Cc.</summary>
    Cc,

    /// <summary>The header field From.</summary>
    From,

    /// <summary>The header field To.</summary>
    To,

    /// <summary>The header field Subject.</summary>
    Subject,

    /// <summary>The body, without the header.</summary>
    Body,

    /// <summary>Header and body.</summary>
    Text,
}

/// <summary>A substring in a part of the message.</summary>
/// <param name="Field">Where.</param>
/// <param name="Value">The substring; empty matches whatever has the field.</param>
public sealed record TextKey(SearchField Field, string Value) : SearchKey;

/// <summary><c>HEADER</c>: a substring in a named header field.</summary>
/// <param name="Name">Field name as the client spelled it.</param>
/// <param name="Value">The substring; empty matches every message with the field.</param>
public sealed record HeaderKey(string Name, string Value) : SearchKey;

/// <summary>Which date <see cref="DateKey"/> compares.</summary>
public enum SearchDate
{
    /// <summary>The internal date, without time and zone: BEFORE, ON, SINCE.</summary>
    Internal,

    /// <summary>The Date header field, without time and zone: SENTBEFORE, SENTON, SENTSINCE.</summary>
    Sent,

    /// <summary>The save date, RFC 8514 §4.3: SAVEDBEFORE, SAVEDON, SAVEDSINCE.</summary>
    Saved,
}

/// <summary>How <see cref="DateKey"/> compares.</summary>
public enum SearchDateComparison
{
    /// <summary>Earlier than that day.</summary>
    Before,

    /// <summary>On that day.</summary>
    On,

    /// <summary>On that day or later.</summary>
    Since,
}

/// <summary>A comparison of days.</summary>
/// <param name="Date">Which date of the message.</param>
/// <param name="Comparison">How.</param>
/// <param name="Day">With which day.</param>
public sealed record DateKey(SearchDate Date, SearchDateComparison Comparison, DateOnly Day) : SearchKey;

/// <summary>LARGER and SMALLER, both strict.</summary>
/// <param name="IsLarger">Wanted: larger.</param>
/// <param name="Bytes">Than this many bytes.</param>
public sealed record SizeKey(bool IsLarger, long Bytes) : SearchKey;

/// <summary>OLDER and YOUNGER, RFC 5032 §3: the internal date against now.</summary>
/// <param name="IsOlder">At least that old (OLDER); else at most (YOUNGER).</param>
/// <param name="Seconds">At least 1.</param>
public sealed record AgeKey(bool IsOlder, uint Seconds) : SearchKey;

/// <summary><c>MODSEQ</c>, RFC 7162 §3.1.5: equal or higher. An entry name is read and has no meaning, since we keep one per message.</summary>
/// <param name="ModSeq">From 0.</param>
public sealed record ModSeqKey(long ModSeq) : SearchKey;

/// <summary>A sequence-set of sequence numbers, or <c>$</c>.</summary>
/// <param name="Messages">The set. Numbers beyond the last message match nothing.</param>
public sealed record SeqKey(NumSet Messages) : SearchKey;

/// <summary><c>UID</c>.</summary>
/// <param name="Uids">The set, or <c>$</c>.</param>
public sealed record UidKey(NumSet Uids) : SearchKey;

/// <summary><c>SAVEDATESUPPORTED</c>, RFC 8514 §4.3: every message or none.</summary>
public sealed record SaveDateSupportedKey : SearchKey;
