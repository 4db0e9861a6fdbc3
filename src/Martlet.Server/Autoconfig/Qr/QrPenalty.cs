namespace Martlet.Server.Autoconfig.Qr;

/// <summary>How hard a masked square is to read: long runs, blocks, what looks like a finder, too much of one colour (ISO/IEC 18004 §7.8.3).</summary>
internal static class QrPenalty
{
    private const int FinderLike = 0b0000_1011101;
    private const int FinderLikeTurned = 0b1011101_0000;

    /// <summary>The sum; less is better.</summary>
    public static int Of(QrMatrix matrix)
    {
        var sum = 0;
        var dark = 0;
        for (var line = 0; line < matrix.Size; line++)
        {
            var (row, column) = (line, line);
            sum += Line(matrix.Size, at => matrix[at, row]) + Line(matrix.Size, at => matrix[column, at]);
            for (var x = 0; x < matrix.Size; x++)
            {
                dark += matrix[x, line] ? 1 : 0;
                if (x > 0 && line > 0 && matrix[x, line] == matrix[x - 1, line] && matrix[x, line] == matrix[x, line - 1] && matrix[x, line] == matrix[x - 1, line - 1])
                {
                    sum += 3;
                }
            }
        }

        // 10 for each 5 % away from half.
        var total = matrix.Size * matrix.Size;
        return sum + Math.Abs(dark * 20 - total * 10) / total * 10;
    }

    private static int Line(int size, Func<int, bool> isDark)
    {
        var (sum, run, window) = (0, 0, 0);
        for (var at = 0; at < size; at++)
        {
            run = at > 0 && isDark(at) == isDark(at - 1) ? run + 1 : 1;
            sum += run == 5 ? 3 : run > 5 ? 1 : 0;
            window = (window << 1 | (isDark(at) ? 1 : 0)) & 0x7FF;
            sum += at >= 10 && window is (FinderLike or FinderLikeTurned) ? 40 : 0;
        }

        return sum;
    }
}
