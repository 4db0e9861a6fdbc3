using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Martlet.Protocols.Sasl.Precis;

/// <summary>
/// The OpaqueString profile for passwords (RFC 8265 §4.2): the same keys give the same bytes on every system. Spaces of any kind are U+0020, the string is in NFC;
/// case and width stay; control characters, unassigned code points and the empty string are refused.
/// </summary>
public static class OpaqueString
{
    /// <summary>Enforces the profile. Linear; strings over <see cref="PrecisString.CharsMax"/> are refused.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="enforced">What is hashed and compared, octet for octet; null when refused.</param>
    /// <remarks>What counts as unassigned is what the runtime's Unicode does not know: a newer one can allow more, never less.</remarks>
    public static bool TryEnforce(string password, [NotNullWhen(true)] out string? enforced) => PrecisString.TryEnforce(password, Enforce, out enforced);

    private static string? Enforce(string text)
    {
        if (PrecisString.CodePoints(text) is not { } runes || !PrecisString.Allows(runes, isFreeform: true))
        {
            return null;
        }

        var mapped = new StringBuilder(text.Length);
        foreach (var rune in runes)
        {
            mapped.Append(Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator ? " " : rune.ToString());
        }

        return mapped.ToString().Normalize(NormalizationForm.FormC);
    }
}
