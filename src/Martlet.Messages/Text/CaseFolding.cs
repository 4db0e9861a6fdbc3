using System.Text;

namespace Martlet.Messages.Text;

/// <summary>
/// Makes text that differs in case or composition only the same, as the collation i;unicode-casemap does (RFC 5051 §2): to one case, then decomposed, so that
/// é and É, composed or not, are E and U+0301. One thing goes further than the RFC: what only comes out of the decomposition is brought to upper case too,
/// so that the ligature ﬁ is FI. Canonical reordering is left out, as there.
/// </summary>
/// <remarks>Thread safe. Tables are made for 256 code points at a time when the first of them is met.</remarks>
internal static class CaseFolding
{
    /// <summary>How many characters one character may become: U+FDFA has the most.</summary>
    public const int ExpansionCharsMax = 18;

    private const int PageBits = 8;
    private const char LastAscii = '\u007F';

    /// <summary>What a code point becomes; null where it stays as it is.</summary>
    private static readonly string?[]?[] Pages = new string?[]?[0x110000 >> PageBits];

    /// <summary>Folds a whole string.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        Span<char> output = stackalloc char[256];
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            folded.Append(output[..Fold(rest, output, out var used)]);
            rest = rest[used..];
        }

        return folded.ToString();
    }

    /// <summary>Folds as much as there is room for.</summary>
    /// <param name="text">Text; surrogates without their other half stay as they are.</param>
    /// <param name="output">At least <see cref="ExpansionCharsMax"/> long.</param>
    /// <param name="used">Characters of <paramref name="text"/> that were folded.</param>
    /// <returns>Characters written.</returns>
    public static int Fold(ReadOnlySpan<char> text, Span<char> output, out int used)
    {
        var written = 0;
        used = 0;
        while (used < text.Length && output.Length - written >= ExpansionCharsMax)
        {
            if (text[used] > LastAscii)
            {
                written += FoldOne(text, ref used, output[written..]);
                continue;
            }

            var run = text.Slice(used, Math.Min(text.Length - used, output.Length - written));
            var end = run.IndexOfAnyExceptInRange('\0', LastAscii);
            run = end < 0 ? run : run[..end];
            Ascii.ToUpper(run, output[written..], out var length);
            written += length;
            used += length;
        }

        return written;
    }

    private static int FoldOne(ReadOnlySpan<char> text, ref int used, Span<char> output)
    {
        var first = text[used];
        var isPair = char.IsHighSurrogate(first) && used + 1 < text.Length && char.IsLowSurrogate(text[used + 1]);
        var codePoint = isPair ? char.ConvertToUtf32(first, text[used + 1]) : first;
        var length = isPair ? 2 : 1;
        var page = Pages[codePoint >> PageBits] ??= MakePage(codePoint >> PageBits);
        var folded = page[codePoint & ((1 << PageBits) - 1)];
        if (folded is null)
        {
            text.Slice(used, length).CopyTo(output);
        }
        else
        {
            folded.CopyTo(output);
        }

        used += length;
        return folded?.Length ?? length;
    }

    private static string?[] MakePage(int page)
    {
        var folded = new string?[1 << PageBits];
        for (var i = 0; i < folded.Length; i++)
        {
            if (Rune.TryCreate((page << PageBits) | i, out var rune) && !IsNoncharacter(rune.Value))
            {
                var before = rune.ToString();
                var after = ToUpper(ToUpper(before).Normalize(NormalizationForm.FormKD));
                folded[i] = after == before ? null : after;
            }
        }

        return folded;
    }

    // Code points that are never characters stay as they are: Normalize refuses some of them.
    private static bool IsNoncharacter(int codePoint) => (codePoint & 0xFFFE) == 0xFFFE || codePoint is >= 0xFDD0 and <= 0xFDEF;

    private static string ToUpper(string text)
    {
        var upper = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            // UnicodeData has I for the dotless i; .NET keeps it apart.
            upper.Append(rune.Value == 'ı' ? "I" : Rune.ToUpperInvariant(rune).ToString());
        }

        return upper.ToString();
    }
}
