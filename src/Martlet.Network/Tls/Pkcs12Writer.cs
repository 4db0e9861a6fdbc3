using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace Martlet.Network.Tls;

/// <summary>
/// One key and its certificate as PKCS #12 (RFC 7292), encrypted with AES-256 and a key from PBKDF2. By hand, since BouncyCastle's store puts the public key beside an
/// Ed25519 key, which OpenSSL 3.0 does not read, and the runtime's has no Ed25519 keys.
/// </summary>
internal static class Pkcs12Writer
{
    // Trying a password costs about as much with the MAC as with the encryption; each is some 50 ms for who has the password.
    private const int Iterations = 100_000;
    private const int SaltLength = 16;
    private const int KeyLength = 32;

    /// <summary>Writes the file.</summary>
    /// <param name="pkcs8">The private key.</param>
    /// <param name="certificate">Its certificate in DER.</param>
    /// <param name="name">What programs show.</param>
    /// <param name="password">Protects the file.</param>
    public static byte[] Write(byte[] pkcs8, byte[] certificate, string name, string password)
    {
        // Both carry the same id, by which programs know that they belong together (RFC 7292 §4.2).
        var attributes = new DerSet(
            Attribute(PkcsObjectIdentifiers.Pkcs9AtFriendlyName, new DerBmpString(name)),
            Attribute(PkcsObjectIdentifiers.Pkcs9AtLocalKeyID, new DerOctetString(SHA256.HashData(certificate)[..20])));

        var (keyAlgorithm, keyBytes) = Encrypt(pkcs8, password);
        var key = new SafeBag(PkcsObjectIdentifiers.Pkcs8ShroudedKeyBag, new EncryptedPrivateKeyInfo(keyAlgorithm, keyBytes).ToAsn1Object(), attributes);
        var cert = new SafeBag(PkcsObjectIdentifiers.CertBag, new CertBag(PkcsObjectIdentifiers.X509Certificate, new DerOctetString(certificate)).ToAsn1Object(), attributes);
        var (certAlgorithm, certBytes) = Encrypt(new DerSequence(cert).GetDerEncoded(), password);

        var safe = new DerSequence(
            new ContentInfo(PkcsObjectIdentifiers.EncryptedData, new EncryptedData(PkcsObjectIdentifiers.Data, certAlgorithm, new DerOctetString(certBytes))),
            new ContentInfo(PkcsObjectIdentifiers.Data, new DerOctetString(new DerSequence(key).GetDerEncoded()))).GetDerEncoded();
        return new Pfx(new ContentInfo(PkcsObjectIdentifiers.Data, new DerOctetString(safe)), Mac(safe, password)).GetDerEncoded();
    }

    private static DerSequence Attribute(DerObjectIdentifier type, Asn1Encodable value) => new(type, new DerSet(value));

    /// <summary>PBES2 (RFC 8018 §6.2).</summary>
    private static (AlgorithmIdentifier Algorithm, byte[] Bytes) Encrypt(byte[] plain, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        using var aes = Aes.Create();
        aes.Key = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA256, KeyLength);
        var derivation = new Pbkdf2Params(salt, Iterations, KeyLength, new AlgorithmIdentifier(PkcsObjectIdentifiers.IdHmacWithSha256, DerNull.Instance));
        var algorithm = new PbeS2Parameters(
            new KeyDerivationFunc(PkcsObjectIdentifiers.IdPbkdf2, derivation),
            new EncryptionScheme(NistObjectIdentifiers.IdAes256Cbc, new DerOctetString(aes.IV)));
        return (new AlgorithmIdentifier(PkcsObjectIdentifiers.IdPbeS2, algorithm), aes.EncryptCbc(plain, aes.IV));
    }

    /// <summary>The seal over the contents (RFC 7292 §5.1, key as in appendix B).</summary>
    private static MacData Mac(byte[] safe, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltLength);
        var generator = new Pkcs12ParametersGenerator(new Sha256Digest());
        generator.Init(PbeParametersGenerator.Pkcs12PasswordToBytes(password.ToCharArray()), salt, Iterations);
        var key = ((KeyParameter)generator.GenerateDerivedMacParameters(KeyLength * 8)).GetKey();
        return new MacData(new DigestInfo(new AlgorithmIdentifier(NistObjectIdentifiers.IdSha256, DerNull.Instance), HMACSHA256.HashData(key, safe)), salt, Iterations);
    }
}
