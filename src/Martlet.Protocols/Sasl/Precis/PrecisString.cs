using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Martlet.Protocols.Sasl.Precis;

/// <summary>What the profiles of PRECIS share: the string classes of RFC 8264 §4 and the repetition until nothing changes.</summary>
public static class PrecisString
{
    /// <summary>Longest string that a profile takes, in UTF-16 units.</summary>
    public const int CharsMax = 4096;

    private const int RepeatsMax = 3;

    /// <summary>
    /// Applies a profile's rules until the output is stable, at most three times more: one application may make what another one changes (RFC 8265 §5).
    /// </summary>
    internal static bool TryEnforce(string text, Func<string, string?> enforce, [NotNullWhen(true)] out string? enforced)
    {
        enforced = null;
        if (text.Length > CharsMax)
        {
            return false;
        }

        for (var repeat = 0; repeat <= RepeatsMax; repeat++)
        {
            // RFC 8265 §3.1, §4.1: nothing is no username and no password.
            if (enforce(text) is not { Length: > 0 } output)
            {
                return false;
            }

            if (output == text)
            {
                enforced = output;
                return true;
            }

            text = output;
        }

        return false;
    }

    /// <summary>The code points; null when a surrogate stands alone.</summary>
    internal static Rune[]? CodePoints(string text)
    {
        var runes = new List<Rune>(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var consumed) != OperationStatus.Done)
            {
                return null;
            }

            runes.Add(rune);
            rest = rest[consumed..];
        }

        return [.. runes];
    }

    /// <summary>Whether all code points are allowed in the class: FreeformClass (RFC 8264 §4.3) or IdentifierClass (§4.2), those with a context in theirs.</summary>
    internal static bool Allows(Rune[] runes, bool isFreeform)
    {
        var hasContext = false;
        foreach (var rune in runes)
        {
            switch (CodePoint.PropertyOf(rune))
            {
                case PrecisProperty.Valid:
                case PrecisProperty.FreeformValid when isFreeform:
                    break;
                case PrecisProperty.ContextRule:
                    hasContext = true;
                    break;
                default:
                    return false;
            }
        }

        return !hasContext || ContextRules.Hold(runes);
    }
}
