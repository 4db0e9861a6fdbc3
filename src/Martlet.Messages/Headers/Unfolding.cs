using System.Buffers;
using Martlet.Messages.Mime;

namespace Martlet.Messages.Headers;

/// <summary>Turns a field value as it stands in the header into one line (RFC 5322 §2.2.3).</summary>
public static class Unfolding
{
    private static readonly SearchValues<byte> NotInAValue = SearchValues.Create("\r\n\0"u8);

    /// <summary>Space that surrounds a value, line ends included.</summary>
    internal static ReadOnlySpan<byte> SpaceBytes => " \t\r\n"u8;

    /// <summary>
    /// Removes line ends and the space around the value. The white space that begins a continuation line stays. NUL and stray CR go too: no value
    /// read from a header ever holds CR, LF or NUL, so that it fits an IMAP string.
    /// </summary>
    /// <param name="raw">The bytes after the colon.</param>
    /// <param name="destination">At least as long as <paramref name="raw"/>.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Unfold(ReadOnlySpan<byte> raw, Span<byte> destination)
    {
        raw = raw.Trim(SpaceBytes);
        var length = 0;
        while (true)
        {
            var plain = raw.IndexOfAny(NotInAValue);
            if (plain < 0)
            {
                raw.CopyTo(destination[length..]);
                return length + raw.Length;
            }

            raw[..plain].CopyTo(destination[length..]);
            length += plain;
            raw = raw[(plain + 1)..];
        }
    }

    /// <summary>Appends the unfolded value.</summary>
    internal static void Unfold(ReadOnlySpan<byte> raw, MetaWriter output) => output.Advance(Unfold(raw, output.Reserve(raw.Length)));
}
