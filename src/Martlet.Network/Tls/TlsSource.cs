using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Martlet.Network.Tls;

/// <summary>
/// The certificate in use and the settings of every server handshake. One <see cref="SslStreamCertificateContext"/> per certificate, made once: making it
/// per connection costs memory and loses session resumption. <see cref="Use"/> replaces it while the server runs; open connections keep theirs.
/// </summary>
/// <remarks>Thread safe. Client certificates are not asked for yet: the authentication issue adds them here, for all listeners that share a certificate.</remarks>
public sealed class TlsSource
{
    private volatile SslStreamCertificateContext _context;

    /// <summary>Starts with a certificate.</summary>
    public TlsSource(X509Certificate2 certificate, X509Certificate2Collection? chain = null) => _context = Create(certificate, chain);

    /// <summary>The certificate that new handshakes get.</summary>
    public X509Certificate2 Certificate => _context.TargetCertificate;

    /// <summary>Uses another certificate from the next handshake on.</summary>
    public void Use(X509Certificate2 certificate, X509Certificate2Collection? chain = null) => _context = Create(certificate, chain);

    /// <summary>Settings for one handshake.</summary>
    public SslServerAuthenticationOptions ServerOptions() => new()
    {
        ServerCertificateContext = _context,
        // RFC 8996: TLS 1.0 and 1.1 are gone. 1.2 stays for clients of the last ten years.
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        ClientCertificateRequired = false,
        AllowRenegotiation = false,
    };

    // offline: the chain comes from the files; no handshake and no start may depend on fetching issuers.
    private static SslStreamCertificateContext Create(X509Certificate2 certificate, X509Certificate2Collection? chain) =>
        SslStreamCertificateContext.Create(certificate, chain, offline: true);
}
