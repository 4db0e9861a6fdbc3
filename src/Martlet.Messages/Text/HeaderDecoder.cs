using System.Text;
using Martlet.Messages.Headers;
using MimeKit.Utils;

namespace Martlet.Messages.Text;

/// <summary>Makes unstructured header values readable: encoded-words (RFC 2047), raw UTF-8 (RFC 6532), anything else as Latin-1.</summary>
public static class HeaderDecoder
{
    /// <summary>How much of a value is decoded, in bytes; the rest is cut.</summary>
    public const int RawBytesMax = 64 << 10;

    /// <summary>Decodes a subject, a display name, a description.</summary>
    /// <param name="raw">The value as a view gives it, or still folded.</param>
    /// <returns>Text without line ends. Encoded-words that are malformed or of an unknown charset stay as they are.</returns>
    public static string Decode(ReadOnlySpan<byte> raw)
    {
        var buffer = new byte[Math.Min(raw.Length, RawBytesMax)];
        var value = buffer.AsSpan(0, Unfolding.Unfold(raw[..buffer.Length], buffer));
        if (value.IndexOf("=?"u8) < 0)
        {
            return Ascii.IsValid(value) ? Encoding.ASCII.GetString(value) : Charsets.Guess.GetString(value);
        }

        return Rfc2047.DecodeText(buffer, 0, value.Length).Replace('\r', ' ').Replace('\n', ' ');
    }
}
