using System.Globalization;

namespace Martlet.Protocols.Sasl.Precis;

/// <summary>A set of code points, written as ascending hexadecimal ranges: <c>"B7 660-669"</c>.</summary>
internal sealed class CodePointSet
{
    private readonly int[] _firsts;
    private readonly int[] _lasts;

    public CodePointSet(string ranges)
    {
        var parts = ranges.Split(' ');
        _firsts = [.. parts.Select(part => Parse(part.Split('-')[0]))];
        _lasts = [.. parts.Select(part => Parse(part.Split('-')[^1]))];
        for (var i = 0; i < parts.Length; i++)
        {
            if (_firsts[i] > _lasts[i] || (i > 0 && _lasts[i - 1] >= _firsts[i]))
            {
                throw new ArgumentException($"Not ascending: {parts[i]}.", nameof(ranges));
            }
        }
    }

    /// <summary>Whether it is in the set: a binary search.</summary>
    public bool Contains(int value)
    {
        var index = Array.BinarySearch(_firsts, value);
        return index >= 0 || (index < -1 && value <= _lasts[~index - 1]);
    }

    private static int Parse(string hex) => int.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
