using System.Globalization;
using System.Text;

namespace Martlet.Protocols.Sasl.Precis;

/// <summary>The Bidi Rule of RFC 5893 §2 for strings with right-to-left code points; others need none (RFC 8265 §3.3.1).</summary>
/// <remarks>
/// The runtime does not tell the Bidi_Class. For what IdentifierClass allows it follows from the category and from the areas that Unicode keeps for
/// right-to-left scripts, which hold for letters to come as well; the exceptions are below.
/// </remarks>
internal static class BidiRule
{
    // Areas whose letters are R or AL: the rule treats both alike.
    private static readonly CodePointSet RightToLeftAreas = new("590-8FF FB1D-FDCF FDF0-FDFF FE70-FEFF 10800-10FFF 1E800-1EFFF");

    private static readonly CodePointSet ArabicNumbers = new("660-669 10D30-10D39");

    private static readonly CodePointSet EuropeanNumbers = new("30-39 6F0-6F9");

    // Letters and marks that are ON, with the ASCII that is ES, CS, ET or ON, and the joiners (BN): allowed in both directions, but not at the end.
    private static readonly CodePointSet Neutral = new(
        "21-2F 3A-40 5B-60 7B-7E B7 2B9-2BA 2C6-2CF 2EC 375 200C-200D 2E2F 30FB A67F A717-A71F A788");

    // Nonspacing marks that are L nevertheless.
    private static readonly CodePointSet LeftMarks = new("CBF CC6 11A07-11A08 11C3F");

    private enum BidiClass
    {
        Left,
        Right,
        ArabicNumber,
        EuropeanNumber,
        Mark,
        Neutral,
    }

    /// <summary>Whether it holds, or is not asked for.</summary>
    public static bool Holds(ReadOnlySpan<Rune> text)
    {
        var (hasLeft, hasRight, hasArabic, hasEuropean) = (false, false, false, false);
        var last = BidiClass.Neutral;
        foreach (var rune in text)
        {
            var bidi = ClassOf(rune);
            hasLeft |= bidi == BidiClass.Left;
            hasRight |= bidi == BidiClass.Right;
            hasArabic |= bidi == BidiClass.ArabicNumber;
            hasEuropean |= bidi == BidiClass.EuropeanNumber;
            last = bidi == BidiClass.Mark ? last : bidi;
        }

        if (!hasRight && !hasArabic)
        {
            return true;
        }

        // Conditions 1 to 4; with 5, what begins left to right has no place for R, AL or AN at all.
        return ClassOf(text[0]) == BidiClass.Right
            && !hasLeft
            && last is BidiClass.Right or BidiClass.EuropeanNumber or BidiClass.ArabicNumber
            && !(hasEuropean && hasArabic);
    }

    private static BidiClass ClassOf(Rune rune)
    {
        var value = rune.Value;
        return Neutral.Contains(value) ? BidiClass.Neutral
            : EuropeanNumbers.Contains(value) ? BidiClass.EuropeanNumber
            : ArabicNumbers.Contains(value) ? BidiClass.ArabicNumber
            : Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark && !LeftMarks.Contains(value) ? BidiClass.Mark
            : RightToLeftAreas.Contains(value) ? BidiClass.Right
            : BidiClass.Left;
    }
}
