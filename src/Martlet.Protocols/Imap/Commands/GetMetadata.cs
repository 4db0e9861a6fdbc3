namespace Martlet.Protocols.Imap.Commands;

/// <summary>How far below the named entries GETMETADATA looks, RFC 5464 §4.2.2.</summary>
public enum MetadataDepth
{
    /// <summary>The entries themselves.</summary>
    Zero,

    /// <summary>Those immediately below, too.</summary>
    One,

    /// <summary>All below, too.</summary>
    Infinity,
}

/// <summary>GETMETADATA: RFC 5464 §4.2.</summary>
/// <param name="Mailbox">Mailbox; empty for the server.</param>
/// <param name="Entries">At least one, in lower case.</param>
public sealed record GetMetadataCommand(MailboxName Mailbox, IReadOnlyList<string> Entries)
{
    /// <summary>Bytes of the largest value wanted; null for any.</summary>
    public long? MaxSize { get; init; }

    /// <summary>How far below the entries to look.</summary>
    public MetadataDepth Depth { get; init; }

    /// <summary>Reads the arguments to the end; null after an error.</summary>
    /// <remarks>The options come before the mailbox in the grammar of RFC 5464 §5, and behind it in all its examples: both are read.</remarks>
    public static GetMetadataCommand? Read(ref ImapReader reader)
    {
        var (depth, maxSize) = (MetadataDepth.Zero, (long?)null);
        var hasOptions = false;
        if (!reader.Space())
        {
            return null;
        }

        if (reader.Peek() == '(')
        {
            hasOptions = true;
            if (!ReadOptions(ref reader, ref depth, ref maxSize) || !reader.Space())
            {
                return null;
            }
        }

        if (!reader.Mailbox(out var mailbox) || !reader.Space())
        {
            return null;
        }

        // Entries begin with a slash, quoted or not; options are words.
        if (!hasOptions && reader.Peek() == '(' && reader.PeekAt(1) is not ('/' or '"' or '{')
            && !(ReadOptions(ref reader, ref depth, ref maxSize) && reader.Space()))
        {
            return null;
        }

        return reader.Entries(out var entries) && reader.End() ? new GetMetadataCommand(mailbox, entries) { Depth = depth, MaxSize = maxSize } : null;
    }

    private static bool ReadOptions(ref ImapReader reader, ref MetadataDepth depth, ref long? maxSize)
    {
        if (!reader.OpenParen())
        {
            return false;
        }

        Span<char> word = stackalloc char[24];
        var count = 0;
        do
        {
            if (++count > reader.Limits.OptionsMax)
            {
                return reader.Fail("Too many options.", ImapErrorKind.Limit);
            }

            if (!reader.Word(word, out var length) || !reader.Space())
            {
                return false;
            }

            switch (word[..length])
            {
                case "MAXSIZE":
                    if (!reader.Number(out var size))
                    {
                        return false;
                    }

                    maxSize = size;
                    break;
                case "DEPTH":
                    if (!ReadDepth(ref reader, out depth))
                    {
                        return false;
                    }

                    break;
                default:
                    return reader.Fail("Unknown option.");
            }
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }

    private static bool ReadDepth(ref ImapReader reader, out MetadataDepth depth)
    {
        depth = reader.TryKeyword("0"u8) ? MetadataDepth.Zero : reader.TryKeyword("1"u8) ? MetadataDepth.One : MetadataDepth.Infinity;
        return depth != MetadataDepth.Infinity || reader.TryKeyword("INFINITY"u8) || reader.Fail("Expected 0, 1 or infinity.");
    }
}
