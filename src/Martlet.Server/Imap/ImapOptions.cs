using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap;

/// <summary>What an IMAP listener is told by the configuration.</summary>
public sealed record ImapOptions
{
    /// <summary>Our name in the greeting.</summary>
    public required string Hostname { get; init; }

    /// <summary>Whether passwords may be shown without TLS: localserve only.</summary>
    public bool AllowPlainWithoutTls { get; init; }

    /// <summary>Limits of the grammar before login.</summary>
    public ImapLimits LimitsBeforeLogin { get; init; } = ImapLimits.BeforeLogin;

    /// <summary>Limits of the grammar after login.</summary>
    public ImapLimits LimitsAfterLogin { get; init; } = ImapLimits.AfterLogin;

    /// <summary>Whether a connection may log out and in again with UNAUTHENTICATE. RFC 8437 §8: it must be possible to turn it off, for proxies that check logins.</summary>
    public bool AllowUnauthenticate { get; init; } = true;

    /// <summary>How long a client that has not logged in may be silent.</summary>
    public TimeSpan IdleBeforeLogin { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a client that has logged in may be silent, in IDLE too. RFC 9051 §5.4: at least 30 minutes; clients renew IDLE every 29.</summary>
    public TimeSpan IdleAfterLogin { get; init; } = TimeSpan.FromMinutes(35);

    /// <summary>How long a client may pause inside a literal.</summary>
    public TimeSpan LiteralPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Bad commands before login after which the connection ends.</summary>
    public int BadCommandsBeforeLoginMax { get; init; } = 10;

    /// <summary>Bad commands in a row after login after which the connection ends.</summary>
    public int BadCommandsMax { get; init; } = 100;

    /// <summary>Mailboxes whose messages one session can watch with NOTIFY.</summary>
    public int NotifyMailboxesMax { get; init; } = 2000;

    /// <summary>Messages of one MULTIAPPEND.</summary>
    public int AppendMessagesMax { get; init; } = 1000;

    /// <summary>Bytes of the messages of one MULTIAPPEND together; they are held until the last one has come. One message alone has only the store's limit.</summary>
    public long AppendBytesMax { get; init; } = 32L * 1024 * 1024;

    /// <summary>Mailboxes of one ESEARCH (RFC 7377 §2.4). As many as an account may have.</summary>
    public int SearchMailboxesMax { get; init; } = 10_000;

    /// <summary>How long a client waits for a command before it is told how far it is, and again (RFC 9585 §3: at least 10 s).</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromSeconds(10);
}
