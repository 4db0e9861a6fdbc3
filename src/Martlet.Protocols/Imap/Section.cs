namespace Martlet.Protocols.Imap;

/// <summary>What of a part a section names, RFC 9051 §6.4.5.1.</summary>
public enum SectionText
{
    /// <summary>The part itself, or the whole message if the path is empty.</summary>
    Whole,

    /// <summary><c>HEADER</c>: the header of the message or of a message/rfc822 part.</summary>
    Header,

    /// <summary><c>HEADER.FIELDS (…)</c>: only these fields.</summary>
    HeaderFields,

    /// <summary><c>HEADER.FIELDS.NOT (…)</c>: all but these fields.</summary>
    HeaderFieldsNot,

    /// <summary><c>TEXT</c>: the body without the header.</summary>
    Text,

    /// <summary><c>MIME</c>: the MIME header of the part; the path is not empty.</summary>
    Mime,
}

/// <summary>section of RFC 9051 §9: which bytes of a message <c>BODY[…]</c> and <c>BINARY[…]</c> fetch.</summary>
/// <param name="Path">Part numbers from 1, outermost first; empty for the message itself.</param>
/// <param name="Text">What of that part.</param>
/// <param name="Fields">Field names as the client spelled them, for the two HEADER.FIELDS forms; else empty.</param>
public sealed record Section(IReadOnlyList<uint> Path, SectionText Text, IReadOnlyList<string> Fields)
{
    /// <summary><c>[]</c>: the whole message.</summary>
    public static Section Message { get; } = new([], SectionText.Whole, []);

    /// <summary>Reads a section with its brackets.</summary>
    public static Section? Read(ref ImapReader reader)
    {
        if (!reader.Byte((byte)'[', "Expected '['."))
        {
            return null;
        }

        if (reader.TryTake((byte)']'))
        {
            return Message;
        }

        List<uint> path = [];
        if (!ReadPath(ref reader, path, out var isTextNext))
        {
            return null;
        }

        var text = SectionText.Whole;
        IReadOnlyList<string> fields = [];
        if (isTextNext && !ReadText(ref reader, path.Count > 0, out text, out fields))
        {
            return null;
        }

        return reader.Byte((byte)']', "Expected ']' after the section.") ? new Section(path, text, fields) : null;
    }

    /// <summary>Reads a section-binary with its brackets: only part numbers, or nothing (RFC 3516 §4.2).</summary>
    public static Section? ReadBinary(ref ImapReader reader)
    {
        var section = Read(ref reader);
        if (section is not null && section.Text != SectionText.Whole)
        {
            reader.Fail("BINARY takes part numbers only.");
            return null;
        }

        return section;
    }

    private static bool ReadPath(ref ImapReader reader, List<uint> path, out bool isTextNext)
    {
        isTextNext = true;
        while (reader.Peek() is >= '0' and <= '9')
        {
            if (!reader.NzNumber(out var number))
            {
                return false;
            }

            if (path.Count >= reader.Limits.SectionDepthMax)
            {
                return reader.Fail("The section is nested too deep.", ImapErrorKind.Limit);
            }

            path.Add(number);
            isTextNext = reader.TryTake((byte)'.');
            if (!isTextNext)
            {
                return true;
            }
        }

        return true;
    }

    private static bool ReadText(ref ImapReader reader, bool isPart, out SectionText text, out IReadOnlyList<string> fields)
    {
        text = SectionText.Whole;
        fields = [];
        Span<char> word = stackalloc char[24];
        if (!reader.Word(word, out var length))
        {
            return false;
        }

        switch (word[..length])
        {
            case "HEADER": text = SectionText.Header; return true;
            case "TEXT": text = SectionText.Text; return true;
            case "MIME" when isPart: text = SectionText.Mime; return true;
            case "HEADER.FIELDS": text = SectionText.HeaderFields; break;
            case "HEADER.FIELDS.NOT": text = SectionText.HeaderFieldsNot; break;
            default: return reader.Fail("Unknown section.");
        }

        return ReadFields(ref reader, out fields);
    }

    private static bool ReadFields(ref ImapReader reader, out IReadOnlyList<string> fields)
    {
        List<string> names = [];
        fields = names;
        if (!reader.Space() || !reader.OpenParen())
        {
            return false;
        }

        do
        {
            if (names.Count >= reader.Limits.SectionFieldsMax)
            {
                return reader.Fail("Too many header fields.", ImapErrorKind.Limit);
            }

            if (!reader.AStringText(out var name))
            {
                return false;
            }

            names.Add(name);
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }
}
