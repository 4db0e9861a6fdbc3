using System.Security.Cryptography;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>The computations of RFC 5802 §3, for any hash.</summary>
internal static class ScramKeys
{
    /// <summary>SaltedPassword: PBKDF2. The only slow one.</summary>
    public static byte[] SaltedPassword(ScramHash hash, ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, int iterations) =>
        Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, hash.Algorithm, hash.Bytes);

    /// <summary>ClientKey.</summary>
    public static byte[] ClientKey(ScramHash hash, ReadOnlySpan<byte> saltedPassword) => Hmac(hash, saltedPassword, "Client Key"u8);

    /// <summary>ServerKey.</summary>
    public static byte[] ServerKey(ScramHash hash, ReadOnlySpan<byte> saltedPassword) => Hmac(hash, saltedPassword, "Server Key"u8);

    /// <summary>StoredKey, from the ClientKey.</summary>
    public static byte[] StoredKey(ScramHash hash, ReadOnlySpan<byte> clientKey) => CryptographicOperations.HashData(hash.Algorithm, clientKey);

    /// <summary>ClientSignature or ServerSignature: of the AuthMessage with StoredKey or ServerKey.</summary>
    public static byte[] Signature(ScramHash hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> authMessage) => Hmac(hash, key, authMessage);

    /// <summary>ClientKey XOR ClientSignature is ClientProof, and back.</summary>
    public static byte[] Xor(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var result = new byte[a.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = (byte)(a[i] ^ b[i]);
        }

        return result;
    }

    private static byte[] Hmac(ScramHash hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> data) => CryptographicOperations.HmacData(hash.Algorithm, key, data);
}
