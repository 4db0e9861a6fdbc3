using System.Globalization;
using System.Security;
using System.Text;

namespace Martlet.Server.Autoconfig.Qr;

/// <summary>A QR code (ISO/IEC 18004): bytes in the smallest square that holds them, at error correction level M. Pure and immutable.</summary>
public sealed class QrCode
{
    /// <summary>Most bytes that a code holds.</summary>
    public static readonly int BytesMax = new QrVersion(QrVersion.Last).BytesMax;

    // Light modules that must stand around it (ISO/IEC 18004 §6.3.8).
    private const int QuietZone = 4;

    private const int MaskCount = 8;

    private readonly QrMatrix _matrix;

    private QrCode(QrMatrix matrix) => _matrix = matrix;

    /// <summary>Modules of a side.</summary>
    public int Size => _matrix.Size;

    /// <summary>Whether a module is dark; column and row from 0 on, from the top left.</summary>
    public bool this[int x, int y] => _matrix[x, y];

    /// <summary>Makes the code of some bytes.</summary>
    /// <returns>Null when they are more than <see cref="BytesMax"/>.</returns>
    public static QrCode? Encode(ReadOnlySpan<byte> data)
    {
        for (var number = 1; number <= QrVersion.Last; number++)
        {
            var version = new QrVersion(number);
            if (data.Length <= version.BytesMax)
            {
                return new QrCode(WithBestMask(new QrMatrix(version, QrCodewords.Make(data, version))));
            }
        }

        return null;
    }

    /// <summary>The code as an SVG image that scales, without styles or scripts; it can stand in an HTML page.</summary>
    /// <param name="title">What it is, for who cannot see it; escaped here.</param>
    public string ToSvg(string title)
    {
        var path = new StringBuilder();
        for (var y = 0; y < Size; y++)
        {
            for (var x = 0; x < Size; x++)
            {
                var start = x;
                while (x < Size && this[x, y])
                {
                    x++;
                }

                if (x > start)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{start + QuietZone} {y + QuietZone}h{x - start}v1h-{x - start}z");
                }
            }
        }

        var side = Size + 2 * QuietZone;
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" shape-rendering="crispEdges"><title>{SecurityElement.Escape(title)}</title><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>
            """);
    }

    private static QrMatrix WithBestMask(QrMatrix matrix)
    {
        var (best, least) = (0, int.MaxValue);
        for (var mask = 0; mask < MaskCount; mask++)
        {
            matrix.Mask(mask);
            var penalty = QrPenalty.Of(matrix);
            if (penalty < least)
            {
                (best, least) = (mask, penalty);
            }

            // The same mask again takes it off.
            matrix.Mask(mask);
        }

        matrix.Mask(best);
        return matrix;
    }
}
