using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Martlet.Server.Imap.Fetch;

/// <summary>
/// Raw 8-bit header values for clients that have not enabled UTF-8: written as encoded-words (RFC 2047), which every client can show, in place of bytes that
/// some choke on.
/// </summary>
internal static class EncodedWords
{
    // An encoded-word has at most 75 characters (RFC 2047 §2): 12 for "=?utf-8?b??=", 60 of base64, which hold 45 bytes.
    private const int BytesInWord = 45;

    /// <summary>Whether the value needs it.</summary>
    public static bool IsNeededFor(ReadOnlySpan<byte> value) => !Ascii.IsValid(value);

    /// <summary>The value as encoded-words between spaces, which readers leave out.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> value)
    {
        var isUtf8 = Utf8.IsValid(value);
        var output = new ArrayBufferWriter<byte>(value.Length * 2);
        while (!value.IsEmpty)
        {
            var length = Math.Min(BytesInWord, value.Length);
            while (isUtf8 && length < value.Length && (value[length] & 0xC0) == 0x80)
            {
                length--; // Characters are not split between words.
            }

            output.Write(output.WrittenCount > 0 ? " "u8 : ""u8);
            output.Write(isUtf8 ? "=?utf-8?b?"u8 : "=?unknown-8bit?b?"u8);
            var span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(length));
            Base64.EncodeToUtf8(value[..length], span, out _, out var written);
            output.Advance(written);
            output.Write("?="u8);
            value = value[length..];
        }

        return output.WrittenSpan.ToArray();
    }
}
