using System.Collections.Immutable;
using Martlet.Network.Smtp;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Sendmail;

/// <summary>How mail leaves this machine.</summary>
internal sealed record SendmailConfig
{
    /// <summary>The server that takes our mail.</summary>
    public required string Host { get; init; }

    /// <summary>TCP port; 0 for the usual one of <see cref="Security"/>.</summary>
    public int Port { get; init; }

    /// <summary>TLS.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.Tls;

    /// <summary>Login, and the sender of mail that names none; null for neither.</summary>
    public EmailAddress? Address { get; init; }

    /// <summary>Password in the file itself; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>File that holds the password in its first line; null for none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>PEM file with the client's key; null for none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>PEM file with the one certificate that the server must have; null for the system's rules.</summary>
    public string? ServerCertificateFile { get; init; }

    /// <summary>No login weaker than this mechanism; null for any.</summary>
    public string? Mechanism { get; init; }

    /// <summary>Domain of local names; null for none.</summary>
    public string? DefaultDomain { get; init; }

    /// <summary>Who gets the mail to local names; null for their own address in <see cref="DefaultDomain"/>.</summary>
    public EmailAddress? DefaultRecipient { get; init; }

    /// <summary>Local names in lower case, and who gets their mail.</summary>
    public ImmutableDictionary<string, EmailAddress> Aliases { get; init; } = ImmutableDictionary<string, EmailAddress>.Empty;

    /// <summary>Where messages are kept that could not be sent; null for the usual folder.</summary>
    public string? SpoolFolder { get; init; }

    /// <summary>Longest time to wait for any one answer of the server; RFC 5321 asks for more, but somebody waits at a terminal.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The port.</summary>
    public int EffectivePort => Port > 0 ? Port : Security switch { SmtpSecurity.Tls => 465, SmtpSecurity.StartTls => 587, _ => 25 };
}
