using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;

namespace Martlet.Network.Tls;

/// <summary>A new key for a mail program, in the forms that programs take. Nothing of it is stored anywhere; the server only needs <see cref="Key"/>.</summary>
/// <param name="Key">What servers know it by.</param>
/// <param name="KeyPem">The private key, PKCS #8 in PEM.</param>
/// <param name="CertificatePem">A certificate of its own, in PEM.</param>
/// <param name="Pkcs12">Both in a <c>.p12</c> file, encrypted with AES-256.</param>
public sealed record ClientKeyFiles(ClientKey Key, string KeyPem, string CertificatePem, byte[] Pkcs12)
{
    /// <summary>Longest name, in characters (RFC 5280 appendix A.1, ub-common-name).</summary>
    public const int NameLengthMax = 64;

    private const int RsaBits = 3072;
    private const int Years = 10;

    /// <summary>Key and certificate in one PEM file, which most programs on a command line take.</summary>
    public string CombinedPem => KeyPem + CertificatePem;

    /// <summary>Makes a key.</summary>
    /// <param name="algorithm">Its kind.</param>
    /// <param name="name">What programs show when they ask which key to use; 1 to <see cref="NameLengthMax"/> characters.</param>
    /// <param name="password">Protects <see cref="Pkcs12"/> only. ASCII, since programs disagree about other characters; some refuse an empty one.</param>
    /// <param name="now">Start of the certificate's ten years, which matter to programs and not to the server.</param>
    /// <exception cref="ArgumentException">The name is empty or too long, or the password is not ASCII.</exception>
    public static ClientKeyFiles Make(ClientKeyAlgorithm algorithm, string name, string password, DateTimeOffset now)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, NameLengthMax, nameof(name));
        ArgumentNullException.ThrowIfNull(password);
        if (!Ascii.IsValid(password))
        {
            throw new ArgumentException("The password must be ASCII.", nameof(password));
        }

        var (from, to) = (now.AddDays(-1), now.AddYears(Years));
        switch (algorithm)
        {
            case ClientKeyAlgorithm.P256:
                using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                using (var certificate = SelfSigned.Make(name, key, from, to))
                {
                    return Write(key.ExportPkcs8PrivateKey(), certificate, name, password);
                }

            case ClientKeyAlgorithm.Rsa:
                using (var key = RSA.Create(RsaBits))
                using (var certificate = SelfSigned.Make(name, key, from, to))
                {
                    return Write(key.ExportPkcs8PrivateKey(), certificate, name, password);
                }

            case ClientKeyAlgorithm.Ed25519:
                var seed = new Ed25519PrivateKeyParameters(RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize));
                using (var certificate = SelfSigned.Make(name, seed, from, to))
                {
                    // RFC 8410 §7: without the public key, which older programs do not expect there.
                    return Write([0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20, .. seed.GetEncoded()], certificate, name, password);
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, message: null);
        }
    }

    /// <summary>The public part only: records print themselves into logs.</summary>
    public override string ToString() => $"{Key.Type} {Key.Fingerprint}";

    private static ClientKeyFiles Write(byte[] pkcs8, X509Certificate2 certificate, string name, string password)
    {
        var key = ClientKey.FromCertificate(certificate.RawDataMemory) ?? throw new CryptographicException("The certificate that was made cannot be read.");
        return new ClientKeyFiles(key, PemEncoding.WriteString("PRIVATE KEY", pkcs8) + "\n", certificate.ExportCertificatePem() + "\n", Pkcs12Writer.Write(pkcs8, certificate.RawData, name, password));
    }
}
