namespace Martlet.Protocols.Imap.Responses;

/// <summary>Reads SEARCH and ESEARCH from behind their word.</summary>
internal static class SearchDataReader
{
    public static SearchData? ReadSearch(ref ImapReader reader)
    {
        var numbers = new List<uint>();
        long? modSeq = null;
        while (reader.Gap() && reader.Peek() is >= '0' and <= '9')
        {
            if (!reader.Number(out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        if (reader.TryTake((byte)'('))
        {
            if (!reader.Keyword("MODSEQ"u8) || !reader.Gap() || !reader.Number64(out var value) || !reader.CloseParen())
            {
                return null;
            }

            modSeq = value;
        }

        return reader.AnyEnd() ? new SearchData(numbers, modSeq) : null;
    }

    public static ESearchData? ReadESearch(ref ImapReader reader, int nestingMax)
    {
        var data = new ESearchData();
        reader.Gap();
        if (reader.TryTake((byte)'(') && !ReadCorrelators(ref reader, data, nestingMax))
        {
            return null;
        }

        reader.Gap();
        data.IsUid = reader.TryKeyword("UID"u8);
        while (reader.Gap() && reader.Peek() is not (-1 or '\r' or '\n'))
        {
            if (!ReadItem(ref reader, data, nestingMax))
            {
                return null;
            }
        }

        return reader.AnyEnd() ? data : null;
    }

    private static bool ReadCorrelators(ref ImapReader reader, ESearchData data, int nestingMax)
    {
        Span<char> word = stackalloc char[16];
        while (reader.More())
        {
            if (!reader.Word(word, out var length) || !reader.Gap())
            {
                return false;
            }

            switch (word[..length])
            {
                case "TAG":
                    if (!reader.TextOrEmpty(out var tag))
                    {
                        return false;
                    }

                    data.Tag = tag;
                    break;
                case "MAILBOX":
                    if (!reader.AnyMailbox(out var mailbox))
                    {
                        return false;
                    }

                    data.Mailbox = mailbox;
                    break;
                case "UIDVALIDITY":
                    if (!reader.Number(out var validity))
                    {
                        return false;
                    }

                    data.UidValidity = validity;
                    break;
                default:
                    if (!reader.SkipValue(nestingMax))
                    {
                        return false;
                    }

                    break;
            }
        }

        return reader.Error is null;
    }

    private static bool ReadItem(ref ImapReader reader, ESearchData data, int nestingMax)
    {
        Span<char> word = stackalloc char[16];
        if (!reader.Word(word, out var length) || !reader.Gap())
        {
            return false;
        }

        switch (word[..length])
        {
            case "MIN":
                var isRead = reader.Number(out var number);
                data.Min = number;
                return isRead;
            case "MAX":
                isRead = reader.Number(out number);
                data.Max = number;
                return isRead;
            case "COUNT":
                isRead = reader.Number(out number);
                data.Count = number;
                return isRead;
            case "MODSEQ":
                isRead = reader.Number64(out var modSeq);
                data.ModSeq = modSeq;
                return isRead;
            case "ALL":
                isRead = reader.PlainSet(out var set);
                data.All = set;
                return isRead;
            case "PARTIAL": return ReadPartial(ref reader, data);
            default: return reader.SkipValue(nestingMax);
        }
    }

    // RFC 9394 §3.1: "(" range SP (set / NIL) ")".
    private static bool ReadPartial(ref ImapReader reader, ESearchData data)
    {
        if (!reader.OpenParen() || !PartialRange.Read(ref reader, out var range) || !reader.Gap())
        {
            return false;
        }

        data.Partial = range;
        NumSet? results = null;
        if (!reader.TryKeyword("NIL"u8) && !reader.PlainSet(out results))
        {
            return false;
        }

        data.PartialResults = results;
        return reader.Gap() && reader.CloseParen();
    }
}
