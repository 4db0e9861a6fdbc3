using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Martlet.Protocols.Sasl.Scram;

namespace Martlet.Load.Clients;

/// <summary>Logins over IMAP that cost the client little: what a SCRAM client would compute anew each time is kept.</summary>
internal static class Login
{
    private static readonly ConcurrentDictionary<string, (byte[] ClientKey, byte[] StoredKey)> Keys = new(StringComparer.Ordinal);

    /// <summary>PLAIN with its initial response.</summary>
    public static async Task PlainAsync(Wire wire, string address, string password)
    {
        await wire.SendAsync($"a AUTHENTICATE PLAIN {Base64($"\0{address}\0{password}")}\r\n");
        await EndAsync(wire);
    }

    /// <summary>CRAM-MD5.</summary>
    public static async Task CramMd5Async(Wire wire, string address, string password)
    {
        await wire.SendAsync("a AUTHENTICATE CRAM-MD5\r\n");
        var challenge = await ChallengeAsync(wire);
        var digest = Convert.ToHexStringLower(HMACMD5.HashData(Encoding.UTF8.GetBytes(password), challenge));
        await wire.SendAsync(Base64($"{address} {digest}") + "\r\n");
        await EndAsync(wire);
    }

    /// <summary>SCRAM without channel binding; the server's signature is not looked at.</summary>
    public static async Task ScramAsync(Wire wire, ScramHash hash, string address, string password)
    {
        var first = $"n={address},r={Convert.ToHexString(RandomNumberGenerator.GetBytes(12))}";
        await wire.SendAsync($"a AUTHENTICATE {hash.Name} {Base64("n,," + first)}\r\n");
        var server = Encoding.UTF8.GetString(await ChallengeAsync(wire));
        var parts = server.Split(',');
        var final = $"c=biws,{parts[0]}";
        var (clientKey, storedKey) = Keys.GetOrAdd($"{hash.Name} {parts[1]} {parts[2]} {password}", _ => MakeKeys(hash, password, parts[1][2..], parts[2][2..]));
        var signature = CryptographicOperations.HmacData(hash.Algorithm, storedKey, Encoding.UTF8.GetBytes($"{first},{server},{final}"));
        var proof = Convert.ToBase64String([.. clientKey.Select((value, i) => (byte)(value ^ signature[i]))]);
        await wire.SendAsync(Base64($"{final},p={proof}") + "\r\n");
        await ChallengeAsync(wire);
        await wire.SendAsync("\r\n");
        await EndAsync(wire);
    }

    private static (byte[] ClientKey, byte[] StoredKey) MakeKeys(ScramHash hash, string password, string salt, string iterations)
    {
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, Convert.FromBase64String(salt), int.Parse(iterations, CultureInfo.InvariantCulture), hash.Algorithm, hash.Bytes);
        var clientKey = CryptographicOperations.HmacData(hash.Algorithm, salted, "Client Key"u8);
        return (clientKey, CryptographicOperations.HashData(hash.Algorithm, clientKey));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<byte[]> ChallengeAsync(Wire wire)
    {
        var line = Encoding.ASCII.GetString((await wire.LineAsync()).Span).TrimEnd();
        return line.StartsWith("+ ", StringComparison.Ordinal) ? Convert.FromBase64String(line[2..]) : throw new IOException("The server said: " + line);
    }

    private static async Task EndAsync(Wire wire)
    {
        while (true)
        {
            var line = Encoding.ASCII.GetString((await wire.LineAsync()).Span);
            if (line.StartsWith("a ", StringComparison.Ordinal))
            {
                if (!line.StartsWith("a OK", StringComparison.Ordinal))
                {
                    throw new IOException("The server said: " + line.TrimEnd());
                }

                return;
            }
        }
    }
}
