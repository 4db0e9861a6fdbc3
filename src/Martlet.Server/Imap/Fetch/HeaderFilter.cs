using System.Text;

namespace Martlet.Server.Imap.Fetch;

/// <summary>Picks header fields by name, as their lines stand in the message (RFC 9051 §6.4.5.1 HEADER.FIELDS).</summary>
internal static class HeaderFilter
{
    private const int CaseBit = 0x20;

    /// <summary>Writes the wanted fields and the empty line that ends a header, if the header had one.</summary>
    /// <param name="header">Header with its empty line.</param>
    /// <param name="names">Field names, any case.</param>
    /// <param name="isExcluding">HEADER.FIELDS.NOT: all but these.</param>
    /// <param name="output">At least as long as the header.</param>
    /// <returns>Bytes written.</returns>
    public static int Filter(ReadOnlySpan<byte> header, IReadOnlyList<string> names, bool isExcluding, Span<byte> output)
    {
        var written = 0;
        var isTaking = false;
        var lengths = Lengths(names);
        while (!header.IsEmpty)
        {
            var end = header.IndexOf((byte)'\n');
            var line = end < 0 ? header : header[..(end + 1)];
            header = header[line.Length..];
            if (line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'])
            {
                isTaking = true;
            }
            else if (line[0] is not ((byte)' ' or (byte)'\t'))
            {
                // A line that is no field belongs to none: it is left out unless everything but some fields is asked for.
                var colon = line.IndexOf((byte)':');
                isTaking = IsNamed(colon < 0 ? default : line[..colon].TrimEnd((byte)' '), names, lengths) != isExcluding;
            }

            if (isTaking)
            {
                line.CopyTo(output[written..]);
                written += line.Length;
            }
        }

        return written;
    }

    // Most fields of a header have a length that none of the names has, and most of the rest another first letter.
    private static bool IsNamed(ReadOnlySpan<byte> name, IReadOnlyList<string> names, ulong lengths)
    {
        if (name.IsEmpty || (lengths & Bit(name.Length)) == 0)
        {
            return false;
        }

        for (var i = 0; i < names.Count; i++)
        {
            var candidate = names[i];
            if (candidate.Length == name.Length && ((candidate[0] ^ name[0]) & ~CaseBit) == 0 && Ascii.EqualsIgnoreCase(name, candidate))
            {
                return true;
            }
        }

        return false;
    }

    private static ulong Lengths(IReadOnlyList<string> names)
    {
        var lengths = 0UL;
        for (var i = 0; i < names.Count; i++)
        {
            lengths |= Bit(names[i].Length);
        }

        return lengths;
    }

    private static ulong Bit(int length) => 1UL << Math.Min(length, 63);
}
