namespace Martlet.Server.Autoconfig.Qr;

/// <summary>The square while it is drawn: patterns first, then the codewords around them, then a mask.</summary>
internal sealed class QrMatrix
{
    private readonly QrVersion _version;
    private readonly bool[,] _isDark;
    private readonly bool[,] _isFixed;

    /// <summary>Draws everything but the mask.</summary>
    public QrMatrix(QrVersion version, ReadOnlySpan<byte> codewords)
    {
        _version = version;
        Size = version.Size;
        _isDark = new bool[Size, Size];
        _isFixed = new bool[Size, Size];
        DrawPatterns();
        DrawFormat(mask: 0);
        DrawCodewords(codewords);
    }

    /// <summary>Modules of a side.</summary>
    public int Size { get; }

    /// <summary>Whether a module is dark.</summary>
    public bool this[int x, int y] => _isDark[x, y];

    /// <summary>Applies a mask, or takes it off again, and writes its number.</summary>
    public void Mask(int mask)
    {
        DrawFormat(mask);
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                _isDark[x, y] ^= !_isFixed[x, y] && IsMasked(mask, x, y);
            }
        }
    }

    private static bool IsMasked(int mask, int x, int y) => mask switch
    {
        0 => (x + y) % 2 == 0,
        1 => y % 2 == 0,
        2 => x % 3 == 0,
        3 => (x + y) % 3 == 0,
        4 => (x / 3 + y / 2) % 2 == 0,
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3) % 2 == 0,
        7 => ((x + y) % 2 + x * y % 3) % 2 == 0,
        _ => throw new ArgumentOutOfRangeException(nameof(mask), mask, message: null),
    };

    private void DrawPatterns()
    {
        for (var at = 0; at < Size; at++)
        {
            Fix(6, at, at % 2 == 0);
            Fix(at, 6, at % 2 == 0);
        }

        DrawFinder(3, 3);
        DrawFinder(Size - 4, 3);
        DrawFinder(3, Size - 4);
        var centres = _version.Alignment;
        foreach (var x in centres)
        {
            foreach (var y in centres)
            {
                // Not over a finder.
                if (!(x == 6 && y == 6 || x == 6 && y == Size - 7 || x == Size - 7 && y == 6))
                {
                    DrawSquares(x, y, radius: 2);
                }
            }
        }

        if (_version.Number >= 7)
        {
            DrawVersion();
        }
    }

    private void DrawFinder(int x, int y) => DrawSquares(x, y, radius: 4);

    // Squares in each other: dark but for the ring two around a centre that is 3 wide (finders), or one around a centre of 1, and the ring outside of finders.
    private void DrawSquares(int centreX, int centreY, int radius)
    {
        for (var dy = -radius; dy <= radius; dy++)
        {
            for (var dx = -radius; dx <= radius; dx++)
            {
                var (x, y) = (centreX + dx, centreY + dy);
                if (x >= 0 && x < Size && y >= 0 && y < Size)
                {
                    var ring = Math.Max(Math.Abs(dx), Math.Abs(dy));
                    Fix(x, y, radius == 4 ? ring is not (2 or 4) : ring != 1);
                }
            }
        }
    }

    // Level M is 00; five bits and ten of correction, twice.
    private void DrawFormat(int mask)
    {
        var bits = (mask << 10 | Remainder(mask, 10, 0x537)) ^ 0x5412;
        for (var bit = 0; bit < 15; bit++)
        {
            var isDark = (bits >> bit & 1) != 0;
            var (x, y) = bit switch
            {
                < 6 => (8, bit),
                6 => (8, 7),
                7 => (8, 8),
                8 => (7, 8),
                _ => (14 - bit, 8),
            };
            Fix(x, y, isDark);
            (x, y) = bit < 8 ? (Size - 1 - bit, 8) : (8, Size - 15 + bit);
            Fix(x, y, isDark);
        }

        Fix(8, Size - 8, isDark: true);
    }

    private void DrawVersion()
    {
        var bits = _version.Number << 12 | Remainder(_version.Number, 12, 0x1F25);
        for (var bit = 0; bit < 18; bit++)
        {
            var (far, near) = (Size - 11 + bit % 3, bit / 3);
            Fix(far, near, (bits >> bit & 1) != 0);
            Fix(near, far, (bits >> bit & 1) != 0);
        }
    }

    // The codes of format and version: the remainder by a polynomial over two elements.
    private static int Remainder(int value, int degree, int polynomial)
    {
        for (var step = 0; step < degree; step++)
        {
            value <<= 1;
            value ^= (value >> degree & 1) * polynomial;
        }

        return value & (1 << degree) - 1;
    }

    // Two columns at a time from the right, up and down in turn, around what is drawn; the column of the timing line is left out.
    private void DrawCodewords(ReadOnlySpan<byte> codewords)
    {
        var at = 0;
        var isUp = true;
        for (var right = Size - 1; right > 0; right -= 2, isUp = !isUp)
        {
            if (right == 6)
            {
                right = 5;
            }

            for (var step = 0; step < Size; step++)
            {
                var y = isUp ? Size - 1 - step : step;
                for (var x = right; x > right - 2; x--)
                {
                    if (!_isFixed[x, y] && at < codewords.Length * 8)
                    {
                        _isDark[x, y] = (codewords[at / 8] >> (7 - at % 8) & 1) != 0;
                        at++;
                    }
                }
            }
        }
    }

    private void Fix(int x, int y, bool isDark) => (_isDark[x, y], _isFixed[x, y]) = (isDark, true);
}
