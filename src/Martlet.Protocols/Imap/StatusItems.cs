namespace Martlet.Protocols.Imap;

/// <summary>What STATUS asks for, RFC 9051 §6.3.11 and the extensions named. A set: the order in the reply is ours.</summary>
[Flags]
public enum StatusItems
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>MESSAGES</c></summary>
    Messages = 1,

    /// <summary><c>UIDNEXT</c></summary>
    UidNext = 1 << 1,

    /// <summary><c>UIDVALIDITY</c></summary>
    UidValidity = 1 << 2,

    /// <summary><c>UNSEEN</c>: how many.</summary>
    Unseen = 1 << 3,

    /// <summary><c>DELETED</c>: how many have \Deleted.</summary>
    Deleted = 1 << 4,

    /// <summary><c>SIZE</c>, in bytes.</summary>
    Size = 1 << 5,

    /// <summary><c>RECENT</c> (RFC 3501 §6.3.10).</summary>
    Recent = 1 << 6,

    /// <summary><c>APPENDLIMIT</c>, in bytes (RFC 7889 §4).</summary>
    AppendLimit = 1 << 7,

    /// <summary><c>HIGHESTMODSEQ</c> (RFC 7162 §3.1.7). Asking turns CONDSTORE on.</summary>
    HighestModSeq = 1 << 8,

    /// <summary><c>DELETED-STORAGE</c>, in bytes (RFC 9208 §4.1.4).</summary>
    DeletedStorage = 1 << 9,
}

/// <summary>Reads status-att lists.</summary>
public static class StatusItemsReader
{
    /// <summary><c>(MESSAGES UNSEEN …)</c>: one or more in parentheses. A repeated item is read once.</summary>
    public static bool Read(ref ImapReader reader, out StatusItems items)
    {
        items = StatusItems.None;
        if (!reader.OpenParen())
        {
            return false;
        }

        Span<char> word = stackalloc char[24];
        do
        {
            if (!reader.Word(word, out var length))
            {
                return false;
            }

            var item = Parse(word[..length]);
            if (item == StatusItems.None)
            {
                return reader.Fail("Unknown status item.");
            }

            items |= item;
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }

    private static StatusItems Parse(ReadOnlySpan<char> word) => word switch
    {
        "MESSAGES" => StatusItems.Messages,
        "UIDNEXT" => StatusItems.UidNext,
        "UIDVALIDITY" => StatusItems.UidValidity,
        "UNSEEN" => StatusItems.Unseen,
        "DELETED" => StatusItems.Deleted,
        "SIZE" => StatusItems.Size,
        "RECENT" => StatusItems.Recent,
        "APPENDLIMIT" => StatusItems.AppendLimit,
        "HIGHESTMODSEQ" => StatusItems.HighestModSeq,
        "DELETED-STORAGE" => StatusItems.DeletedStorage,
        _ => StatusItems.None,
    };
}
