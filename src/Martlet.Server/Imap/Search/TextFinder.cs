using System.Buffers;

namespace Martlet.Server.Imap.Search;

/// <summary>Looks for a substring without regard to case, in text that comes in pieces.</summary>
internal sealed class TextFinder(string value)
{
    private readonly SearchValues<string>? _values = value.Length == 0 ? null : SearchValues.Create([value], StringComparison.OrdinalIgnoreCase);

    /// <summary>Characters that must be kept of one piece for the next: a match may lie across.</summary>
    public int Overlap => Math.Max(0, value.Length - 1);

    /// <summary>Whether it matches anything.</summary>
    public bool IsEmpty => _values is null;

    /// <summary>Whether the text holds it.</summary>
    public bool IsIn(ReadOnlySpan<char> text) => _values is null || text.ContainsAny(_values);
}
