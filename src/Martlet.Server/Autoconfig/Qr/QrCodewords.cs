namespace Martlet.Server.Autoconfig.Qr;

/// <summary>Turns bytes into the codewords of a version: header, padding, blocks with their correction, in the order in which they are drawn.</summary>
internal static class QrCodewords
{
    private const int ByteMode = 0b0100;

    /// <summary>The codewords. The data fits.</summary>
    public static byte[] Make(ReadOnlySpan<byte> data, QrVersion version)
    {
        var words = Pad(data, version);
        var generator = ReedSolomon.Generator(version.CorrectionPerBlock);
        // The last blocks are one codeword longer when the data does not divide evenly.
        var (shortLength, longCount) = Math.DivRem(words.Length, version.Blocks);
        var blocks = new (int Start, int Length, byte[] Correction)[version.Blocks];
        var start = 0;
        for (var block = 0; block < blocks.Length; block++)
        {
            var length = shortLength + (block >= blocks.Length - longCount ? 1 : 0);
            blocks[block] = (start, length, ReedSolomon.Correction(words.AsSpan(start, length), generator));
            start += length;
        }

        return Interleave(words, blocks, version);
    }

    private static byte[] Pad(ReadOnlySpan<byte> data, QrVersion version)
    {
        var words = new byte[version.DataCodewords];
        var at = 0;
        void Append(int value, int bits)
        {
            for (var bit = bits - 1; bit >= 0; bit--, at++)
            {
                words[at / 8] |= (byte)((value >> bit & 1) << (7 - at % 8));
            }
        }

        Append(ByteMode, 4);
        Append(data.Length, version.CountBits);
        foreach (var value in data)
        {
            Append(value, 8);
        }

        // The end mark is four zero bits, or fewer where there is no room; then zeros to the next whole codeword, which are there.
        var full = Math.Min((at + 4 + 7) / 8, words.Length);
        for (var word = full; word < words.Length; word++)
        {
            words[word] = (word - full) % 2 == 0 ? (byte)0xEC : (byte)0x11;
        }

        return words;
    }

    private static byte[] Interleave(byte[] words, (int Start, int Length, byte[] Correction)[] blocks, QrVersion version)
    {
        var all = new List<byte>(version.Codewords);
        for (var at = 0; at < blocks[^1].Length; at++)
        {
            foreach (var block in blocks)
            {
                if (at < block.Length)
                {
                    all.Add(words[block.Start + at]);
                }
            }
        }

        for (var at = 0; at < version.CorrectionPerBlock; at++)
        {
            foreach (var block in blocks)
            {
                all.Add(block.Correction[at]);
            }
        }

        return [.. all];
    }
}
