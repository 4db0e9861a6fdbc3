namespace Martlet.Protocols.Imap.Commands;

/// <summary>Return options of SEARCH, RFC 9051 §6.4.4.</summary>
[Flags]
public enum SearchReturns
{
    /// <summary>No RETURN was given: an IMAP4rev1 session gets the SEARCH response.</summary>
    None = 0,

    /// <summary>The smallest number.</summary>
    Min = 1,

    /// <summary>The largest number.</summary>
    Max = 1 << 1,

    /// <summary>All numbers. <c>RETURN ()</c> means this too.</summary>
    All = 1 << 2,

    /// <summary>How many.</summary>
    Count = 1 << 3,

    /// <summary>Keep the result as <c>$</c> (RFC 9051 §6.4.4.1).</summary>
    Save = 1 << 4,
}

/// <summary>SEARCH and UID SEARCH: RFC 9051 §6.4.4.</summary>
/// <param name="Returns">What to answer.</param>
/// <param name="Key">What to look for.</param>
public sealed record SearchCommand(SearchReturns Returns, SearchKey Key)
{
    /// <summary>Reads the arguments to the end; null after an error. Another charset than US-ASCII and UTF-8 is <see cref="ImapErrorKind.Charset"/>.</summary>
    public static SearchCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space())
        {
            return null;
        }

        var returns = SearchReturns.None;
        if (reader.TryKeyword("RETURN"u8) && !(reader.Space() && ReadReturns(ref reader, out returns) && reader.Space()))
        {
            return null;
        }

        if (reader.TryKeyword("CHARSET"u8) && !ReadCharset(ref reader))
        {
            return null;
        }

        var keys = default(SearchKeyReader);
        return keys.ReadAll(ref reader, out var key) && reader.End() ? new SearchCommand(returns, key) : null;
    }

    private static bool ReadReturns(ref ImapReader reader, out SearchReturns returns)
    {
        returns = SearchReturns.All;
        if (!reader.OpenParen() || reader.TryTake((byte)')'))
        {
            return reader.Error is null;
        }

        returns = SearchReturns.None;
        Span<char> word = stackalloc char[16];
        do
        {
            if (!reader.Word(word, out var length))
            {
                return false;
            }

            var option = word[..length] switch
            {
                "MIN" => SearchReturns.Min,
                "MAX" => SearchReturns.Max,
                "ALL" => SearchReturns.All,
                "COUNT" => SearchReturns.Count,
                "SAVE" => SearchReturns.Save,
                _ => SearchReturns.None,
            };
            if (option == SearchReturns.None)
            {
                return reader.Fail("Unknown return option.");
            }

            returns |= option;
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }

    private static bool ReadCharset(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.AString(out var charset))
        {
            return false;
        }

        var isKnown = System.Text.Ascii.EqualsIgnoreCase(charset, "UTF-8"u8) || System.Text.Ascii.EqualsIgnoreCase(charset, "US-ASCII"u8);
        return (isKnown || reader.Fail("Only US-ASCII and UTF-8 are known.", ImapErrorKind.Charset)) && reader.Space();
    }
}
