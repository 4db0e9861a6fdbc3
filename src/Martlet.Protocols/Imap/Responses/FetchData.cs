namespace Martlet.Protocols.Imap.Responses;

/// <summary>A piece of message data in a FETCH response: BODY[…], BINARY[…], BINARY.SIZE[…], RFC822 and its parts.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Section">The section; null for RFC822, RFC822.HEADER and RFC822.TEXT.</param>
/// <param name="Origin">First byte of the data in the section, when only a range was asked for.</param>
/// <param name="Bytes">Size of the data; for BINARY.SIZE, what the server says. 0 for NIL.</param>
/// <param name="Data">The data; null for NIL, for BINARY.SIZE, and when it was streamed.</param>
public sealed record FetchSection(FetchItemKind Kind, Section? Section, long? Origin, long Bytes, ReadOnlyMemory<byte>? Data)
{
    /// <summary>The data went to the caller's handler.</summary>
    public bool IsStreamed { get; init; }
}

/// <summary>FETCH (RFC 9051 §7.5.2) and UIDFETCH (RFC 9586 §3.3). Items that were not sent are null; items that are not known were read over.</summary>
public sealed record FetchData : ImapResponse
{
    private List<FetchSection>? _sections;

    internal FetchData(uint sequenceNumber, uint? uid)
    {
        SequenceNumber = sequenceNumber;
        Uid = uid;
    }

    /// <summary>Sequence number; 0 in a UIDFETCH, which has none.</summary>
    public uint SequenceNumber { get; }

    /// <summary>UID.</summary>
    public uint? Uid { get; internal set; }

    /// <summary>Flags, also <c>\Recent</c> of old servers. Lists with the same flags may be one object.</summary>
    public IReadOnlyList<Flag>? Flags { get; internal set; }

    /// <summary>Internal date; null also if it is not one.</summary>
    public DateTimeOffset? InternalDate { get; internal set; }

    /// <summary>RFC822.SIZE, in bytes.</summary>
    public long? Size { get; internal set; }

    /// <summary>Modification sequence, RFC 7162 §3.1.4.</summary>
    public long? ModSeq { get; internal set; }

    /// <summary>Save date, RFC 8514 §4.2; null also if the mailbox keeps none.</summary>
    public DateTimeOffset? SaveDate { get; internal set; }

    /// <summary>Preview, RFC 8970 §4.2; null also if there is none.</summary>
    public string? Preview { get; internal set; }

    /// <summary>Envelope.</summary>
    public Envelope? Envelope { get; internal set; }

    /// <summary>BODYSTRUCTURE, or BODY without extension data.</summary>
    public BodyPart? Structure { get; internal set; }

    /// <summary>Message data, in the order sent; may be none.</summary>
    public IReadOnlyList<FetchSection> Sections => _sections ?? (IReadOnlyList<FetchSection>)[];

    /// <summary>Whether a flag is set.</summary>
    public bool Has(Flag flag)
    {
        for (var i = 0; i < (Flags?.Count ?? 0); i++)
        {
            if (Flags![i] == flag)
            {
                return true;
            }
        }

        return false;
    }

    internal void Add(FetchSection section) => (_sections ??= []).Add(section);
}
