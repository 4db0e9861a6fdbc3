namespace Martlet.Network.Compression;

/// <summary>One Huffman code of a DEFLATE block (RFC 1951 §3.2.2), for decoding.</summary>
/// <remarks>Codes of up to nine bits are found with one look, longer ones bit by bit. About 2 kB; immutable.</remarks>
internal sealed class HuffmanTable
{
    private const int LengthMax = 15;
    private const int FastBits = 9;
    private const int LengthMask = 15;

    private readonly ushort[] _fast = new ushort[1 << FastBits]; // Symbol and length of its code; 0 where the code is longer.
    private readonly ushort[] _counts = new ushort[LengthMax + 1]; // Codes of each length.
    private readonly ushort[] _symbols; // In the order of their codes.

    private HuffmanTable(int symbols) => _symbols = new ushort[symbols];

    /// <summary>Makes the table.</summary>
    /// <param name="lengths">Bits of each symbol's code, 0 to 15; 0 when the symbol does not occur.</param>
    /// <returns>Null when the lengths describe no code: too many, or too few of them (but for a single code of one bit, and for none at all).</returns>
    public static HuffmanTable? Create(ReadOnlySpan<byte> lengths)
    {
        var table = new HuffmanTable(lengths.Length);
        foreach (var length in lengths)
        {
            table._counts[length]++;
        }

        var used = lengths.Length - table._counts[0];
        table._counts[0] = 0;
        var left = 1;
        for (var length = 1; length <= LengthMax; length++)
        {
            left = (left << 1) - table._counts[length];
            if (left < 0)
            {
                return null;
            }
        }

        if (left > 0 && !(used == 0 || (used == 1 && table._counts[1] == 1)))
        {
            return null;
        }

        table.Fill(lengths);
        return table;
    }

    /// <summary>Finds the symbol at the front of the bits.</summary>
    /// <param name="bits">Bits received, the first lowest; those beyond <paramref name="count"/> are 0.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="symbol">The symbol.</param>
    /// <returns>Bits of its code; 0 when more bits are needed, -1 when no code starts like this.</returns>
    public int Find(uint bits, int count, out int symbol)
    {
        var fast = _fast[bits & ((1 << FastBits) - 1)];
        if (fast != 0)
        {
            symbol = fast >> 4;
            var length = fast & LengthMask;
            return length <= count ? length : 0;
        }

        return FindSlowly(bits, count, out symbol);
    }

    private int FindSlowly(uint bits, int count, out int symbol)
    {
        int code = 0, first = 0, index = 0;
        symbol = 0;
        for (var length = 1; length <= LengthMax; length++)
        {
            if (length > count)
            {
                return 0;
            }

            code |= (int)(bits & 1);
            bits >>= 1;
            var here = _counts[length];
            if (code - here < first)
            {
                symbol = _symbols[index + code - first];
                return length;
            }

            index += here;
            first = (first + here) << 1;
            code <<= 1;
        }

        return -1;
    }

    private void Fill(ReadOnlySpan<byte> lengths)
    {
        Span<int> next = stackalloc int[LengthMax + 2]; // Place of the next symbol of a length.
        Span<int> codes = stackalloc int[LengthMax + 2]; // Its code.
        for (var length = 1; length <= LengthMax; length++)
        {
            next[length + 1] = next[length] + _counts[length];
            codes[length + 1] = (codes[length] + _counts[length]) << 1;
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            int length = lengths[symbol];
            if (length == 0)
            {
                continue;
            }

            _symbols[next[length]++] = (ushort)symbol;
            var code = codes[length]++;
            if (length <= FastBits)
            {
                for (var place = Reverse(code, length); place < _fast.Length; place += 1 << length)
                {
                    _fast[place] = (ushort)((symbol << 4) | length);
                }
            }
        }
    }

    // Codes are sent from their highest bit on, everything else from the lowest (RFC 1951 §3.1.1).
    private static int Reverse(int code, int length)
    {
        var reversed = 0;
        for (var i = 0; i < length; i++)
        {
            reversed = (reversed << 1) | ((code >> i) & 1);
        }

        return reversed;
    }
}
