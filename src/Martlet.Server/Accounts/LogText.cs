using System.Globalization;

namespace Martlet.Server.Accounts;

/// <summary>Makes a peer's text safe for log lines and terminals: no controls, nothing that turns text around, nothing endless.</summary>
public static class LogText
{
    /// <summary>Longest address in a log line: 64 for the localpart, 255 for the domain.</summary>
    public const int AddressCharsMax = 320;

    /// <summary>A word: no spaces either, so that tools can count by it and no part of it can pass for another field.</summary>
    public static string Word(string text, int charsMax) => Clean(text, charsMax, static c => c == ' ');

    /// <summary>A line of text.</summary>
    public static string Line(string text, int charsMax) => Clean(text, charsMax, static _ => false);

    private static string Clean(string text, int charsMax, Func<char, bool> isUnwanted)
    {
        if (text.Length <= charsMax && !text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return text;
        }

        return string.Create(Math.Min(text.Length, charsMax), (text, isUnwanted), static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = from.text[i];
                span[i] = from.isUnwanted(c) || !IsPrintable(c) ? '?' : c;
            }
        });
    }

    private static bool IsPrintable(char c) => c == ' ' || char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
