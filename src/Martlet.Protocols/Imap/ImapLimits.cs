namespace Martlet.Protocols.Imap;

/// <summary>
/// Every limit of the IMAP grammar, by name. <see cref="CommandFramer"/> uses the first group while it collects a command,
/// <see cref="ImapReader"/> the second while it reads one. Exceeding a limit is a refusal (<see cref="ImapErrorKind.Limit"/>), never an exception.
/// </summary>
public sealed record ImapLimits
{
    /// <summary>For a peer that has not logged in: short lines and small literals, enough for LOGIN, AUTHENTICATE and ID.</summary>
    public static ImapLimits BeforeLogin { get; } = new()
    {
        LineBytesMax = 8 * 1024,
        LiteralBytesMax = 4 * 1024,
        LiteralsMax = 20,
        LiteralBytesTotalMax = 16 * 1024,
    };

    /// <summary>For an authenticated session: the defaults of this record.</summary>
    public static ImapLimits AfterLogin { get; } = new();

    /// <summary>Bytes of line text in one command, with its line ends and without literals. RFC 9051 §4 has no minimum; RFC 7162 §4 asks for 8,192.</summary>
    public int LineBytesMax { get; init => field = AtLeast(512, value); } = 64 * 1024;

    /// <summary>Bytes of one literal that is not an APPEND message. Those are streamed by the session, which has its own limit.</summary>
    public int LiteralBytesMax { get; init => field = AtLeast(1, value); } = 100 * 1024;

    /// <summary>Literals in one command, without APPEND messages.</summary>
    public int LiteralsMax { get; init => field = AtLeast(1, value); } = 1_000;

    /// <summary>Bytes of all literals of one command together, without APPEND messages.</summary>
    public int LiteralBytesTotalMax { get; init => field = AtLeast(1, value); } = 1_024 * 1_000;

    /// <summary>Bytes a session swallows of a refused command (non-synchronizing literals) before it gives up and closes.</summary>
    public int DiscardBytesMax { get; init => field = AtLeast(0, value); } = 1_000_000;

    /// <summary>Bytes of a tag. Longer ones would be echoed in every reply.</summary>
    public int TagBytesMax { get; init => field = AtLeast(1, value); } = 256;

    /// <summary>Ranges in one sequence-set, RFC 9051 §9. A line of 64 KiB holds at most 32,767.</summary>
    public int SetRangesMax { get; init => field = AtLeast(1, value); } = 20_000;

    /// <summary>Bytes of a mailbox name or list pattern in UTF-8. RFC 9051 §5.1 has no bound.</summary>
    public int MailboxNameBytesMax { get; init => field = AtLeast(5, value); } = 1_024;

    /// <summary>Levels of a mailbox name, separated by <see cref="MailboxName.Separator"/>.</summary>
    public int MailboxDepthMax { get; init => field = AtLeast(1, value); } = 64;

    /// <summary>Patterns in one LIST, RFC 5258 §3.</summary>
    public int ListPatternsMax { get; init => field = AtLeast(1, value); } = 100;

    /// <summary>Mailboxes named in one specifier of ESEARCH or NOTIFY, RFC 5465 §8. There are at most <see cref="OptionsMax"/> specifiers.</summary>
    public int FilterNamesMax { get; init => field = AtLeast(1, value); } = 1_000;

    /// <summary>Search keys in one SEARCH, counting every level. RFC 9051 §6.4.4 has no bound.</summary>
    public int SearchKeysMax { get; init => field = AtLeast(1, value); } = 1_000;

    /// <summary>Nesting of NOT, OR and parentheses in one SEARCH.</summary>
    public int SearchDepthMax { get; init => field = AtLeast(1, value); } = 50;

    /// <summary>Bytes of one string to search for. Time grows with it when a message is made for that.</summary>
    public int SearchTextBytesMax { get; init => field = AtLeast(1, value); } = 4 * 1024;

    /// <summary>Items in one FETCH.</summary>
    public int FetchItemsMax { get; init => field = AtLeast(1, value); } = 200;

    /// <summary>Header fields named in one section, RFC 9051 §6.4.5.1.</summary>
    public int SectionFieldsMax { get; init => field = AtLeast(1, value); } = 200;

    /// <summary>Numbers in a section part such as <c>1.2.3</c>. As deep as MIME structures are read.</summary>
    public int SectionDepthMax { get; init => field = AtLeast(1, value); } = 100;

    /// <summary>Flags in one list, of STORE or APPEND.</summary>
    public int FlagsMax { get; init => field = AtLeast(5, value); } = 200;

    /// <summary>Bytes of one keyword.</summary>
    public int KeywordBytesMax { get; init => field = AtLeast(16, value); } = 100;

    /// <summary>Options, parameters or modifiers in one list (SELECT, LIST, CREATE, ENABLE, FETCH).</summary>
    public int OptionsMax { get; init => field = AtLeast(1, value); } = 100;

    /// <summary>Entries named in one GETMETADATA or SETMETADATA, or in LIST RETURN (METADATA). RFC 5464 has no bound.</summary>
    public int EntriesMax { get; init => field = AtLeast(1, value); } = 100;

    /// <summary>Bytes of one METADATA entry name.</summary>
    public int EntryNameBytesMax { get; init => field = AtLeast(32, value); } = 256;

    /// <summary>Fields in one ID. RFC 2971 §3.3 allows at most 30.</summary>
    public int IdFieldsMax { get; init => field = AtLeast(1, value); } = 30;

    /// <summary>Bytes of one ID value. RFC 2971 §3.3 allows at most 1,024.</summary>
    public int IdValueBytesMax { get; init => field = AtLeast(1, value); } = 1_024;

    /// <summary>Decoded bytes of one SASL response or initial response.</summary>
    public int SaslBytesMax { get; init => field = AtLeast(256, value); } = 12 * 1024;

    private static int AtLeast(int minimum, int value) =>
        value >= minimum ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Too small for the protocol to work.");
}
