using System.Net.Security;
using Martlet.Network.Tls;
using Martlet.Protocols.Smtp.Client;

namespace Martlet.Network.Smtp;

/// <summary>When TLS begins.</summary>
public enum SmtpSecurity
{
    /// <summary>With the first byte, port 465 (RFC 8314 §3.3).</summary>
    Tls,

    /// <summary>With STARTTLS, always: a server that does not do it is not talked to.</summary>
    StartTls,

    /// <summary>
    /// With STARTTLS where the server announces it, else never: for mail to strangers (RFC 7435). Protects against listeners only. When TLS then fails, the
    /// connection fails; whether to try again in the clear is the caller's choice.
    /// </summary>
    StartTlsIfOffered,

    /// <summary>Never: for a server on the same machine and for tests.</summary>
    None,
}

/// <summary>Where and how to connect.</summary>
/// <param name="Host">Name or address; the name that the server's certificate must have.</param>
/// <param name="Port">TCP port: usually 465, 587 with STARTTLS, 25 between servers.</param>
public sealed record SmtpClientOptions(string Host, int Port)
{
    /// <summary>When TLS begins.</summary>
    public SmtpSecurity Security { get; init; } = SmtpSecurity.Tls;

    /// <summary>How the client calls itself in EHLO: a domain name or an address literal.</summary>
    public string HelloName
    {
        get;
        init => field = SmtpCommands.IsHelloName(value) ? value : throw new ArgumentException("Neither a domain name nor an address literal.", nameof(value));
    }
    = "[127.0.0.1]";

    /// <summary>The client's key, for servers that ask for one; null for none. Stays the caller's.</summary>
    public ClientIdentity? ClientIdentity { get; init; }

    /// <summary>
    /// Decides about the server's certificate in place of the system's rules (chain, name, time). Null for those rules. For tests, and for certificates that are pinned.
    /// </summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidation { get; init; }

    /// <summary>Limits against the server.</summary>
    public SmtpClientLimits Limits { get; init; } = SmtpClientLimits.Default;

    /// <summary>Clock of the time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
