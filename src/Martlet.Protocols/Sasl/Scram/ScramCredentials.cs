using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Martlet.Protocols.Sasl.Precis;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>
/// What a server keeps to check a SCRAM proof (RFC 5802 §3): neither the password nor what a client could log in with. Whoever steals it can try passwords
/// offline, at the price of the iterations, and play the server.
/// </summary>
/// <remarks>Text form as in RFC 5803: <c>SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey</c>, binary parts in base64.</remarks>
public sealed record ScramCredentials : SaslSecret
{
    /// <summary>Length of new salts.</summary>
    public const int SaltBytes = 16;

    /// <summary>Longest salt.</summary>
    public const int SaltBytesMax = 256;

    /// <summary>Makes one of its parts.</summary>
    /// <exception cref="ArgumentException">A part has a length that the hash or the limits do not allow.</exception>
    public ScramCredentials(ScramHash hash, ReadOnlyMemory<byte> salt, int iterations, ReadOnlyMemory<byte> storedKey, ReadOnlyMemory<byte> serverKey)
    {
        if (salt.Length is 0 or > SaltBytesMax || iterations <= 0 || storedKey.Length != hash.Bytes || serverKey.Length != hash.Bytes)
        {
            throw new ArgumentException($"Not credentials of {hash.Name}.", nameof(hash));
        }

        (Hash, Salt, Iterations, StoredKey, ServerKey) = (hash, salt, iterations, storedKey, serverKey);
    }

    /// <summary>The hash function.</summary>
    public ScramHash Hash { get; }

    /// <summary>Random bytes of this password.</summary>
    public ReadOnlyMemory<byte> Salt { get; }

    /// <summary>What trying a password costs.</summary>
    public int Iterations { get; }

    /// <summary>Checks the client's proof.</summary>
    public ReadOnlyMemory<byte> StoredKey { get; }

    /// <summary>Makes the server's signature.</summary>
    public ReadOnlyMemory<byte> ServerKey { get; }

    /// <inheritdoc/>
    public override string Kind => Hash.Name;

    /// <summary>Whether a password that is set today would get more iterations or a longer salt: to be made anew when the password is at hand.</summary>
    public bool IsWeakerThanNew => Iterations < Hash.Iterations || Salt.Length < SaltBytes;

    /// <summary>Makes the credentials of a password, with today's iterations. Slow on purpose: not to be called on a thread that serves others.</summary>
    /// <param name="hash">The hash function.</param>
    /// <param name="password">The password; prepared here by the OpaqueString profile (RFC 8265 §4.2).</param>
    /// <param name="salt">Random bytes, at least <see cref="SaltBytes"/>.</param>
    /// <returns>Null when the profile refuses the password: it is empty or has characters that no keyboard gives.</returns>
    public static ScramCredentials? FromPassword(ScramHash hash, string password, ReadOnlyMemory<byte> salt) =>
        salt.Length >= SaltBytes
            ? FromPassword(hash, password, salt, hash.Iterations)
            : throw new ArgumentOutOfRangeException(nameof(salt), salt.Length, $"At least {SaltBytes} bytes.");

    /// <summary>The same with other parameters, as an import needs them.</summary>
    public static ScramCredentials? FromPassword(ScramHash hash, string password, ReadOnlyMemory<byte> salt, int iterations)
    {
        if (!OpaqueString.TryEnforce(password, out var prepared))
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(prepared);
        var salted = ScramKeys.SaltedPassword(hash, bytes, salt.Span, iterations);
        var clientKey = ScramKeys.ClientKey(hash, salted);
        var credentials = new ScramCredentials(hash, salt, iterations, ScramKeys.StoredKey(hash, clientKey), ScramKeys.ServerKey(hash, salted));
        CryptographicOperations.ZeroMemory(bytes);
        CryptographicOperations.ZeroMemory(salted);
        CryptographicOperations.ZeroMemory(clientKey);
        return credentials;
    }

    /// <inheritdoc/>
    public override string Encode() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Hash.Name}${Iterations}:{Base64(Salt)}${Base64(StoredKey)}:{Base64(ServerKey)}");

    /// <summary>Whether all parts are the same.</summary>
    public bool Equals(ScramCredentials? other) =>
        other is not null && Hash == other.Hash && Iterations == other.Iterations && Salt.Span.SequenceEqual(other.Salt.Span)
        && CryptographicOperations.FixedTimeEquals(StoredKey.Span, other.StoredKey.Span)
        && CryptographicOperations.FixedTimeEquals(ServerKey.Span, other.ServerKey.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var code = new HashCode();
        code.AddBytes(Salt.Span);
        return code.ToHashCode();
    }

    internal static ScramCredentials? Parse(string encoded)
    {
        if (encoded.Split('$') is not [var name, var cost, var keys] || !ScramHash.TryFind(name, out var hash)
            || cost.Split(':') is not [var count, var saltText] || keys.Split(':') is not [var storedText, var serverText]
            || count.StartsWith('0') || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var iterations) || iterations <= 0
            || !StrictBase64.TryDecode(saltText, out var salt) || salt.Length is 0 or > SaltBytesMax
            || !StrictBase64.TryDecode(storedText, out var stored) || stored.Length != hash.Bytes
            || !StrictBase64.TryDecode(serverText, out var server) || server.Length != hash.Bytes)
        {
            return null;
        }

        return new ScramCredentials(hash, salt, iterations, stored, server);
    }

    private static string Base64(ReadOnlyMemory<byte> bytes) => Convert.ToBase64String(bytes.Span);
}
