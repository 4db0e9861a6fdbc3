using System.Buffers;

namespace Martlet.Messages.Files;

/// <summary>Which words of mail files can be keywords of a message.</summary>
public static class KeywordText
{
    private static readonly SearchValues<byte> AtomChars =
        SearchValues.Create("!#$&'+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[^_`abcdefghijklmnopqrstuvwxyz|}~"u8);

    /// <summary>Whether a client could be sent the word: RFC 9051 §9 has a keyword as an atom.</summary>
    public static bool IsAtom(ReadOnlySpan<byte> word) => !word.IsEmpty && !word.ContainsAnyExcept(AtomChars);
}
