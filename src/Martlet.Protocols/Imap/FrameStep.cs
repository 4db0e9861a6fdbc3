namespace Martlet.Protocols.Imap;

/// <summary>What <see cref="CommandFramer"/> found.</summary>
public enum FrameStepKind
{
    /// <summary>Nothing complete: receive more and call again.</summary>
    NeedMore,

    /// <summary>The first <see cref="FrameStep.Length"/> bytes are a whole command, with literals inline and its line end.</summary>
    Command,

    /// <summary>An empty line where a command should start (iOS sends one after DONE): drop it, answer nothing.</summary>
    EmptyLine,

    /// <summary>The line announces a literal: see <see cref="FrameStep.Literal"/> and <see cref="FrameStep.Limit"/>.</summary>
    Literal,

    /// <summary>The line text or a discarded command exceeds its limit. The end of the command is unknown: say BYE and close.</summary>
    LineTooLong,

    /// <summary>After <see cref="CommandFramer.Refuse"/>: drop <see cref="FrameStep.Length"/> bytes and call again.</summary>
    Discard,

    /// <summary>After <see cref="CommandFramer.Refuse"/>: drop <see cref="FrameStep.Length"/> bytes; the next byte starts a new command.</summary>
    DiscardEnd,
}

/// <summary>Which limit an announced literal exceeds. Does not apply to APPEND messages, which are not collected.</summary>
public enum LiteralLimit
{
    /// <summary>None: it may be collected.</summary>
    None,

    /// <summary><see cref="ImapLimits.LiteralBytesMax"/>.</summary>
    TooBig,

    /// <summary><see cref="ImapLimits.LiteralsMax"/>.</summary>
    TooMany,

    /// <summary><see cref="ImapLimits.LiteralBytesTotalMax"/>.</summary>
    TotalTooBig,
}

/// <summary>One step of a command, see <see cref="CommandFramer"/>.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Length">Bytes from the start of the buffer up to and with the line end of this step; 0 for NeedMore.</param>
public readonly record struct FrameStep(FrameStepKind Kind, int Length)
{
    /// <summary>The announced literal, when <see cref="Kind"/> is <see cref="FrameStepKind.Literal"/>.</summary>
    public LiteralHeader Literal { get; init; }

    /// <summary>The limit the literal exceeds if it were collected. Check first whether it is an APPEND message.</summary>
    public LiteralLimit Limit { get; init; }
}
