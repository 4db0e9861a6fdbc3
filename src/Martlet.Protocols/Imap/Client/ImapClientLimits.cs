namespace Martlet.Protocols.Imap.Client;

/// <summary>
/// Every limit a client keeps against its server, by name. The first group bounds what is read as grammar, the second what one command may collect, the third
/// how long things may take. Going beyond one ends the connection, except where a member says otherwise: what follows could not be understood any more.
/// </summary>
public sealed record ImapClientLimits
{
    /// <summary>The limits used unless a caller says otherwise.</summary>
    public static ImapClientLimits Default { get; } = new();

    /// <summary>Bytes of one line of a response, with its line end and without literals. A SEARCH response has one line: this allows some two million numbers.</summary>
    public int LineBytesMax { get; init => field = AtLeast(1024, value); } = 16 * 1024 * 1024;

    /// <summary>Bytes of one literal that is not message data: names, envelope fields, metadata.</summary>
    public int LiteralBytesMax { get; init => field = AtLeast(1, value); } = 1024 * 1024;

    /// <summary>Bytes of one piece of message data that is kept as a value, because the caller gave nobody to stream it to.</summary>
    public int SectionBytesMax { get; init => field = AtLeast(1, value); } = 8 * 1024 * 1024;

    /// <summary>Bytes of one piece of message data that is streamed.</summary>
    public long MessageBytesMax { get; init => field = value >= 1 ? value : throw TooSmall(value); } = 1024L * 1024 * 1024;

    /// <summary>Bytes of one response: its lines and the literals kept with it. Message data that is streamed does not count.</summary>
    public int ResponseBytesMax { get; init => field = AtLeast(1024, value); } = 32 * 1024 * 1024;

    /// <summary>Nesting of BODYSTRUCTURE and of lists in general. A response nested deeper is <see cref="Responses.InvalidResponse"/>; the connection goes on.</summary>
    public int NestingMax { get; init => field = AtLeast(4, value); } = 100;

    /// <summary>Flags in one list, as <see cref="NestingMax"/> when exceeded.</summary>
    public int FlagsMax { get; init => field = AtLeast(5, value); } = 10_000;

    /// <summary>Ranges in one set of numbers, as <see cref="NestingMax"/> when exceeded.</summary>
    public int SetRangesMax { get; init => field = AtLeast(1, value); } = 2_000_000;

    /// <summary>Untagged responses kept for one command. Those that a handler takes do not count.</summary>
    public int ResponsesMax { get; init => field = AtLeast(1, value); } = 2_000_000;

    /// <summary>Bytes on the wire of the untagged responses kept for one command; their values take a few times as much. Those that a handler takes do not count.</summary>
    public long BufferedBytesMax { get; init => field = value >= 1024 ? value : throw TooSmall(value); } = 256L * 1024 * 1024;

    /// <summary>Challenges of one AUTHENTICATE. SCRAM needs three.</summary>
    public int ChallengesMax { get; init => field = AtLeast(2, value); } = 20;

    /// <summary>Decoded bytes of one challenge.</summary>
    public int ChallengeBytesMax { get; init => field = AtLeast(256, value); } = 64 * 1024;

    /// <summary>With COMPRESS: how many times more bytes may come out of the whole stream than went in, beyond <see cref="CompressionSlackBytes"/>.</summary>
    public int CompressionRatioMax { get; init => field = AtLeast(2, value); } = 500;

    /// <summary>With COMPRESS: bytes that may come out in any case.</summary>
    public long CompressionSlackBytes { get; init => field = value >= 0 ? value : throw TooSmall(value); } = 64L * 1024 * 1024;

    /// <summary>Time for the connection to be made, with TLS.</summary>
    public TimeSpan ConnectTime { get; init => field = Positive(value); } = TimeSpan.FromSeconds(60);

    /// <summary>Time until the greeting is here.</summary>
    public TimeSpan GreetingTime { get; init => field = Positive(value); } = TimeSpan.FromSeconds(60);

    /// <summary>Time from sending a command until its tagged reply, with all data in between. Not for IDLE.</summary>
    public TimeSpan CommandTime { get; init => field = Positive(value); } = TimeSpan.FromHours(1);

    /// <summary>Time without any byte while a command waits for the server, or without the server taking a byte. Not for IDLE.</summary>
    public TimeSpan SilenceTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(5);

    /// <summary>Time after which an IDLE is ended with DONE. RFC 9051 §6.3.13 asks for less than 30 minutes.</summary>
    public TimeSpan IdleTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(28);

    /// <summary>The limits of the part of the grammar that commands share.</summary>
    internal ImapLimits ForReader() => new()
    {
        TagBytesMax = 64,
        SetRangesMax = SetRangesMax,
        FlagsMax = FlagsMax,
        SectionDepthMax = NestingMax,
        SectionFieldsMax = 10_000,
        SaslBytesMax = ChallengeBytesMax,
    };

    private static int AtLeast(int minimum, int value) => value >= minimum ? value : throw TooSmall(value);

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : throw TooSmall(value);

    private static ArgumentOutOfRangeException TooSmall(object value) => new(nameof(value), value, "Too small for the protocol to work.");
}
