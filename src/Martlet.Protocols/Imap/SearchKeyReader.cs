using System.Diagnostics.CodeAnalysis;

namespace Martlet.Protocols.Imap;

/// <summary>Reads search keys by recursive descent with a bound on depth and number. Used by SEARCH, and by whatever else takes keys.</summary>
public ref struct SearchKeyReader
{
    private int _keys;
    private int _depth;

    /// <summary>A key read was MODSEQ.</summary>
    public bool HasModSeq { get; private set; }

    /// <summary>A key read was a set of sequence numbers; <c>$</c> is not counted, it stands for messages.</summary>
    public bool HasSequenceNumbers { get; private set; }

    /// <summary>One or more keys with a space between: all must match.</summary>
    /// <param name="reader">Stands at the first key.</param>
    /// <param name="key">The key itself if it is only one, else an <see cref="AndKey"/>.</param>
    public bool ReadAll(ref ImapReader reader, [NotNullWhen(true)] out SearchKey? key)
    {
        if (!Read(ref reader, out key))
        {
            return false;
        }

        if (reader.Peek() != ' ')
        {
            return true;
        }

        List<SearchKey> keys = [key];
        while (reader.TryTake((byte)' '))
        {
            if (!Read(ref reader, out key))
            {
                return false;
            }

            keys.Add(key);
        }

        key = new AndKey(keys);
        return true;
    }

    private bool Read(ref ImapReader reader, [NotNullWhen(true)] out SearchKey? key)
    {
        key = null;
        if (++_keys > reader.Limits.SearchKeysMax)
        {
            return reader.Fail("Too many search keys.", ImapErrorKind.Limit);
        }

        if (++_depth > reader.Limits.SearchDepthMax)
        {
            return reader.Fail("The search is nested too deep.", ImapErrorKind.Limit);
        }

        key = reader.Peek() switch
        {
            '(' => ReadGroup(ref reader),
            (>= '0' and <= '9') or '*' or '$' => ReadSequenceNumbers(ref reader),
            _ => ReadWord(ref reader),
        };
        _depth--;
        return key is not null;
    }

    private SeqKey? ReadSequenceNumbers(ref ImapReader reader)
    {
        if (!reader.SequenceSet(out var messages))
        {
            return null;
        }

        HasSequenceNumbers |= !messages.IsSavedResult;
        return new SeqKey(messages);
    }

    private SearchKey? ReadGroup(ref ImapReader reader) =>
        reader.OpenParen() && ReadAll(ref reader, out var key) && reader.CloseParen() ? key : null;

    private SearchKey? ReadWord(ref ImapReader reader)
    {
        Span<char> word = stackalloc char[24];
        if (!reader.Word(word, out var length))
        {
            return null;
        }

        switch (word[..length])
        {
            case "ALL": return new AllKey();
            case "ANSWERED": return new FlagKey(Flag.Answered, IsSet: true);
            case "UNANSWERED": return new FlagKey(Flag.Answered, IsSet: false);
            case "DELETED": return new FlagKey(Flag.Deleted, IsSet: true);
            case "UNDELETED": return new FlagKey(Flag.Deleted, IsSet: false);
            case "DRAFT": return new FlagKey(Flag.Draft, IsSet: true);
            case "UNDRAFT": return new FlagKey(Flag.Draft, IsSet: false);
            case "FLAGGED": return new FlagKey(Flag.Flagged, IsSet: true);
            case "UNFLAGGED": return new FlagKey(Flag.Flagged, IsSet: false);
            case "SEEN": return new FlagKey(Flag.Seen, IsSet: true);
            case "UNSEEN": return new FlagKey(Flag.Seen, IsSet: false);
            case "KEYWORD": return ReadKeyword(ref reader, isSet: true);
            case "UNKEYWORD": return ReadKeyword(ref reader, isSet: false);
            case "NEW": return new AndKey([new RecentKey(IsRecent: true), new FlagKey(Flag.Seen, IsSet: false)]);
            case "OLD": return new RecentKey(IsRecent: false);
            case "RECENT": return new RecentKey(IsRecent: true);
            case "BCC": return ReadText(ref reader, SearchField.Bcc);
            case "CC": return ReadText(ref reader, SearchField.Cc);
            case "FROM": return ReadText(ref reader, SearchField.From);
            case "TO": return ReadText(ref reader, SearchField.To);
            case "SUBJECT": return ReadText(ref reader, SearchField.Subject);
            case "BODY": return ReadText(ref reader, SearchField.Body);
            case "TEXT": return ReadText(ref reader, SearchField.Text);
            case "HEADER": return ReadHeader(ref reader);
            case "BEFORE": return ReadDate(ref reader, SearchDate.Internal, SearchDateComparison.Before);
            case "ON": return ReadDate(ref reader, SearchDate.Internal, SearchDateComparison.On);
            case "SINCE": return ReadDate(ref reader, SearchDate.Internal, SearchDateComparison.Since);
            case "SENTBEFORE": return ReadDate(ref reader, SearchDate.Sent, SearchDateComparison.Before);
            case "SENTON": return ReadDate(ref reader, SearchDate.Sent, SearchDateComparison.On);
            case "SENTSINCE": return ReadDate(ref reader, SearchDate.Sent, SearchDateComparison.Since);
            case "SAVEDBEFORE": return ReadDate(ref reader, SearchDate.Saved, SearchDateComparison.Before);
            case "SAVEDON": return ReadDate(ref reader, SearchDate.Saved, SearchDateComparison.On);
            case "SAVEDSINCE": return ReadDate(ref reader, SearchDate.Saved, SearchDateComparison.Since);
            case "SAVEDATESUPPORTED": return new SaveDateSupportedKey();
            case "LARGER": return reader.Space() && reader.Number64(out var larger) ? new SizeKey(IsLarger: true, larger) : null;
            case "SMALLER": return reader.Space() && reader.Number64(out var smaller) ? new SizeKey(IsLarger: false, smaller) : null;
            case "OLDER": return reader.Space() && reader.NzNumber(out var older) ? new AgeKey(IsOlder: true, older) : null;
            case "YOUNGER": return reader.Space() && reader.NzNumber(out var younger) ? new AgeKey(IsOlder: false, younger) : null;
            case "MODSEQ": return ReadModSeq(ref reader);
            case "UID": return reader.Space() && reader.SequenceSet(out var uids) ? new UidKey(uids) : null;
            case "NOT": return reader.Space() && Read(ref reader, out var not) ? new NotKey(not) : null;
            case "OR":
                return reader.Space() && Read(ref reader, out var left) && reader.Space() && Read(ref reader, out var right)
                    ? new OrKey(left, right) : null;
            default:
                reader.Fail("Unknown search key.");
                return null;
        }
    }

    private static FlagKey? ReadKeyword(ref ImapReader reader, bool isSet)
    {
        if (!reader.Space() || !reader.Flag(out var flag))
        {
            return null;
        }

        if (flag.IsSystem)
        {
            reader.Fail("Expected a keyword."); // RFC 9051 §9: flag-keyword.
            return null;
        }

        return new FlagKey(flag, isSet);
    }

    private static TextKey? ReadText(ref ImapReader reader, SearchField field) =>
        reader.Space() && ReadValue(ref reader, out var value) ? new TextKey(field, value) : null;

    private static HeaderKey? ReadHeader(ref ImapReader reader) =>
        reader.Space() && ReadValue(ref reader, out var name) && reader.Space() && ReadValue(ref reader, out var value) ? new HeaderKey(name, value) : null;

    private static bool ReadValue(ref ImapReader reader, [NotNullWhen(true)] out string? value)
    {
        value = null;
        return reader.AString(out var bytes)
            && (bytes.Length <= reader.Limits.SearchTextBytesMax || reader.Fail("The string to search for is too long.", ImapErrorKind.Limit))
            && reader.ToText(bytes, out value);
    }

    private static DateKey? ReadDate(ref ImapReader reader, SearchDate date, SearchDateComparison comparison) =>
        reader.Space() && reader.Date(out var day) ? new DateKey(date, comparison, day) : null;

    private ModSeqKey? ReadModSeq(ref ImapReader reader)
    {
        HasModSeq = true;
        if (!reader.Space())
        {
            return null;
        }

        if (reader.Peek() == '"')
        {
            if (!reader.QuotedString(out var entry) || !reader.Space())
            {
                return null;
            }

            var isFlag = entry.Length > "/flags/"u8.Length && System.Text.Ascii.EqualsIgnoreCase(entry[.."/flags/"u8.Length], "/flags/"u8);
            if (!isFlag || !(reader.TryKeyword("all"u8) || reader.TryKeyword("priv"u8) || reader.TryKeyword("shared"u8)))
            {
                reader.Fail("Expected \"/flags/\" with a flag, and all, priv or shared.");
                return null;
            }

            if (!reader.Space())
            {
                return null;
            }
        }

        return reader.Number64(out var modSeq) ? new ModSeqKey(modSeq) : null;
    }
}
