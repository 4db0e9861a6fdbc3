using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Martlet.Network.Tls;

/// <summary>The smallest certificates that TLS carries a client's key in. They say nothing but the key: servers of ours look at nothing else.</summary>
internal static class SelfSigned
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    // RFC 8410 §3: an algorithm without parameters.
    private static readonly byte[] Ed25519Algorithm = [0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70];

    /// <summary>SubjectPublicKeyInfo of an Ed25519 key (RFC 8410 §4).</summary>
    public static byte[] SubjectPublicKeyInfo(Ed25519PrivateKeyParameters key) => [0x30, 0x2A, .. Ed25519Algorithm, 0x03, 0x21, 0x00, .. key.GeneratePublicKey().GetEncoded()];

    /// <summary>Makes one for an Ed25519 key; it comes without the key, which the runtime cannot hold.</summary>
    public static X509Certificate2 Make(string name, Ed25519PrivateKeyParameters key, DateTimeOffset from, DateTimeOffset to) =>
        Make(name, PublicKey.CreateFromSubjectPublicKeyInfo(SubjectPublicKeyInfo(key), out _), new Ed25519Generator(key), from, to);

    /// <summary>Makes one for an RSA key; without the key.</summary>
    public static X509Certificate2 Make(string name, RSA key, DateTimeOffset from, DateTimeOffset to) =>
        Make(name, new PublicKey(key), X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), from, to);

    /// <summary>Makes one for a key on a curve; without the key.</summary>
    public static X509Certificate2 Make(string name, ECDsa key, DateTimeOffset from, DateTimeOffset to) =>
        Make(name, new PublicKey(key), X509SignatureGenerator.CreateForECDsa(key), from, to);

    private static X509Certificate2 Make(string name, PublicKey key, X509SignatureGenerator signer, DateTimeOffset from, DateTimeOffset to)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ClientAuthentication)], critical: false));
        // RFC 5280 §4.1.2.2: positive; 15 bytes behind a first byte that is neither negative nor a leading zero.
        return request.Create(subject.Build(), signer, from, to, [0x4D, .. RandomNumberGenerator.GetBytes(15)]);
    }

    private sealed class Ed25519Generator(Ed25519PrivateKeyParameters key) : X509SignatureGenerator
    {
        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => Ed25519Algorithm;

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
        {
            var signer = new Ed25519Signer();
            signer.Init(forSigning: true, key);
            signer.BlockUpdate(data, 0, data.Length);
            return signer.GenerateSignature();
        }

        protected override PublicKey BuildPublicKey() => PublicKey.CreateFromSubjectPublicKeyInfo(SubjectPublicKeyInfo(key), out _);
    }
}
