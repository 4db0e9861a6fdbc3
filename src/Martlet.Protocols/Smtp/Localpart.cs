using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Martlet.Protocols.Smtp;

/// <summary>What stands left of the at sign, read from a dot-string or quoted string and written back as one of them (RFC 5321 §4.1.2, RFC 6531 §3.3).</summary>
internal static class Localpart
{
    // RFC 5322 §3.2.3 atext, and the dot that joins atoms.
    private static readonly SearchValues<byte> AtextOrDot =
        SearchValues.Create("!#$%&'*+-/0123456789=?ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~."u8);

    /// <summary>Where the localpart at the front ends.</summary>
    /// <returns>Its length with quotes; 0 when there is none, -1 when a quoted string does not end.</returns>
    public static int Measure(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'"', ..])
        {
            var end = 0;
            while (end < text.Length && (text[end] >= 0x80 || AtextOrDot.Contains(text[end])))
            {
                end++;
            }

            return end;
        }

        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == '"')
            {
                return i + 1;
            }
        }

        return -1;
    }

    /// <summary>Decodes a whole localpart.</summary>
    /// <param name="text">As <see cref="Measure"/> gave it.</param>
    /// <param name="localpart">Without quotes and backslashes.</param>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? localpart)
    {
        localpart = null;
        if (text is [(byte)'"', .., (byte)'"'] && text.Length >= 2)
        {
            return TryUnquote(text[1..^1], out var bytes) && StrictUtf8.TryDecode(bytes, out localpart) && !HasControls(localpart);
        }

        if (text.IsEmpty || text[0] == '.' || text[^1] == '.' || text.IndexOf(".."u8) >= 0)
        {
            return false;
        }

        foreach (var b in text)
        {
            if (b < 0x80 && !AtextOrDot.Contains(b))
            {
                return false;
            }
        }

        return StrictUtf8.TryDecode(text, out localpart) && !HasControls(localpart);
    }

    /// <summary>Writes a decoded localpart: as a dot-string where it is one, quoted otherwise.</summary>
    public static string Encode(string localpart)
    {
        var isDotString = localpart.Length > 0 && localpart[0] != '.' && localpart[^1] != '.' && !localpart.Contains("..", StringComparison.Ordinal);
        foreach (var c in localpart)
        {
            isDotString &= c >= 0x80 || AtextOrDot.Contains((byte)c);
        }

        return isDotString ? localpart : $"\"{localpart.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static bool TryUnquote(ReadOnlySpan<byte> quoted, out byte[] bytes)
    {
        bytes = [];
        var result = new byte[quoted.Length];
        var length = 0;
        for (var i = 0; i < quoted.Length; i++)
        {
            var b = quoted[i];
            if (b == '"' || b < 0x20 || b == 0x7F)
            {
                return false;
            }

            if (b == '\\')
            {
                // quoted-pairSMTP: a backslash before one printable ASCII character.
                if (++i == quoted.Length || quoted[i] is < 0x20 or > 0x7E)
                {
                    return false;
                }

                b = quoted[i];
            }

            result[length++] = b;
        }

        bytes = result[..length];
        return length > 0;
    }

    // C1 controls and Unicode line ends would break header fields and logs for readers that honour them.
    private static bool HasControls(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029)
            {
                return true;
            }
        }

        return false;
    }
}
