using Martlet.Protocols.Smtp;
using Martlet.Store.Model;

namespace Martlet.Server.Smtp;

/// <summary>Who is expected at a listener.</summary>
public enum SmtpRole
{
    /// <summary>Other servers, port 25: mail for our domains, no login.</summary>
    Incoming,

    /// <summary>Our users' programs, ports 587 and 465 (RFC 6409): login first.</summary>
    Submission,
}

/// <summary>How one SMTP listener behaves, with all its limits.</summary>
public sealed record SmtpOptions
{
    /// <summary>Our name in greeting and Received.</summary>
    public required string Hostname { get; init; }

    /// <summary>Who is expected.</summary>
    public required SmtpRole Role { get; init; }

    /// <summary>Lets passwords travel in the clear. For localserve on loopback only.</summary>
    public bool AllowPlainWithoutTls { get; init; }

    /// <summary>Takes mail for whatever recipient into this account, and lets it send as anybody. For localserve only.</summary>
    public AccountId? AcceptAnyRecipientInto { get; init; }

    /// <summary>Lengths of addresses and paths.</summary>
    public AddressLimits Addresses { get; init; } = AddressLimits.Default;

    /// <summary>Longest command line, in bytes with CRLF. RFC 5321 §4.5.3.1.4 asks for 512; extensions add to it.</summary>
    public int CommandLineBytesMax
    {
        get;
        init => field = value >= 512 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 512 bytes.");
    } = 2048;

    /// <summary>Longest AUTH command and response in it, in bytes with CRLF. RFC 4954 §4 asks for 12,288.</summary>
    public int AuthLineBytesMax
    {
        get;
        init => field = value >= 12_288 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 12,288 bytes.");
    } = 12_288;

    /// <summary>Bytes of a line beyond its limit that are skipped; a longer one ends the connection.</summary>
    public int SkippedLineBytesMax { get; init; } = 64 * 1024;

    /// <summary>Bytes of a message beyond the size limit that are skipped; a longer one ends the connection.</summary>
    public long SkippedDataBytesMax { get; init; } = 100L * 1024 * 1024;

    /// <summary>Recipients of one message. RFC 5321 §4.5.3.1.8 asks for 100.</summary>
    public int RecipientsMax
    {
        get;
        init => field = value >= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 100 recipients.");
    } = 100;

    /// <summary>Messages on one connection (MAILMAX of RFC 9422).</summary>
    public int TransactionsMax { get; init; } = 1000;

    /// <summary>Received fields in a message; more are a loop. RFC 5321 §6.3 asks for at least 100 hops to be let through, of which each may write one.</summary>
    public int ReceivedFieldsMax { get; init; } = 100;

    /// <summary>Commands refused on one connection before it ends.</summary>
    public int ErrorsMax { get; init; } = 20;

    /// <summary>Recipients refused on one connection before it ends: nobody tries out names for ever, and a list with old addresses gets through.</summary>
    public int RefusedRecipientsMax { get; init; } = 1000;

    /// <summary>Commands on one connection since the last message, recipients not counted.</summary>
    public int CommandsWithoutMailMax { get; init; } = 100;

    /// <summary>Silence between commands. RFC 5321 §4.5.3.2.7 asks for 5 minutes.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Silence within message data. RFC 5321 §4.5.3.2.5 asks for 3 minutes.</summary>
    public TimeSpan DataBlockTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Longest time for the data of one message.</summary>
    public TimeSpan DataTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Longest time for a handshake after STARTTLS.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
