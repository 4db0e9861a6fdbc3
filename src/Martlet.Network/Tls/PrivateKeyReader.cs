using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace Martlet.Network.Tls;

/// <summary>What a key file holds: the key in PKCS #8, and the certificate if there is one.</summary>
internal sealed record PrivateKeyReader(byte[] Pkcs8, byte[]? Certificate)
{
    /// <summary>Reads PEM (RFC 7468): one private key, and the first certificate, in any order.</summary>
    /// <exception cref="CryptographicException">There is no key, or more than one, or the password does not open it.</exception>
    public static PrivateKeyReader FromPem(string pem, string? password)
    {
        byte[]? key = null;
        byte[]? certificate = null;
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var label = rest[fields.Label].ToString();
            var bytes = new byte[fields.DecodedDataLength];
            Convert.TryFromBase64Chars(rest[fields.Base64Data], bytes, out _);
            rest = rest[fields.Location.End..];
            if (label == "CERTIFICATE")
            {
                certificate ??= bytes;
            }
            else if (label.EndsWith("PRIVATE KEY", StringComparison.Ordinal))
            {
                key = key is null ? ToPkcs8(label, bytes, password) : throw new CryptographicException("There is more than one private key.");
            }
        }

        return new PrivateKeyReader(key ?? throw new CryptographicException("There is no private key that can be read. If it is in PEM, check that it is whole."), certificate);
    }

    /// <summary>Reads PKCS #12: the first private key and its certificate.</summary>
    /// <exception cref="CryptographicException">There is no key, or the password does not open it.</exception>
    public static PrivateKeyReader FromPkcs12(ReadOnlySpan<byte> file, string password) => Guard(file.ToArray(), bytes =>
    {
        if (!Ascii.IsValid(password))
        {
            // Programs disagree about the bytes of any other.
            throw new CryptographicException("The password of a PKCS #12 file must be ASCII.");
        }

        var store = new Pkcs12StoreBuilder().Build();
        store.Load(new MemoryStream(bytes), password.ToCharArray());
        var alias = store.Aliases.FirstOrDefault(store.IsKeyEntry) ?? throw new CryptographicException("There is no private key in the PKCS #12 file.");
        return new PrivateKeyReader(Encode(store.GetKey(alias).Key), store.GetCertificate(alias)?.Certificate.GetEncoded());
    });

    private static byte[] ToPkcs8(string label, byte[] bytes, string? password)
    {
        switch (label)
        {
            case "PRIVATE KEY":
                return bytes;
            case "ENCRYPTED PRIVATE KEY" when password is null:
                throw new CryptographicException("The private key needs a password.");
            case "ENCRYPTED PRIVATE KEY":
                // The library takes a byte from each character; a password is UTF-8 (RFC 8018 §3).
                var utf8 = Array.ConvertAll(Encoding.UTF8.GetBytes(password), octet => (char)octet);
                return Guard(bytes, encrypted => Encode(PrivateKeyFactory.DecryptKey(utf8, encrypted)));
            case "RSA PRIVATE KEY":
                using (var rsa = RSA.Create())
                {
                    rsa.ImportRSAPrivateKey(bytes, out _);
                    return rsa.ExportPkcs8PrivateKey();
                }

            case "EC PRIVATE KEY":
                using (var curve = ECDsa.Create())
                {
                    curve.ImportECPrivateKey(bytes, out _);
                    return curve.ExportPkcs8PrivateKey();
                }

            default:
                throw new CryptographicException($"Private keys of the form {label} are not known; openssl pkcs8 -topk8 converts them.");
        }
    }

    private static byte[] Encode(AsymmetricKeyParameter key) => PrivateKeyInfoFactory.CreatePrivateKeyInfo(key).GetDerEncoded();

    /// <summary>One exception for all that the library throws at a bad file or password.</summary>
    private static T Guard<T>(byte[] bytes, Func<byte[], T> read)
    {
        try
        {
            return read(bytes);
        }
        catch (Exception e) when (e is IOException or GeneralSecurityException or CryptoException or ArgumentException or InvalidOperationException or FormatException or InvalidCastException)
        {
            throw new CryptographicException($"The key cannot be read, or the password is wrong: {e.Message}", e);
        }
    }
}
