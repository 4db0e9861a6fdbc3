namespace Martlet.Protocols.Imap.Commands;

/// <summary>Selection options of LIST, RFC 5258 §3.1.</summary>
[Flags]
public enum ListSelections
{
    /// <summary>All mailboxes.</summary>
    None = 0,

    /// <summary>Subscribed names, also of mailboxes that do not exist.</summary>
    Subscribed = 1,

    /// <summary>Remote mailboxes too.</summary>
    Remote = 1 << 1,

    /// <summary>Also those whose children match. Only together with another selection.</summary>
    RecursiveMatch = 1 << 2,

    /// <summary>Those with a special use, RFC 6154 §5.1.</summary>
    SpecialUse = 1 << 3,
}

/// <summary>Return options of LIST, RFC 5258 §3.2; STATUS has its own property.</summary>
[Flags]
public enum ListReturns
{
    /// <summary>Nothing more.</summary>
    None = 0,

    /// <summary>\Subscribed.</summary>
    Subscribed = 1,

    /// <summary>\HasChildren and \HasNoChildren.</summary>
    Children = 1 << 1,

    /// <summary>Special-use attributes, RFC 6154 §5.2.</summary>
    SpecialUse = 1 << 2,
}

/// <summary>LIST: RFC 9051 §6.3.9, RFC 5258 §3.</summary>
/// <param name="Reference">Put before each pattern as it stands; usually empty.</param>
/// <param name="Patterns">At least one, with <c>*</c> and <c>%</c>. A single empty one asks for the separator.</param>
public sealed record ListCommand(MailboxName Reference, IReadOnlyList<string> Patterns)
{
    /// <summary>Which mailboxes.</summary>
    public ListSelections Selections { get; init; }

    /// <summary>What about them.</summary>
    public ListReturns Returns { get; init; }

    /// <summary>STATUS responses to send with them, RFC 5819 §2.</summary>
    public StatusItems Status { get; init; }

    /// <summary>Entries to send with them in METADATA responses, RFC 9590; usually none.</summary>
    public IReadOnlyList<string> Metadata { get; init; } = [];

    /// <summary>
    /// The client used some part of the extended syntax. In a basic LIST an empty pattern asks for the separator; in an extended one it matches nothing (RFC 5258 §3).
    /// </summary>
    public bool IsExtended { get; init; }

    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static ListCommand? Read(ref ImapReader reader)
    {
        var selections = ListSelections.None;
        var returns = new Returned();
        var isExtended = false;
        if (!reader.Space())
        {
            return null;
        }

        if (reader.Peek() == '(')
        {
            isExtended = true;
            if (!ReadSelections(ref reader, out selections) || !reader.Space())
            {
                return null;
            }
        }

        if (!reader.Mailbox(out var reference) || !reader.Space())
        {
            return null;
        }

        isExtended |= reader.Peek() == '(';
        List<string> patterns = [];
        if (!ReadPatterns(ref reader, patterns))
        {
            return null;
        }

        if (reader.TryTake((byte)' '))
        {
            isExtended = true;
            if (!reader.Keyword("RETURN"u8) || !reader.Space() || !ReadReturns(ref reader, ref returns))
            {
                return null;
            }
        }

        return !reader.End() ? null : new ListCommand(reference, patterns)
        {
            Selections = selections,
            Returns = returns.Options,
            Status = returns.Status,
            Metadata = returns.Metadata ?? [],
            IsExtended = isExtended,
        };
    }

    private static bool ReadSelections(ref ImapReader reader, out ListSelections selections)
    {
        selections = ListSelections.None;
        if (!reader.OpenParen() || reader.TryTake((byte)')'))
        {
            return reader.Error is null;
        }

        Span<char> word = stackalloc char[24];
        do
        {
            if (!reader.Word(word, out var length))
            {
                return false;
            }

            var option = word[..length] switch
            {
                "SUBSCRIBED" => ListSelections.Subscribed,
                "REMOTE" => ListSelections.Remote,
                "RECURSIVEMATCH" => ListSelections.RecursiveMatch,
                "SPECIAL-USE" => ListSelections.SpecialUse,
                _ => ListSelections.None,
            };
            if (option == ListSelections.None)
            {
                return reader.Fail("Unknown selection option.");
            }

            selections |= option;
        }
        while (reader.TryTake((byte)' '));

        // RFC 5258 §3.1: RECURSIVEMATCH needs an option other than REMOTE beside it.
        var isAlone = (selections & (ListSelections.Subscribed | ListSelections.SpecialUse)) == ListSelections.None;
        return (!selections.HasFlag(ListSelections.RecursiveMatch) || !isAlone || reader.Fail("RECURSIVEMATCH needs another selection option."))
            && reader.CloseParen();
    }

    private static bool ReadPatterns(ref ImapReader reader, List<string> patterns)
    {
        var isList = reader.TryTake((byte)'(');
        do
        {
            if (patterns.Count >= reader.Limits.ListPatternsMax)
            {
                return reader.Fail("Too many patterns.", ImapErrorKind.Limit);
            }

            if (!reader.ListMailbox(out var pattern))
            {
                return false;
            }

            patterns.Add(pattern);
        }
        while (isList && reader.TryTake((byte)' '));

        return !isList || reader.CloseParen();
    }

    private static bool ReadReturns(ref ImapReader reader, ref Returned returns)
    {
        if (!reader.OpenParen() || reader.TryTake((byte)')'))
        {
            return reader.Error is null;
        }

        Span<char> word = stackalloc char[24];
        do
        {
            if (!reader.Word(word, out var length))
            {
                return false;
            }

            switch (word[..length])
            {
                case "SUBSCRIBED": returns.Options |= ListReturns.Subscribed; break;
                case "CHILDREN": returns.Options |= ListReturns.Children; break;
                case "SPECIAL-USE": returns.Options |= ListReturns.SpecialUse; break;
                case "STATUS":
                    if (!reader.Space() || !StatusItemsReader.Read(ref reader, out var items))
                    {
                        return false;
                    }

                    returns.Status |= items;
                    break;
                case "METADATA":
                    if (!reader.Space() || !(reader.Peek() == '(' || reader.Fail("Expected '('.")) || !reader.Entries(out returns.Metadata))
                    {
                        return false;
                    }

                    break;
                default: return reader.Fail("Unknown return option.");
            }
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }

    private struct Returned
    {
        public ListReturns Options;
        public StatusItems Status;
        public IReadOnlyList<string>? Metadata;
    }
}
