using System.Text;

namespace Martlet.Messages.Text;

/// <summary>
/// A string to be found in text without regard to case and composition: substring matching of i;unicode-casemap (RFC 5051), the same for SEARCH in every place.
/// </summary>
/// <remarks>Immutable, thread safe. Text that is ASCII is searched as bytes; what is not is decoded by the caller and folded.</remarks>
public sealed class TextFinder
{
    private readonly AsciiPattern? _ascii;

    /// <summary>Takes the string.</summary>
    /// <param name="value">May be empty: that is in every text.</param>
    public TextFinder(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Folded = CaseFolding.Fold(value);
        HasLineEnd = Folded.AsSpan().ContainsAny('\r', '\n');
        HasSpace = Folded.AsSpan().ContainsAny(' ', '\t');
        _ascii = Folded.Length > 0 && Ascii.IsValid(Folded) ? new AsciiPattern(Encoding.ASCII.GetBytes(Folded)) : null;
    }

    /// <summary>It is in every text.</summary>
    public bool IsEmpty => Folded.Length == 0;

    /// <summary>It holds a line end, which no unfolded header field has.</summary>
    internal bool HasLineEnd { get; }

    /// <summary>It holds white space, so that a match may lie across the fold of a header field.</summary>
    internal bool HasSpace { get; }

    /// <summary>The string in the form that text is brought to.</summary>
    internal string Folded { get; }

    /// <summary>Folded characters that must be kept of one piece for the next: a match may lie across.</summary>
    internal int Overlap => Math.Max(0, Folded.Length - 1);

    /// <summary>Whether it is in bytes that are all ASCII.</summary>
    public bool IsInAscii(ReadOnlySpan<byte> ascii) => IsEmpty || _ascii is not null && _ascii.IsIn(ascii);

    /// <summary>Whether it is in a text.</summary>
    public bool IsIn(ReadOnlySpan<char> text)
    {
        if (IsEmpty)
        {
            return true;
        }

        var scan = new TextScan();
        scan.Start(this);
        return scan.Next(text);
    }
}
