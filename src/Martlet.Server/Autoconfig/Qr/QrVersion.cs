namespace Martlet.Server.Autoconfig.Qr;

/// <summary>The numbers of one size of QR code at error correction level M, which restores 15 % of the codewords (ISO/IEC 18004, tables 1, 9 and E.1).</summary>
internal readonly record struct QrVersion(int Number)
{
    /// <summary>The largest version.</summary>
    public const int Last = 40;

    private static readonly byte[] CorrectionOfBlock =
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
        26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ];

    private static readonly byte[] BlockCounts =
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16,
        17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
    ];

    /// <summary>Modules of a side.</summary>
    public int Size => 17 + 4 * Number;

    /// <summary>Blocks that are corrected each for itself.</summary>
    public int Blocks => BlockCounts[Number - 1];

    /// <summary>Codewords of correction in each block.</summary>
    public int CorrectionPerBlock => CorrectionOfBlock[Number - 1];

    /// <summary>Codewords of data and correction together: what is left of the square when all patterns are drawn.</summary>
    public int Codewords
    {
        get
        {
            // Finders with their separators, two timing lines, two copies of the format, one module that is always dark.
            var modules = Size * Size - 3 * 64 - 2 * (Size - 16) - 31;
            if (Number >= 2)
            {
                // Alignment patterns; those on a timing line share five modules with it.
                var count = AlignmentCount;
                modules -= (count * count - 3) * 25 - (count - 2) * 2 * 5;
            }

            return (Number >= 7 ? modules - 36 : modules) / 8;
        }
    }

    /// <summary>Codewords of data.</summary>
    public int DataCodewords => Codewords - Blocks * CorrectionPerBlock;

    /// <summary>Bits of the count of bytes.</summary>
    public int CountBits => Number < 10 ? 8 : 16;

    /// <summary>Bytes that fit: four bits of mode and the count come first.</summary>
    public int BytesMax => (DataCodewords * 8 - 4 - CountBits) / 8;

    /// <summary>Centres of the alignment patterns on either axis.</summary>
    public int[] Alignment
    {
        get
        {
            if (Number == 1)
            {
                return [];
            }

            var centres = new int[AlignmentCount];
            // Even steps, as equal as they can be; what is left over lies between the first two.
            var step = (Number * 8 + centres.Length * 3 + 5) / (centres.Length * 4 - 4) * 2;
            centres[0] = 6;
            for (var at = 1; at < centres.Length; at++)
            {
                centres[at] = Size - 7 - (centres.Length - 1 - at) * step;
            }

            return centres;
        }
    }

    private int AlignmentCount => Number / 7 + 2;
}
