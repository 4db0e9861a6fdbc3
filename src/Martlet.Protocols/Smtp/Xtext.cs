namespace Martlet.Protocols.Smtp;

/// <summary>xtext: printable ASCII in which <c>+XX</c> is a byte in hexadecimal (RFC 3461 §4).</summary>
internal static class Xtext
{
    /// <summary>Decodes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, out byte[] decoded)
    {
        decoded = [];
        var result = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b is < 0x21 or > 0x7E or (byte)'=')
            {
                return false;
            }

            if (b == '+')
            {
                if (i + 2 >= text.Length || !IsHex(text[i + 1]) || !IsHex(text[i + 2]))
                {
                    return false;
                }

                b = (byte)((FromHex(text[i + 1]) << 4) | FromHex(text[i + 2]));
                i += 2;
            }

            result[length++] = b;
        }

        decoded = result[..length];
        return true;
    }

    // Upper case only.
    private static bool IsHex(byte b) => char.IsAsciiHexDigitUpper((char)b);

    private static int FromHex(byte b) => b <= '9' ? b - '0' : b - 'A' + 10;
}
