using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Martlet.Protocols.Sasl;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using CertificateRequest = Org.BouncyCastle.Tls.CertificateRequest;

namespace Martlet.Network.Tls;

/// <summary>What BouncyCastle's TLS asks: which versions and suites, whether the server is the right one, and the Ed25519 key, which the runtime's TLS cannot use.</summary>
internal sealed class BouncyTlsClient(string host, X509Certificate2 certificate, Ed25519PrivateKeyParameters key, RemoteCertificateValidationCallback? validation)
    : DefaultTlsClient(new BcTlsCrypto())
{
    // Forward secrecy and authenticated encryption only.
    private static readonly int[] Suites =
    [
        CipherSuite.TLS_AES_256_GCM_SHA384,
        CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ];

    private byte[]? _served;

    /// <summary>What was agreed on; null before the end of the handshake.</summary>
    public TlsInfo? Info { get; private set; }

    /// <summary>What the connection can be recognised by; nothing before the end of the handshake.</summary>
    public ChannelBindings Bindings { get; private set; } = ChannelBindings.None;

    /// <inheritdoc/>
    public override TlsAuthentication GetAuthentication() => new Authentication(this);

    /// <inheritdoc/>
    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        var agreed = m_context.SecurityParameters;
        var isLast = TlsUtilities.IsTlsV13(m_context);
        Info = new TlsInfo(isLast ? SslProtocols.Tls13 : SslProtocols.Tls12, (TlsCipherSuite)agreed.CipherSuite, host);
        var isUnambiguous = isLast || agreed.IsExtendedMasterSecret; // As in TlsBindings.
        using var server = _served is null ? null : X509CertificateLoader.LoadCertificate(_served);
        Bindings = new ChannelBindings
        {
            Exporter = isUnambiguous ? m_context.ExportKeyingMaterial("EXPORTER-Channel-Binding", context_value: null, TlsBindings.ExporterLength) : default(ReadOnlyMemory<byte>?),
            Unique = isUnambiguous && !isLast ? m_context.ExportChannelBinding(ChannelBinding.tls_unique) : default(ReadOnlyMemory<byte>?),
            ServerEndPoint = server is not null && TlsBindings.ServerEndPoint(server) is { } hash ? hash : default(ReadOnlyMemory<byte>?),
        };
    }

    /// <inheritdoc/>
    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.TLSv13.DownTo(ProtocolVersion.TLSv12); // RFC 8996

    /// <inheritdoc/>
    protected override int[] GetSupportedCipherSuites() => Suites;

    /// <inheritdoc/>
    protected override IList<ServerName>? GetSniServerNames() =>
        IPAddress.TryParse(host, out _) ? null : [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(host))]; // RFC 6066 §3: no addresses.

    private sealed class Authentication(BouncyTlsClient client) : TlsAuthentication
    {
        public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
        {
            var chain = serverCertificate.Certificate.GetCertificateList().Select(sent => sent.GetEncoded()).ToArray();
            if (!ServerCertificateCheck.IsTrusted(client, chain, client.Host, client.Validation))
            {
                throw new TlsFatalAlert(AlertDescription.bad_certificate, "The server's certificate is not valid for it.");
            }

            client._served = chain.FirstOrDefault();
        }

        public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest)
        {
            var crypto = (BcTlsCrypto)client.m_context.Crypto;
            var sent = crypto.CreateCertificate(client.Mine.RawData);
            var chain = TlsUtilities.IsTlsV13(client.m_context)
                ? new Certificate(certificateRequest.GetCertificateRequestContext(), [new CertificateEntry(sent, extensions: null)])
                : new Certificate([sent]);
            // A server that does not name Ed25519 could not check the signature: it gets none.
            return certificateRequest.SupportedSignatureAlgorithms.Contains(SignatureAndHashAlgorithm.ed25519)
                ? new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(client.m_context), crypto, client.PrivateKey, chain, SignatureAndHashAlgorithm.ed25519)
                : null;
        }
    }

    private string Host => host;

    private RemoteCertificateValidationCallback? Validation => validation;

    private X509Certificate2 Mine => certificate;

    private Ed25519PrivateKeyParameters PrivateKey => key;
}
