namespace Martlet.Protocols.Imap.Responses;

/// <summary>
/// Reads the items of one FETCH response, in one go or in pieces: message data that is streamed ends a piece, and reading goes on behind it, so that every byte
/// of the text is read once.
/// </summary>
internal sealed class FetchReader(FlagLists flagLists, int nestingMax)
{
    private FetchData? _data;
    private int _position;
    private bool _isFirst;

    /// <summary>A response has begun with <see cref="ReadPiece"/> and is not yet finished.</summary>
    public bool IsOpen => _data is not null;

    /// <summary>Where the next piece begins.</summary>
    public int Position => _position;

    /// <summary>Starts behind the word FETCH.</summary>
    public void Begin(FetchData data)
    {
        _data = data;
        _isFirst = true;
        _position = 0;
    }

    /// <summary>Forgets a response.</summary>
    public void Reset() => _data = null;

    /// <summary>Reads up to a literal header that ends the text; the data of that literal is streamed.</summary>
    /// <param name="reader">From <see cref="Position"/> on, or behind the word FETCH.</param>
    /// <param name="textLength">Length of the text so far.</param>
    /// <returns>What is known so far: the last section is the one to come. Null if the text is not the grammar.</returns>
    public FetchData? ReadPiece(ref ImapReader reader, int textLength)
    {
        var isRead = ReadItems(ref reader, isPiece: true);
        _position = textLength;
        return isRead && _data!.Sections is [.., { IsStreamed: true }] ? _data : null;
    }

    /// <summary>Reads to the end of the response.</summary>
    public FetchData? ReadAll(ref ImapReader reader)
    {
        var data = ReadItems(ref reader, isPiece: false) && reader.AnyEnd() ? _data : null;
        _data = null;
        return data;
    }

    private bool ReadItems(ref ImapReader reader, bool isPiece)
    {
        if (_isFirst && !(reader.Gap() && reader.OpenParen()))
        {
            return false;
        }

        _isFirst = false;
        while (reader.More())
        {
            if (!ReadItem(ref reader, _data!, isPiece))
            {
                return false;
            }

            if (isPiece && reader.Rest.IsEmpty)
            {
                return true;
            }
        }

        return reader.Error is null && !isPiece;
    }

    private bool ReadItem(ref ImapReader reader, FetchData data, bool isPiece)
    {
        Span<char> word = stackalloc char[24];
        if (!reader.Word(word, out var length))
        {
            return false;
        }

        switch (word[..length])
        {
            case "FLAGS":
                var isRead = reader.Gap() & flagLists.Read(ref reader, out var flags, out _);
                data.Flags = flags;
                return isRead;
            case "UID":
                if (!reader.Gap() || !reader.Number(out var uid))
                {
                    return false;
                }

                data.Uid = uid;
                return true;
            case "MODSEQ": return ReadModSeq(ref reader, data);
            case "RFC822.SIZE":
                if (!reader.Gap() || !reader.AnyNumber(out var size))
                {
                    return false;
                }

                data.Size = size;
                return true;
            case "INTERNALDATE":
                isRead = ReadDate(ref reader, out var date);
                data.InternalDate = date;
                return isRead;
            case "SAVEDATE":
                isRead = ReadDate(ref reader, out date);
                data.SaveDate = date;
                return isRead;
            case "PREVIEW":
                isRead = reader.Gap() & reader.AnyText(out var preview);
                data.Preview = preview;
                return isRead;
            case "ENVELOPE":
                isRead = reader.Gap() & EnvelopeReader.Read(ref reader, out var envelope);
                data.Envelope = envelope;
                return isRead;
            case "BODY" when reader.Peek() == '[': return ReadSection(ref reader, data, FetchItemKind.Section, isPiece);
            case "BODY" or "BODYSTRUCTURE":
                isRead = reader.Gap() & new BodyStructureReader(nestingMax).Read(ref reader, out var structure);
                data.Structure = structure;
                return isRead;
            case "BINARY": return ReadSection(ref reader, data, FetchItemKind.Binary, isPiece);
            case "BINARY.SIZE": return ReadBinarySize(ref reader, data);
            case "RFC822": return ReadData(ref reader, data, FetchItemKind.Rfc822, section: null, origin: null, isPiece);
            case "RFC822.HEADER": return ReadData(ref reader, data, FetchItemKind.Rfc822Header, section: null, origin: null, isPiece);
            case "RFC822.TEXT": return ReadData(ref reader, data, FetchItemKind.Rfc822Text, section: null, origin: null, isPiece);
            default: return SkipUnknown(ref reader);
        }
    }

