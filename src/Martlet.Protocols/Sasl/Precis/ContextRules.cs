using System.Globalization;
using System.Text;

namespace Martlet.Protocols.Sasl.Precis;

/// <summary>Where the code points are allowed that need a context (RFC 5892 §A). All rules in one pass over the string and its neighbours.</summary>
internal static class ContextRules
{
    private const int ZeroWidthNonJoiner = 0x200C;
    private const int ZeroWidthJoiner = 0x200D;

    private static readonly CodePointSet Greek = new(
        "370-373 375-377 37A-37D 37F 384 386 388-38A 38C 38E-3A1 3A3-3E1 3F0-3FF 1D26-1D2A 1D5D-1D61 1D66-1D6A 1DBF 1F00-1F15 1F18-1F1D 1F20-1F45 1F48-1F4D "
        + "1F50-1F57 1F59 1F5B 1F5D 1F5F-1F7D 1F80-1FB4 1FB6-1FC4 1FC6-1FD3 1FD6-1FDB 1FDD-1FEF 1FF2-1FF4 1FF6-1FFE 2126 AB65 10140-1018E 101A0 1D200-1D245");

    private static readonly CodePointSet Hebrew = new("591-5C7 5D0-5EA 5EF-5F4 FB1D-FB36 FB38-FB3C FB3E FB40-FB41 FB43-FB44 FB46-FB4F");

    private static readonly CodePointSet HiraganaKatakanaHan = new(
        "2E80-2E99 2E9B-2EF3 2F00-2FD5 3005 3007 3021-3029 3038-303B 3041-3096 309D-309F 30A1-30FA 30FD-30FF 31F0-31FF 32D0-32FE 3300-3357 3400-4DBF 4E00-9FFF "
        + "F900-FA6D FA70-FAD9 FF66-FF6F FF71-FF9D 16FE2-16FE3 16FF0-16FF1 1AFF0-1AFF3 1AFF5-1AFFB 1AFFD-1AFFE 1B000-1B122 1B150-1B152 1B164-1B167 1F200 "
        + "20000-2A6DF 2A700-2EBE0 2F800-2FA1D 30000-3134A");

    /// <summary>Whether every code point that needs a context has it.</summary>
    public static bool Hold(ReadOnlySpan<Rune> text)
    {
        var (hasKana, hasArabicDigits, hasExtendedDigits) = (false, false, false);
        foreach (var rune in text)
        {
            hasKana |= HiraganaKatakanaHan.Contains(rune.Value);
            hasArabicDigits |= IsArabicDigit(rune.Value);
            hasExtendedDigits |= IsExtendedDigit(rune.Value);
        }

        // §A.8, §A.9: the two kinds of Arabic digits are not mixed.
        if (hasArabicDigits && hasExtendedDigits)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var (before, after) = (i > 0 ? text[i - 1].Value : -1, i + 1 < text.Length ? text[i + 1].Value : -1);
            var holds = text[i].Value switch
            {
                ZeroWidthNonJoiner => Joining.Virama.Contains(before) || BreaksCursive(text, i),
                ZeroWidthJoiner => Joining.Virama.Contains(before),
                0xB7 => before == 'l' && after == 'l',
                0x375 => Greek.Contains(after),
                0x5F3 or 0x5F4 => Hebrew.Contains(before),
                0x30FB => hasKana,
                _ => true,
            };
            if (!holds)
            {
                return false;
            }
        }

        return true;
    }

    // §A.1: (L or D) T* ZWNJ T* (R or D). A non-joiner is not transparent, so a run of marks is looked at by no more than the two next to it.
    private static bool BreaksCursive(ReadOnlySpan<Rune> text, int at)
    {
        var (before, after) = (at - 1, at + 1);
        while (before >= 0 && IsTransparent(text[before]))
        {
            before--;
        }

        while (after < text.Length && IsTransparent(text[after]))
        {
            after++;
        }

        return before >= 0 && after < text.Length
            && (Joining.Left.Contains(text[before].Value) || Joining.Dual.Contains(text[before].Value))
            && (Joining.Right.Contains(text[after].Value) || Joining.Dual.Contains(text[after].Value));
    }

    // Joining_Type T. The format characters that have it are allowed in neither class.
    private static bool IsTransparent(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsArabicDigit(int value) => value is >= 0x660 and <= 0x669;

    private static bool IsExtendedDigit(int value) => value is >= 0x6F0 and <= 0x6F9;
}
