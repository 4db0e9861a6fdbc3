namespace Martlet.Protocols.Imap;

/// <summary>
/// The announcement of a literal: <c>{n}</c>, <c>{n+}</c> (RFC 7888 §3) or <c>~{n}</c>, <c>~{n+}</c> (literal8, RFC 3516 §4.4).
/// </summary>
/// <param name="Bytes">Size of the data that follows the line end. Sizes beyond 63 bits are reported as <see cref="long.MaxValue"/>.</param>
/// <param name="IsSync">The client waits for a continuation request (<c>+ </c>) before it sends the data.</param>
/// <param name="IsBinary">A literal8: the data may hold NUL.</param>
public readonly record struct LiteralHeader(long Bytes, bool IsSync, bool IsBinary)
{
    /// <summary>Reads the header at the end of a line, scanning backwards. O(length of the header).</summary>
    /// <param name="line">A line without its CRLF or LF.</param>
    /// <param name="header">The announcement, when the answer is true.</param>
    /// <param name="length">Bytes of the header text at the end of <paramref name="line"/>.</param>
    /// <returns>False if the line does not end in the text of a literal header.</returns>
    public static bool TryReadAtEnd(ReadOnlySpan<byte> line, out LiteralHeader header, out int length)
    {
        header = default;
        length = 0;
        if (line is not [.., (byte)'}'])
        {
            return false;
        }

        var end = line.Length - 1;
        var isSync = true;
        if (end > 0 && line[end - 1] == (byte)'+')
        {
            isSync = false;
            end--;
        }

        var start = end;
        while (start > 0 && line[start - 1] is >= (byte)'0' and <= (byte)'9')
        {
            start--;
        }

        if (start == end || start == 0 || line[start - 1] != (byte)'{')
        {
            return false;
        }

        var isBinary = start >= 2 && line[start - 2] == (byte)'~';
        header = new LiteralHeader(ToSize(line[start..end]), isSync, isBinary);
        length = line.Length - start + (isBinary ? 2 : 1);
        return true;
    }

    private static long ToSize(ReadOnlySpan<byte> digits)
    {
        long size = 0;
        foreach (var digit in digits)
        {
            var value = digit - '0';
            if (size > (long.MaxValue - value) / 10)
            {
                return long.MaxValue;
            }

            size = (size * 10) + value;
        }

        return size;
    }
}
