using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Martlet.Network.Tls;

/// <summary>
/// The certificate in use and the settings of every server handshake. One <see cref="SslStreamCertificateContext"/> per certificate, made once: making it
/// per connection costs memory and loses session resumption. <see cref="Use"/> replaces it while the server runs; open connections keep theirs.
/// </summary>
/// <remarks>Thread safe. Which handshakes ask for the client's key, and what that means for resumption: ADR 0015.</remarks>
public sealed class TlsSource
{
    private volatile SslStreamCertificateContext _context;

    /// <summary>Starts with a certificate.</summary>
    public TlsSource(X509Certificate2 certificate, X509Certificate2Collection? chain = null) => _context = Create(certificate, chain);

    /// <summary>Versions of TLS that are spoken. RFC 8996: 1.0 and 1.1 are gone. 1.2 stays for clients of the last ten years.</summary>
    public SslProtocols Protocols { get; init; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>The certificate that new handshakes get.</summary>
    public X509Certificate2 Certificate => _context.TargetCertificate;

    /// <summary>Uses another certificate from the next handshake on.</summary>
    public void Use(X509Certificate2 certificate, X509Certificate2Collection? chain = null) => _context = Create(certificate, chain);

    /// <summary>Settings for one handshake.</summary>
    /// <param name="asksForClientKey">Ask for a certificate, of which only the key counts; the client need not have one. Costs resumption.</param>
    public SslServerAuthenticationOptions ServerOptions(bool asksForClientKey = false)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _context,
            EnabledSslProtocols = Protocols,
            ClientCertificateRequired = asksForClientKey,
            AllowRenegotiation = false,
            // A session is as good as the key it was made with, and a client may keep sessions of several keys apart badly: where keys count, each connection
            // proves its own. It also keeps sessions of listeners that do not ask out (the runtime shares them by certificate).
            AllowTlsResume = !asksForClientKey,
        };
        if (asksForClientKey)
        {
#pragma warning disable CA5359 // The handshake proves that the client has the key; whose key it is, accounts decide. Nothing else of the certificate counts.
            options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
            options.CertificateChainPolicy = FetchNothing();
        }

        return options;
    }

    // The runtime builds a chain before it asks us, and would get issuers from addresses that the client's certificate names.
    private static X509ChainPolicy FetchNothing() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };

    // offline: the chain comes from the files; no handshake and no start may depend on fetching issuers.
    private static SslStreamCertificateContext Create(X509Certificate2 certificate, X509Certificate2Collection? chain) =>
        SslStreamCertificateContext.Create(certificate, chain, offline: true);
}
