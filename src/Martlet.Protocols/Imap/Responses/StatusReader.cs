namespace Martlet.Protocols.Imap.Responses;

/// <summary>Reads resp-text of RFC 9051 §9: the response code and the text.</summary>
internal static class StatusReader
{
    /// <summary>Reads from behind the word OK, NO, BAD, BYE or PREAUTH to the end.</summary>
    public static StatusResponse? Read(ref ImapReader reader, string? tag, StatusKind kind)
    {
        reader.TryTake((byte)' ');
        ResponseCodeData? code = null;
        if (reader.Peek() == '[')
        {
            // The end of the code is looked for first, so that whatever is in it, the text is found. A bracket without an end is text.
            var rest = reader.Rest;
            var end = FindEnd(rest);
            if (end > 0)
            {
                reader.Take(end + 1, end + 1);
                code = ReadCode(ref reader, rest[1..end]);
                reader.TryTake((byte)' ');
            }
        }

        var text = reader.RestText();
        return reader.Error is null ? new StatusResponse(tag, kind, code, text) : null;
    }

    // The bracket that ends the code: not one inside of a quoted string. A literal in it (a charset) is read over by its line end.
    private static int FindEnd(ReadOnlySpan<byte> text)
    {
        var isQuoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when isQuoted: i++; break;
                case (byte)'"': isQuoted = !isQuoted; break;
                case (byte)']' when !isQuoted: return i;
            }
        }

        // Quotes that do not match, as in [BADCHARSET ("x)]: the first bracket it is.
        return text.IndexOf((byte)']');
    }

    private static ResponseCodeData? ReadCode(ref ImapReader outer, ReadOnlySpan<byte> content)
    {
        var reader = new ImapReader(content, outer.Limits, outer.IsUtf8);
        Span<char> word = stackalloc char[32];
        if (!reader.Run(ResponseText.AtomChar, "Expected a response code.", out var name))
        {
            return null;
        }

        var length = Math.Min(name.Length, word.Length);
        System.Text.Ascii.ToUpper(name[..length], word, out _);
        reader.Gap();
        var value = name.Length <= word.Length ? ReadArguments(ref reader, word[..length]) : null;
        outer.Take(0, reader.Steps + content.Length);
        return value is not null && reader.AnyEnd()
            ? value
            : new PlainCode(ResponseText.Decode(name).ToUpperInvariant(), ResponseText.Decode(content[name.Length..].TrimStart((byte)' ')));
    }

    private static ResponseCodeData? ReadArguments(ref ImapReader reader, scoped ReadOnlySpan<char> name)
    {
        switch (name)
        {
            case ResponseCode.UidNext: return Number(ref reader, ResponseCode.UidNext);
            case ResponseCode.UidValidity: return Number(ref reader, ResponseCode.UidValidity);
            case ResponseCode.Unseen: return Number(ref reader, ResponseCode.Unseen);
            case ResponseCode.HighestModSeq: return Number(ref reader, ResponseCode.HighestModSeq);
            case ResponseCode.Capability: return ServerDataReader.ReadWords(ref reader, out var names) ? new CapabilityCode(new CapabilitySet(names)) : null;
            case ResponseCode.PermanentFlags: return new FlagLists().Read(ref reader, out var flags, out var mayCreate) ? new PermanentFlagsCode(flags, mayCreate) : null;
            case ResponseCode.AppendUid:
                return reader.NzNumber(out var validity) && reader.Gap() && reader.PlainSet(out var uids) ? new AppendUidCode(validity, uids) : null;
            case ResponseCode.CopyUid:
                return reader.NzNumber(out validity) && reader.Gap() && reader.PlainSet(out var source) && reader.Gap() && reader.PlainSet(out var destination)
                    && CopyUidCode.Count(source) == CopyUidCode.Count(destination)
                    ? new CopyUidCode(validity, source, destination) : null;
            case ResponseCode.Modified: return reader.PlainSet(out var modified) ? new ModifiedCode(modified) : null;
            case ResponseCode.BadCharset:
                return reader.Peek() == -1 ? new BadCharsetCode([]) : reader.Texts(out var charsets) ? new BadCharsetCode(charsets) : null;
            case BadEventCode.NameOf: return reader.Texts(out var events) ? new BadEventCode(events) : null;
            case MetadataCode.NameOf: return Metadata(ref reader);
            case InProgressCode.NameOf: return InProgress(ref reader);
            default: return null;
        }
    }

    private static NumberCode? Number(ref ImapReader reader, string name) => reader.Number64(out var number) ? new NumberCode(name, number) : null;

    private static MetadataCode? Metadata(ref ImapReader reader)
    {
        if (!reader.TextOrEmpty(out var kind))
        {
            return null;
        }

        reader.Gap();
        long? bytes = null;
        if (reader.Peek() != -1)
        {
            if (!reader.Number64(out var number))
            {
                return null;
            }

            bytes = number;
        }

        return new MetadataCode(kind.ToUpperInvariant(), bytes);
    }

    private static InProgressCode? InProgress(ref ImapReader reader)
    {
        if (reader.Peek() == -1)
        {
            return new InProgressCode(Tag: null, Done: null, Goal: null);
        }

        return reader.OpenParen() && reader.Gap() && reader.AnyText(out var tag)
            && reader.Gap() && NumberOrNil(ref reader, out var done) && reader.Gap() && NumberOrNil(ref reader, out var goal)
            && reader.Gap() && reader.CloseParen()
            ? new InProgressCode(tag, done, goal)
            : null;
    }

    private static bool NumberOrNil(ref ImapReader reader, out long? number)
    {
        number = null;
        if (reader.TryKeyword("NIL"u8))
        {
            return true;
        }

        var isRead = reader.Number64(out var value);
        number = value;
        return isRead;
    }
}
