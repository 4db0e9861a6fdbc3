using System.Buffers;
using System.Text;

namespace Martlet.Protocols.Text;

/// <summary>
/// Modified UTF-7, the spelling of mailbox names for clients without UTF8=ACCEPT (RFC 3501 §5.1.3). The decoder is strict, so that one
/// name has exactly one spelling and two clients never see two mailboxes where there is one.
/// </summary>
public static class Utf7Imap
{
    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,"u8;

    /// <summary>Decodes a mailbox name or a list pattern.</summary>
    /// <param name="encoded">The name as on the wire.</param>
    /// <param name="decoded">The name in Unicode; empty when the answer is false.</param>
    /// <returns>
    /// False for bytes outside printable ASCII, an unknown base64 character, a shift that is not ended, is empty, follows another shift
    /// directly or has set bits left over, printable ASCII inside a shift, and surrogates without their pair.
    /// </returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, out string decoded)
    {
        decoded = "";
        var text = new StringBuilder(encoded.Length);
        var afterShift = false;
        while (!encoded.IsEmpty)
        {
            var b = encoded[0];
            encoded = encoded[1..];
            if (b is < 0x20 or > 0x7e)
            {
                return false;
            }

            if (b != (byte)'&')
            {
                text.Append((char)b);
                afterShift = false;
                continue;
            }

            var end = encoded.IndexOf((byte)'-');
            if (end == 0)
            {
                text.Append('&');
                afterShift = false;
            }
            else if (end < 0 || afterShift || !DecodeShift(encoded[..end], text))
            {
                return false;
            }
            else
            {
                afterShift = true;
            }

            encoded = encoded[(end + 1)..];
        }

        decoded = text.ToString();
        return true;
    }

    /// <summary>Encodes a name. Surrogates without their pair become U+FFFD; everything else decodes to the same text again.</summary>
    /// <param name="name">The name in Unicode.</param>
    /// <param name="output">Gets printable ASCII bytes.</param>
    public static void Encode(ReadOnlySpan<char> name, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        while (!name.IsEmpty)
        {
            var plain = name.IndexOfAnyExceptInRange(' ', '~');
            var run = plain < 0 ? name : name[..plain];
            foreach (var c in run)
            {
                output.Write(c == '&' ? "&-"u8 : [(byte)c]);
            }

            name = name[run.Length..];
            var shifted = name.IndexOfAnyInRange(' ', '~');
            run = shifted < 0 ? name : name[..shifted];
            if (!run.IsEmpty)
            {
                EncodeShift(run, output);
                name = name[run.Length..];
            }
        }
    }

    private static bool DecodeShift(ReadOnlySpan<byte> base64, StringBuilder text)
    {
        uint bits = 0;
        var count = 0;
        char high = default;
        foreach (var b in base64)
        {
            var value = Alphabet.IndexOf(b);
            if (value < 0)
            {
                return false;
            }

            bits = (bits << 6) | (uint)value;
            count += 6;
            if (count < 16)
            {
                continue;
            }

            count -= 16;
            var unit = (char)(bits >> count);
            bits &= (1u << count) - 1;
            if (unit is >= ' ' and <= '~' || char.IsLowSurrogate(unit) != (high != default))
            {
                return false;
            }

            high = char.IsHighSurrogate(unit) ? unit : default;
            text.Append(unit);
        }

        // Fewer than six bits may be left, all zero: RFC 3501 §5.1.3 forbids superfluous data.
        return high == default && count < 6 && bits == 0;
    }

    private static void EncodeShift(ReadOnlySpan<char> run, IBufferWriter<byte> output)
    {
        output.Write("&"u8);
        uint bits = 0;
        var count = 0;
        Span<char> units = stackalloc char[2];
        foreach (var rune in run.EnumerateRunes())
        {
            foreach (var unit in units[..rune.EncodeToUtf16(units)])
            {
                bits = (bits << 16) | unit;
                for (count += 16; count >= 6;)
                {
                    count -= 6;
                    output.Write([Alphabet[(int)(bits >> count) & 63]]);
                }

                bits &= (1u << count) - 1;
            }
        }

        if (count > 0)
        {
            output.Write([Alphabet[(int)(bits << (6 - count)) & 63]]);
        }

        output.Write("-"u8);
    }
}
