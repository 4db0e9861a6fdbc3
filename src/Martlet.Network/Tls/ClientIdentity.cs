using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Security;

namespace Martlet.Network.Tls;

/// <summary>
/// A private key that a client of ours proves to servers in the TLS handshake, in a certificate. A key without a certificate gets one that says nothing else.
/// </summary>
/// <remarks>Thread safe; may serve many connections. RSA, the NIST curves and Ed25519; the latter through a TLS stack of its own, since the runtime's has no such keys.</remarks>
public sealed class ClientIdentity : IDisposable
{
    // RFC 5280 §4.1.2.5: a certificate that never ends. It is made when the key is loaded and never leaves the process but in handshakes.
    private static readonly DateTimeOffset Always = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Forever = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    private readonly Lazy<SslStreamCertificateContext> _context;

    private ClientIdentity(X509Certificate2 certificate, Ed25519PrivateKeyParameters? ed25519)
    {
        Certificate = certificate;
        Ed25519 = ed25519;
        Key = ClientKey.FromCertificate(certificate.RawDataMemory) ?? throw new CryptographicException("The certificate holds no key that can be read, or is too large.");
        // Offline: no connection may depend on fetching issuers.
        _context = new(() => SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true));
    }

    /// <summary>What servers know the key by.</summary>
    public ClientKey Key { get; }

    /// <summary>The certificate that is sent. Belongs to this object.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The key, when the runtime's TLS cannot use it.</summary>
    internal Ed25519PrivateKeyParameters? Ed25519 { get; }

    /// <summary>Certificate and key as the runtime's TLS takes them, made once.</summary>
    internal SslStreamCertificateContext Context => _context.Value;

    /// <summary>Of a certificate with its key, which is owned from now on.</summary>
    /// <exception cref="CryptographicException">It has no private key.</exception>
    public static ClientIdentity FromCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.HasPrivateKey ? new ClientIdentity(certificate, ed25519: null) : throw new CryptographicException("The certificate has no private key.");
    }

    /// <summary>From PEM text with a private key (PKCS #8, also encrypted, or the older forms for RSA and EC) and, if wanted, its certificate.</summary>
    /// <param name="pem">The text; other things in it are skipped.</param>
    /// <param name="password">Of an encrypted key.</param>
    /// <exception cref="CryptographicException">There is not exactly one key, it cannot be used, the password is wrong, or the certificate is of another key.</exception>
    public static ClientIdentity FromPem(string pem, string? password = null)
    {
        ArgumentNullException.ThrowIfNull(pem);
        return Create(PrivateKeyReader.FromPem(pem, password));
    }

    /// <summary>From a PKCS #12 file (<c>.p12</c>, <c>.pfx</c>): its first private key.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="password">Of the file; ASCII.</param>
    /// <exception cref="CryptographicException">It cannot be read, the password is wrong, or there is no key that can be used.</exception>
    public static ClientIdentity FromPkcs12(ReadOnlySpan<byte> file, string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return Create(PrivateKeyReader.FromPkcs12(file, password));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Key.Type} {Key.Fingerprint}";

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    private static ClientIdentity Create(PrivateKeyReader file)
    {
        try
        {
            using var given = file.Certificate is null ? null : X509CertificateLoader.LoadCertificate(file.Certificate);
            return Algorithm(file.Pkcs8) switch
            {
                "1.2.840.113549.1.1.1" => OfRsa(file.Pkcs8, given),
                "1.2.840.10045.2.1" => OfCurve(file.Pkcs8, given),
                "1.3.101.112" => OfEd25519(file, given),
                var other => throw new CryptographicException($"Keys of algorithm {other} cannot be used: RSA, EC and Ed25519 can."),
            };
        }
        catch (Exception e) when (e is ArgumentException or AsnContentException)
        {
            throw new CryptographicException($"Key and certificate cannot be used together: {e.Message}", e);
        }
    }

    private static string Algorithm(byte[] pkcs8)
    {
        var info = new AsnReader(pkcs8, AsnEncodingRules.BER).ReadSequence();
        info.ReadInteger();
        return info.ReadSequence().ReadObjectIdentifier();
    }

    private static ClientIdentity OfRsa(byte[] pkcs8, X509Certificate2? given)
    {
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        using var made = given is null ? SelfSigned.Make("client", key, Always, Forever) : null;
        return new ClientIdentity((given ?? made!).CopyWithPrivateKey(key), ed25519: null);
    }

    private static ClientIdentity OfCurve(byte[] pkcs8, X509Certificate2? given)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        using var made = given is null ? SelfSigned.Make("client", key, Always, Forever) : null;
        return new ClientIdentity((given ?? made!).CopyWithPrivateKey(key), ed25519: null);
    }

    private static ClientIdentity OfEd25519(PrivateKeyReader file, X509Certificate2? given)
    {
        var key = (Ed25519PrivateKeyParameters)PrivateKeyFactory.CreateKey(file.Pkcs8);
        if (given is not null && !given.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(SelfSigned.SubjectPublicKeyInfo(key)))
        {
            throw new CryptographicException("The certificate is of another key.");
        }

        return new ClientIdentity(file.Certificate is null ? SelfSigned.Make("client", key, Always, Forever) : X509CertificateLoader.LoadCertificate(file.Certificate), key);
    }
}
