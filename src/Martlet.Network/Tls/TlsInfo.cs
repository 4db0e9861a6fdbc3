using System.Net.Security;
using System.Security.Authentication;

namespace Martlet.Network.Tls;

/// <summary>What a handshake agreed on, for Received header fields, logs and authentication.</summary>
/// <param name="Protocol">Version.</param>
/// <param name="CipherSuite">Cipher suite.</param>
/// <param name="ServerName">Name the client asked for (SNI); empty when none.</param>
public sealed record TlsInfo(SslProtocols Protocol, TlsCipherSuite CipherSuite, string ServerName)
{
    /// <summary>
    /// Server side: the key that the client proved in this very handshake; null when it was not asked, gave none, or gave something that cannot be read. Look it
    /// up in the accounts for each connection, and at <see cref="ClientKey.IsUsable"/> first.
    /// </summary>
    public ClientKey? ClientKey { get; init; }

    /// <summary>Client side: the server's certificate passed the system's rules (chain, name, time), whatever a validation callback of the caller says beyond them.</summary>
    public bool IsServerVerified { get; init; }

    /// <summary>Client side: a certificate of ours was at hand. Whether the server asked for it is not told.</summary>
    public bool HasClientCertificate { get; init; }

    /// <summary>Version as people write it, for example TLS1.3.</summary>
    public string Version => Protocol switch
    {
        SslProtocols.Tls13 => "TLS1.3",
        SslProtocols.Tls12 => "TLS1.2",
        _ => Protocol.ToString(),
    };

    /// <summary>Version and suite in one word each.</summary>
    public string Description => $"{Version} {CipherSuite}";
}
