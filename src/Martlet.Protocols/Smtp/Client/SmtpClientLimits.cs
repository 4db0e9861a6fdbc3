namespace Martlet.Protocols.Smtp.Client;

/// <summary>Every limit a client keeps against its server, by name. Going beyond one ends the connection: what follows could not be understood any more.</summary>
public sealed record SmtpClientLimits
{
    /// <summary>The limits used unless a caller says otherwise.</summary>
    public static SmtpClientLimits Default { get; } = new();

    /// <summary>Bytes of one line of a reply with its line end. RFC 5321 §4.5.3.1.5 asks for 512; challenges of AUTH are longer (RFC 4954 §4: 12,288).</summary>
    public int ReplyLineBytesMax { get; init => field = AtLeast(512, value); } = 16 * 1024;

    /// <summary>Lines of one reply.</summary>
    public int ReplyLinesMax { get; init => field = AtLeast(1, value); } = 256;

    /// <summary>Bytes of one reply, all its lines.</summary>
    public int ReplyBytesMax { get; init => field = AtLeast(512, value); } = 64 * 1024;

    /// <summary>Challenges of one AUTH. SCRAM needs two.</summary>
    public int ChallengesMax { get; init => field = AtLeast(2, value); } = 20;

    /// <summary>Decoded bytes of one challenge.</summary>
    public int ChallengeBytesMax { get; init => field = AtLeast(256, value); } = 9 * 1024;

    /// <summary>
    /// Commands sent before their replies are read, with PIPELINING: small enough for their replies to fit between the two hosts, so that neither waits for the
    /// other to read (RFC 2920 §3.1).
    /// </summary>
    public int PipelinedCommandsMax { get; init => field = AtLeast(1, value); } = 100;

    /// <summary>Time for the connection to be made, and again for TLS.</summary>
    public TimeSpan ConnectTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(1);

    /// <summary>Time until the greeting is here: RFC 5321 §4.5.3.2.1.</summary>
    public TimeSpan GreetingTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(5);

    /// <summary>Time for the reply to any command without a time of its own, as for MAIL and RCPT: RFC 5321 §4.5.3.2.2 and §4.5.3.2.3.</summary>
    public TimeSpan CommandTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(5);

    /// <summary>Time for the reply to DATA: RFC 5321 §4.5.3.2.4.</summary>
    public TimeSpan DataStartTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(2);

    /// <summary>Time for the server to take one piece of the message: RFC 5321 §4.5.3.2.5.</summary>
    public TimeSpan DataBlockTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(3);

    /// <summary>Time for the reply after the message: RFC 5321 §4.5.3.2.6. Shorter ones make duplicates.</summary>
    public TimeSpan DataEndTime { get; init => field = Positive(value); } = TimeSpan.FromMinutes(10);

    /// <summary>Time for the reply to QUIT, which nobody needs.</summary>
    public TimeSpan QuitTime { get; init => field = Positive(value); } = TimeSpan.FromSeconds(10);

    private static int AtLeast(int minimum, int value) => value >= minimum ? value : throw TooSmall(value);

    private static TimeSpan Positive(TimeSpan value) => value > TimeSpan.Zero ? value : throw TooSmall(value);

    private static ArgumentOutOfRangeException TooSmall(object value) => new(nameof(value), value, "Too small for the protocol to work.");
}
