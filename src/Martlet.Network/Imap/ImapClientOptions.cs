using System.Net.Security;
using Martlet.Network.Tls;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>When TLS begins.</summary>
public enum ImapSecurity
{
    /// <summary>With the first byte, port 993 (RFC 8314 §3.2).</summary>
    Tls,

    /// <summary>With STARTTLS, always: a server that does not do it is not talked to.</summary>
    StartTls,

    /// <summary>Never: for a server on the same machine and for tests.</summary>
    None,
}

/// <summary>Where and how to connect.</summary>
/// <param name="Host">Name or address; the name that the server's certificate must have.</param>
/// <param name="Port">TCP port; usually 993, or 143 with STARTTLS.</param>
public sealed record ImapClientOptions(string Host, int Port)
{
    /// <summary>When TLS begins.</summary>
    public ImapSecurity Security { get; init; } = ImapSecurity.Tls;

    /// <summary>The client's key, for servers that ask for one; null for none. Stays the caller's.</summary>
    public ClientIdentity? ClientIdentity { get; init; }

    /// <summary>
    /// Decides about the server's certificate in place of the system's rules (chain, name, time). Null for those rules. For tests, and for certificates that are pinned.
    /// </summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidation { get; init; }

    /// <summary>Limits against the server.</summary>
    public ImapClientLimits Limits { get; init; } = ImapClientLimits.Default;

    /// <summary>Clock of the time limits.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Larger messages are not sent before the server has agreed, even if it has LITERAL+: a refusal (quota, size) then costs no transfer. In bytes.
    /// </summary>
    public long UnaskedMessageBytesMax { get; init; } = 256 * 1024;

    /// <summary>Told of every untagged response, in order, before the command's own handler. Runs on the reading path: it must be quick, and must not call the client.</summary>
    public Action<ImapResponse>? OnUntagged { get; init; }
}
