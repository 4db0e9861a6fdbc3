namespace Martlet.Protocols.Imap;

/// <summary>Data items of FETCH, RFC 9051 §6.4.5 and the extensions named.</summary>
public enum FetchItemKind
{
    /// <summary><c>FLAGS</c></summary>
    Flags,

    /// <summary><c>UID</c></summary>
    Uid,

    /// <summary><c>INTERNALDATE</c></summary>
    InternalDate,

    /// <summary><c>RFC822.SIZE</c></summary>
    Size,

    /// <summary><c>ENVELOPE</c></summary>
    Envelope,

    /// <summary><c>BODY</c>: the structure without extension data.</summary>
    Body,

    /// <summary><c>BODYSTRUCTURE</c></summary>
    BodyStructure,

    /// <summary><c>BODY[…]</c> and <c>BODY.PEEK[…]</c></summary>
    Section,

    /// <summary><c>RFC822</c>: the whole message, answered under this name (RFC 3501 §6.4.5).</summary>
    Rfc822,

    /// <summary><c>RFC822.HEADER</c>: the header, without setting \Seen (RFC 3501 §6.4.5).</summary>
    Rfc822Header,

    /// <summary><c>RFC822.TEXT</c> (RFC 3501 §6.4.5).</summary>
    Rfc822Text,

    /// <summary><c>BINARY[…]</c> and <c>BINARY.PEEK[…]</c> (RFC 3516 §4.2).</summary>
    Binary,

    /// <summary><c>BINARY.SIZE[…]</c> (RFC 3516 §4.2).</summary>
    BinarySize,

    /// <summary><c>MODSEQ</c> (RFC 7162 §3.1.5).</summary>
    ModSeq,

    /// <summary><c>SAVEDATE</c> (RFC 8514 §4.1).</summary>
    SaveDate,

    /// <summary><c>PREVIEW</c> (RFC 8970 §3.1).</summary>
    Preview,
}

/// <summary>partial of RFC 9051 §9.</summary>
/// <param name="Offset">First byte wanted, from 0.</param>
/// <param name="Count">Bytes wanted, at least 1.</param>
public readonly record struct FetchPartial(long Offset, long Count);

/// <summary>One data item a client asks for.</summary>
/// <param name="Kind">Which.</param>
public sealed record FetchItem(FetchItemKind Kind)
{
    /// <summary>The section, for <see cref="FetchItemKind.Section"/>, <see cref="FetchItemKind.Binary"/> and <see cref="FetchItemKind.BinarySize"/>; else null.</summary>
    public Section? Section { get; init; }

    /// <summary>Only these bytes of the section; answered with <c>&lt;offset&gt;</c>.</summary>
    public FetchPartial? Partial { get; init; }

    /// <summary>Asked with <c>.PEEK</c>.</summary>
    public bool IsPeek { get; init; }

    /// <summary><c>PREVIEW (LAZY)</c>: NIL is a good answer if the preview is not at hand (RFC 8970 §4.1).</summary>
    public bool IsLazy { get; init; }

    /// <summary>Fetching it sets \Seen in a mailbox open for writing.</summary>
    public bool SetsSeen => Kind switch
    {
        FetchItemKind.Section or FetchItemKind.Binary => !IsPeek,
        FetchItemKind.Rfc822 or FetchItemKind.Rfc822Text => true,
        _ => false,
    };

    private static readonly FetchItem[] Fast = [new(FetchItemKind.Flags), new(FetchItemKind.InternalDate), new(FetchItemKind.Size)];

