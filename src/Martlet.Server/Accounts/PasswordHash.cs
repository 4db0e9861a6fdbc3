using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Martlet.Server.Accounts;

/// <summary>A stored password hash in the usual form: <c>$argon2id$v=19$m=19456,t=2,p=1$salt$hash</c>, base64 without padding.</summary>
internal sealed record PasswordHash(PasswordCost Cost, byte[] Salt, byte[] Hash)
{
    private const int SaltBytesMax = 64;
    private const int HashBytesMax = 64;

    /// <summary>Reads the encoded form.</summary>
    public static bool TryParse(string encoded, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = null;
        if (encoded.Split('$') is not ["", "argon2id", "v=19", var figures, var salt, var value])
        {
            return false;
        }

        if (figures.Split(',') is not [var memory, var passes, var lanes]
            || !TryNumber(memory, "m=", out var m) || !TryNumber(passes, "t=", out var t) || !TryNumber(lanes, "p=", out var p))
        {
            return false;
        }

        var cost = new PasswordCost(m, t, p);
        if (!cost.IsSound || !TryDecode(salt, 8, SaltBytesMax, out var saltBytes) || !TryDecode(value, 16, HashBytesMax, out var hashBytes))
        {
            return false;
        }

        hash = new PasswordHash(cost, saltBytes, hashBytes);
        return true;
    }

    /// <summary>The encoded form.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"$argon2id$v=19$m={Cost.MemoryKiB},t={Cost.Passes},p={Cost.Lanes}${Convert.ToBase64String(Salt).TrimEnd('=')}${Convert.ToBase64String(Hash).TrimEnd('=')}");

    private static bool TryNumber(string text, string name, out int number)
    {
        number = 0;
        return text.StartsWith(name, StringComparison.Ordinal) && int.TryParse(text.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryDecode(string text, int bytesMin, int bytesMax, out byte[] bytes)
    {
        var buffer = new byte[bytesMax + 3];
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var isRead = Convert.TryFromBase64String(padded, buffer, out var length) && length >= bytesMin && length <= bytesMax;
        bytes = isRead ? buffer[..length] : [];
        return isRead;
    }
}