    // An item not known: a name, perhaps with a section in brackets, and one value.
    private bool SkipUnknown(ref ImapReader reader)
    {
        if (reader.Peek() == '[')
        {
            var end = reader.Rest.IndexOf((byte)']') + 1;
            reader.Take(end, end);
            if (end == 0)
            {
                return reader.Fail("Expected ']' after the section.");
            }
        }

        return reader.Gap() && reader.SkipValue(nestingMax);
    }

    private static bool ReadModSeq(ref ImapReader reader, FetchData data)
    {
        if (!reader.Gap() || !reader.OpenParen() || !reader.Number64(out var modSeq) || !reader.CloseParen())
        {
            return false;
        }

        data.ModSeq = modSeq;
        return true;
    }

    private static bool ReadDate(ref ImapReader reader, out DateTimeOffset? date)
    {
        date = null;
        reader.Gap();
        if (reader.Peek() != '"')
        {
            return reader.AnyString(out _, out _);
        }

        // A date that does not exist is no reason to lose the message: it is read again as what it is, a quoted string.
        var quoted = new ImapReader(reader.Rest, reader.Limits, utf8: false);
        if (quoted.DateTime(out var moment))
        {
            date = moment;
        }

        return reader.AnyQuoted(out _);
    }

    private static bool ReadSection(ref ImapReader reader, FetchData data, FetchItemKind kind, bool isPiece)
    {
        if (Section.Read(ref reader) is not { } section)
        {
            return false;
        }

        long? origin = null;
        if (reader.TryTake((byte)'<'))
        {
            if (!reader.Number64(out var offset))
            {
                return false;
            }

            // Some servers repeat the size that was asked for.
            if ((reader.TryTake((byte)'.') && !reader.Number64(out _)) || !reader.Byte((byte)'>', "Expected '>' after the origin."))
            {
                return false;
            }

            origin = offset;
        }

        return ReadData(ref reader, data, kind, section, origin, isPiece);
    }

    private static bool ReadBinarySize(ref ImapReader reader, FetchData data)
    {
        if (Section.ReadBinary(ref reader) is not { } section || !reader.Gap() || !reader.AnyNumber(out var bytes))
        {
            return false;
        }

        data.Add(new FetchSection(FetchItemKind.BinarySize, section, Origin: null, bytes, Data: null));
        return true;
    }

    private static bool ReadData(ref ImapReader reader, FetchData data, FetchItemKind kind, Section? section, long? origin, bool isPiece)
    {
        reader.Gap();
        if (isPiece && reader.Peek() is '{' or '~')
        {
            var before = reader;
            if (reader.LiteralHeader(out var header) && reader.Rest.IsEmpty)
            {
                data.Add(new FetchSection(kind, section, origin, header.Bytes, Data: null) { IsStreamed = true });
                return true;
            }

            reader = before;
        }

        if (!reader.AnyString(out var bytes, out var isNil))
        {
            return false;
        }

        reader.Take(0, bytes.Length);
        data.Add(new FetchSection(kind, section, origin, isNil ? 0 : bytes.Length, isNil ? (ReadOnlyMemory<byte>?)null : bytes.ToArray()));
        return true;
    }
}
