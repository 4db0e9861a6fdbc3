using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Martlet.Protocols.Sasl.Precis;

/// <summary>
/// The UsernameCaseMapped profile (RFC 8265 §3.3): full-width and half-width characters become the usual ones, upper case lower case, the string NFC; only
/// letters, digits and printable ASCII are allowed, and right-to-left letters only where they are displayed in one order.
/// </summary>
/// <remarks>For one userpart: no spaces. RFC 8265 §3.6 shows what is taken and what is not.</remarks>
public static class UsernameCaseMapped
{
    // The one letter whose lower case is two code points wherever it stands (SpecialCasing.txt of Unicode); the runtime leaves it as it is.
    private const int CapitalIWithDot = 0x130;

    /// <summary>Enforces the profile. Linear; strings over <see cref="PrecisString.CharsMax"/> are refused.</summary>
    /// <param name="username">As typed.</param>
    /// <param name="enforced">What is stored, looked up and compared, octet for octet; null when refused.</param>
    public static bool TryEnforce(string username, [NotNullWhen(true)] out string? enforced) => PrecisString.TryEnforce(username, Enforce, out enforced);

    private static string? Enforce(string text)
    {
        if (PrecisString.CodePoints(text) is not { } given
            || PrecisString.CodePoints(MapWidth(given)) is not { } runes || !PrecisString.Allows(runes, isFreeform: false))
        {
            return null;
        }

        var mapped = new StringBuilder(text.Length);
        foreach (var rune in runes)
        {
            mapped.Append(rune.Value == CapitalIWithDot ? "i\u0307" : Rune.ToLowerInvariant(rune).ToString());
        }

        var normalized = mapped.ToString().Normalize(NormalizationForm.FormC);
        return BidiRule.Holds([.. normalized.EnumerateRunes()]) ? normalized : null;
    }

    // RFC 8265 §3.3.1. Their decomposition mappings are what NFKC makes of each alone; what is not wide or narrow is left to the class.
    private static string MapWidth(Rune[] runes)
    {
        var mapped = new StringBuilder(runes.Length);
        foreach (var rune in runes)
        {
            mapped.Append(rune.Value is (>= 0xFF01 and <= 0xFFEE) or 0x3000 ? rune.ToString().Normalize(NormalizationForm.FormKC) : rune.ToString());
        }

        return mapped.ToString();
    }
}
