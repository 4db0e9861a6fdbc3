using System.Globalization;
using System.Text;

namespace Martlet.Protocols.Sasl.Precis;

/// <summary>Derived property of a code point, RFC 8264 §8.</summary>
internal enum PrecisProperty
{
    /// <summary>DISALLOWED.</summary>
    Disallowed,

    /// <summary>UNASSIGNED: not in the runtime's Unicode.</summary>
    Unassigned,

    /// <summary>PVALID: allowed in both classes.</summary>
    Valid,

    /// <summary>ID_DIS or FREE_PVAL: allowed in FreeformClass only.</summary>
    FreeformValid,

    /// <summary>CONTEXTJ or CONTEXTO: allowed where its rule holds.</summary>
    ContextRule,
}

/// <summary>The categories of RFC 8264 §9, from the runtime's Unicode where it has them.</summary>
internal static class CodePoint
{
    // RFC 8264 §9.6 is the table of RFC 5892 §2.6: allowed, with a rule, and never.
    private static readonly CodePointSet ExceptionsValid = new("DF 3C2 6FD-6FE F0B 3007");
    private static readonly CodePointSet ExceptionsContext = new("B7 375 5F3-5F4 660-669 6F0-6F9 30FB");
    private static readonly CodePointSet ExceptionsDisallowed = new("640 7FA 302E-302F 3031-3035 303B");

    // §9.9 OldHangulJamo: Hangul_Syllable_Type L, V, T.
    private static readonly CodePointSet OldHangulJamo = new("1100-11FF A960-A97C D7B0-D7C6 D7CB-D7FB");

    // §9.13 PrecisIgnorableProperties: Default_Ignorable_Code_Point, which Unicode keeps stable; noncharacters are counted below.
    private static readonly CodePointSet DefaultIgnorable = new(
        "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0 FFF0-FFF8 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF");

    /// <summary>The property, by the steps of RFC 8264 §8 in their order.</summary>
    public static PrecisProperty PropertyOf(Rune rune)
    {
        var value = rune.Value;
        if (value is >= 0x21 and <= 0x7E)
        {
            return PrecisProperty.Valid;
        }

        if (Exception(value) is { } exception)
        {
            return exception;
        }

        var category = Rune.GetUnicodeCategory(rune);
        if (category == UnicodeCategory.OtherNotAssigned && !IsNoncharacter(value) && !DefaultIgnorable.Contains(value))
        {
            return PrecisProperty.Unassigned;
        }

        if (value is 0x200C or 0x200D)
        {
            return PrecisProperty.ContextRule;
        }

        if (OldHangulJamo.Contains(value) || DefaultIgnorable.Contains(value) || IsNoncharacter(value) || category == UnicodeCategory.Control)
        {
            return PrecisProperty.Disallowed;
        }

        return HasCompat(rune) ? PrecisProperty.FreeformValid : OfCategory(category);
    }

    /// <summary>Noncharacter_Code_Point.</summary>
    private static bool IsNoncharacter(int value) => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;

    private static PrecisProperty? Exception(int value) =>
        ExceptionsValid.Contains(value) ? PrecisProperty.Valid
        : ExceptionsContext.Contains(value) ? PrecisProperty.ContextRule
        : ExceptionsDisallowed.Contains(value) ? PrecisProperty.Disallowed
        : null;

    // §9.17: what NFKC changes.
    private static bool HasCompat(Rune rune)
    {
        var text = rune.ToString();
        return text.Normalize(NormalizationForm.FormKC) != text;
    }

    // §9.1 LetterDigits; §9.18 OtherLetterDigits, §9.14 Spaces, §9.15 Symbols, §9.16 Punctuation; the rest is disallowed.
    private static PrecisProperty OfCategory(UnicodeCategory category) => category switch
    {
        UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => PrecisProperty.Valid,
        UnicodeCategory.TitlecaseLetter or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.EnclosingMark
            or UnicodeCategory.SpaceSeparator
            or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol
            or UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
            or UnicodeCategory.OtherPunctuation => PrecisProperty.FreeformValid,
        _ => PrecisProperty.Disallowed,
    };
}
