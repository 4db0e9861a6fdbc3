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

    /// <summary>A part of the numbers (RFC 9394 §3.1): <see cref="SearchCommand.Partial"/>.</summary>
    Partial = 1 << 5,
}

/// <summary>SEARCH and UID SEARCH: RFC 9051 §6.4.4.</summary>
/// <param name="Returns">What to answer.</param>
/// <param name="Key">What to look for.</param>
public sealed record SearchCommand(SearchReturns Returns, SearchKey Key)
{
    /// <summary>Which part; of use with <see cref="SearchReturns.Partial"/> only.</summary>
    public PartialRange Partial { get; init; }

    /// <summary>Some key is MODSEQ: CONDSTORE is used, and the answer carries the highest modseq found (RFC 7162 §3.1.5).</summary>
    public bool UsesModSeq { get; init; }

    /// <summary>Some key is a set of sequence numbers, other than <c>$</c>.</summary>
    public bool UsesSequenceNumbers { get; init; }

    /// <summary>
    /// A charset other than US-ASCII and UTF-8 was named: the answer is BADCHARSET, and the keys, which are in that charset, were not read. It is no
    /// error of the grammar, because a saved result is emptied by it (RFC 5182 §2.1).
    /// </summary>
    public bool IsCharsetUnknown { get; init; }

    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static SearchCommand? Read(ref ImapReader reader) => reader.Space() ? ReadProgram(ref reader, SearchReturns.None) : null;

    /// <summary>Reads <c>[search-return-opts SP] search-program</c> to the end.</summary>
    /// <param name="reader">Stands at the first byte.</param>
    /// <param name="implied">What is answered when the client does not say.</param>
    internal static SearchCommand? ReadProgram(ref ImapReader reader, SearchReturns implied)
    {
        var returns = implied;
        var partial = default(PartialRange);
        if (reader.TryKeyword("RETURN"u8) && !(reader.Space() && ReadReturns(ref reader, out returns, out partial) && reader.Space()))
        {
            return null;
        }

        if (reader.TryKeyword("CHARSET"u8))
        {
            if (!reader.Space() || !reader.AString(out var charset) || !reader.Space())
            {
                return null;
            }

            if (!System.Text.Ascii.EqualsIgnoreCase(charset, "UTF-8"u8) && !System.Text.Ascii.EqualsIgnoreCase(charset, "US-ASCII"u8))
            {
                return new SearchCommand(returns, new AllKey()) { IsCharsetUnknown = true };
            }
        }

        var keys = default(SearchKeyReader);
        return keys.ReadAll(ref reader, out var key) && reader.End()
            ? new SearchCommand(returns, key) { Partial = partial, UsesModSeq = keys.HasModSeq, UsesSequenceNumbers = keys.HasSequenceNumbers }
            : null;
    }

    private static bool ReadReturns(ref ImapReader reader, out SearchReturns returns, out PartialRange partial)
    {
        partial = default;
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
                "PARTIAL" => SearchReturns.Partial,
                _ => SearchReturns.None,
            };
            if (option == SearchReturns.None)
            {
                return reader.Fail("Unknown return option.");
            }

            if (option == SearchReturns.Partial)
            {
                // RFC 9394 §3.1: one only, and not together with ALL.
                if (returns.HasFlag(SearchReturns.Partial))
                {
                    return reader.Fail("PARTIAL may be given once.");
                }

                if (!reader.Space() || !PartialRange.Read(ref reader, out partial))
                {
                    return false;
                }
            }

            returns |= option;
        }
        while (reader.TryTake((byte)' '));

        const SearchReturns Both = SearchReturns.All | SearchReturns.Partial;
        return ((returns & Both) != Both || reader.Fail("ALL and PARTIAL exclude each other.")) && reader.CloseParen();
    }
}
