using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace Martlet.Messages.Text;

/// <summary>
/// Finds an ASCII string in bytes without regard to case, at some gigabytes a second: two rare bytes of it are looked for at once, and only where both are is
/// more compared.
/// </summary>
internal sealed class AsciiPattern
{
    /// <summary>Letters of mail text from the most to the least frequent; what is not here is thought to be rarer than a letter in the middle.</summary>
    private const string ByFrequency = " eatoinsrhldcumpgfwybvkxjzq";

    private const byte CaseBit = 0x20;
    private readonly byte[] _pattern;
    private readonly int _first;
    private readonly int _second;

    /// <summary>Takes a pattern.</summary>
    /// <param name="pattern">ASCII in any case, at least one byte.</param>
    public AsciiPattern(ReadOnlySpan<byte> pattern)
    {
        _pattern = pattern.ToArray();
        Ascii.ToLowerInPlace(_pattern, out _);
        _first = Rarest(except: -1);
        _second = _pattern.Length == 1 ? _first : Rarest(except: _first);
    }

    /// <summary>Whether it is there. O(n) for text that people write; at worst n × pattern.</summary>
    public bool IsIn(ReadOnlySpan<byte> text)
    {
        var starts = text.Length - _pattern.Length + 1;
        if (starts <= 0)
        {
            return false;
        }

        var at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; at + Vector256<byte>.Count <= starts; at += Vector256<byte>.Count)
            {
                if (IsInBlock(text, at))
                {
                    return true;
                }
            }
        }

        var rare = _pattern[_first];
        var upper = char.IsAsciiLetterLower((char)rare) ? (byte)(rare ^ CaseBit) : rare;
        while (at < starts)
        {
            var next = text[(at + _first)..(starts + _first)].IndexOfAny(rare, upper);
            if (next < 0)
            {
                return false;
            }

            at += next;
            if (IsAt(text, at))
            {
                return true;
            }

            at++;
        }

        return false;
    }

    private bool IsInBlock(ReadOnlySpan<byte> text, int at)
    {
        var first = Matching(text.Slice(at + _first, Vector256<byte>.Count), _pattern[_first]);
        var second = Matching(text.Slice(at + _second, Vector256<byte>.Count), _pattern[_second]);
        for (var candidates = (first & second).ExtractMostSignificantBits(); candidates != 0; candidates &= candidates - 1)
        {
            if (IsAt(text, at + BitOperations.TrailingZeroCount(candidates)))
            {
                return true;
            }
        }

        return false;
    }

    // Only letters have the bit that makes them another case; with it set, nothing else becomes a lower-case letter.
    private static Vector256<byte> Matching(ReadOnlySpan<byte> text, byte wanted)
    {
        var bytes = Vector256.Create(text);
        return Vector256.Equals(char.IsAsciiLetterLower((char)wanted) ? bytes | Vector256.Create(CaseBit) : bytes, Vector256.Create(wanted));
    }

    private bool IsAt(ReadOnlySpan<byte> text, int at) => Ascii.EqualsIgnoreCase(text.Slice(at, _pattern.Length), _pattern);

    private int Rarest(int except)
    {
        var best = -1;
        for (var i = 0; i < _pattern.Length; i++)
        {
            if (i != except && (best < 0 || Rarity(_pattern[i]) > Rarity(_pattern[best])))
            {
                best = i;
            }
        }

        return best;
    }

    private static int Rarity(byte value) => ByFrequency.IndexOf((char)value, StringComparison.Ordinal) is >= 0 and var at ? at : ByFrequency.Length / 2;
}
