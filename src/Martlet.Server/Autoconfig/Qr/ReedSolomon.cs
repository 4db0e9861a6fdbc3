namespace Martlet.Server.Autoconfig.Qr;

/// <summary>Codewords of correction over the field of 256 elements that QR codes use: polynomial 0x11D, generator 2.</summary>
internal static class ReedSolomon
{
    private const int Polynomial = 0x11D;

    /// <summary>The coefficients of (x - 2^0)(x - 2^1)... after the leading 1, the highest power first.</summary>
    public static byte[] Generator(int degree)
    {
        var coefficients = new byte[degree];
        coefficients[^1] = 1;
        var root = 1;
        for (var factor = 0; factor < degree; factor++)
        {
            for (var at = 0; at < degree; at++)
            {
                coefficients[at] = Multiply(coefficients[at], root);
                if (at + 1 < degree)
                {
                    coefficients[at] ^= coefficients[at + 1];
                }
            }

            root = Multiply(root, 2);
        }

        return coefficients;
    }

    /// <summary>The remainder of the data, moved up, by the generator.</summary>
    public static byte[] Correction(ReadOnlySpan<byte> data, ReadOnlySpan<byte> generator)
    {
        var remainder = new byte[generator.Length];
        foreach (var value in data)
        {
            var factor = value ^ remainder[0];
            remainder.AsSpan(1).CopyTo(remainder);
            remainder[^1] = 0;
            for (var at = 0; at < remainder.Length; at++)
            {
                remainder[at] ^= Multiply(generator[at], factor);
            }
        }

        return remainder;
    }

    private static byte Multiply(int left, int right)
    {
        var product = 0;
        for (; right != 0; right >>= 1)
        {
            product ^= (right & 1) * left;
            left <<= 1;
            left ^= (left >> 8) * Polynomial;
        }

        return (byte)product;
    }
}