    /// <summary>Reads a macro, one item or a list in parentheses. Macros are spelled out (RFC 9051 §6.4.5); they may not stand in a list.</summary>
    /// <returns>At least one item, at most <see cref="ImapLimits.FetchItemsMax"/>; null after an error.</returns>
    public static IReadOnlyList<FetchItem>? ReadItems(ref ImapReader reader)
    {
        if (reader.TryKeyword("FAST"u8))
        {
            return Fast;
        }

        if (reader.TryKeyword("ALL"u8))
        {
            return [.. Fast, new(FetchItemKind.Envelope)];
        }

        if (reader.TryKeyword("FULL"u8))
        {
            return [.. Fast, new(FetchItemKind.Envelope), new(FetchItemKind.Body)];
        }

        if (!reader.TryTake((byte)'('))
        {
            return Read(ref reader) is { } single ? [single] : null;
        }

        List<FetchItem> items = [];
        do
        {
            if (items.Count >= reader.Limits.FetchItemsMax)
            {
                reader.Fail("Too many data items.", ImapErrorKind.Limit);
                return null;
            }

            if (Read(ref reader) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen() ? items : null;
    }

    /// <summary>Reads one item.</summary>
    public static FetchItem? Read(ref ImapReader reader)
    {
        Span<char> word = stackalloc char[16];
        if (!reader.Word(word, out var length))
        {
            return null;
        }

        var isSection = reader.Peek() == '[';
        switch (word[..length])
        {
            case "FLAGS": return new(FetchItemKind.Flags);
            case "UID": return new(FetchItemKind.Uid);
            case "INTERNALDATE": return new(FetchItemKind.InternalDate);
            case "RFC822.SIZE": return new(FetchItemKind.Size);
            case "ENVELOPE": return new(FetchItemKind.Envelope);
            case "BODYSTRUCTURE": return new(FetchItemKind.BodyStructure);
            case "BODY" when isSection: return WithSection(ref reader, FetchItemKind.Section, isPeek: false);
            case "BODY": return new(FetchItemKind.Body);
            case "BODY.PEEK": return WithSection(ref reader, FetchItemKind.Section, isPeek: true);
            case "RFC822": return new(FetchItemKind.Rfc822);
            case "RFC822.HEADER": return new(FetchItemKind.Rfc822Header);
            case "RFC822.TEXT": return new(FetchItemKind.Rfc822Text);
            case "BINARY": return WithSection(ref reader, FetchItemKind.Binary, isPeek: false);
            case "BINARY.PEEK": return WithSection(ref reader, FetchItemKind.Binary, isPeek: true);
            case "BINARY.SIZE": return WithSection(ref reader, FetchItemKind.BinarySize, isPeek: true);
            case "MODSEQ": return new(FetchItemKind.ModSeq);
            case "SAVEDATE": return new(FetchItemKind.SaveDate);
            case "PREVIEW": return ReadPreview(ref reader);
            default:
                reader.Fail("Unknown data item.");
                return null;
        }
    }

    private static FetchItem? WithSection(ref ImapReader reader, FetchItemKind kind, bool isPeek)
    {
        var section = kind == FetchItemKind.Section ? Imap.Section.Read(ref reader) : Imap.Section.ReadBinary(ref reader);
        if (section is null)
        {
            return null;
        }

        FetchPartial? partial = null;
        if (kind != FetchItemKind.BinarySize && reader.TryTake((byte)'<'))
        {
            if (!reader.Number64(out var offset) || !reader.Byte((byte)'.', "Expected '.' in the partial range.")
                || !reader.Number64(out var count) || !reader.Byte((byte)'>', "Expected '>' after the partial range."))
            {
                return null;
            }

            if (count == 0)
            {
                reader.Fail("A partial range has at least one byte.");
                return null;
            }

            partial = new FetchPartial(offset, count);
        }

        return new FetchItem(kind) { Section = section, Partial = partial, IsPeek = isPeek };
    }

    private static FetchItem? ReadPreview(ref ImapReader reader)
    {
        // RFC 8970 §6. "FETCH 1 PREVIEW (CHANGEDSINCE 5)" has a parenthesis too, of the command.
        var lazy = " (LAZY"u8;
        var isLazy = reader.Rest.Length >= lazy.Length && System.Text.Ascii.EqualsIgnoreCase(reader.Rest[..lazy.Length], lazy);
        if (!isLazy || !reader.Space())
        {
            return new(FetchItemKind.Preview);
        }

        return reader.OpenParen() && reader.Keyword("LAZY"u8) && reader.CloseParen() ? new(FetchItemKind.Preview) { IsLazy = true } : null;
    }
}
