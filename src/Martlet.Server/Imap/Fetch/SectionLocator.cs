using Martlet.Messages.Mime;
using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Fetch;

/// <summary>Which bytes of a message a section names.</summary>
/// <param name="Begin">First byte.</param>
/// <param name="End">Behind the last byte.</param>
internal readonly record struct ByteRange(long Begin, long End)
{
    public long Length => End - Begin;
}

/// <summary>Finds sections in the stored structure (RFC 9051 §6.4.5.1).</summary>
internal static class SectionLocator
{
    /// <summary>The bytes of a section; for HEADER.FIELDS the whole header, to be filtered.</summary>
    /// <param name="meta">Structure of the message.</param>
    /// <param name="size">Bytes of the message.</param>
    /// <param name="section">Section.</param>
    /// <param name="range">Its bytes.</param>
    /// <returns>False when there is no such part: the answer is NIL.</returns>
    public static bool TryFind(MessageMeta meta, long size, Section section, out ByteRange range)
    {
        range = default;
        if (section.Path.Count == 0)
        {
            var split = Math.Min(meta.Root.BodyBegin, size);
            range = section.Text switch
            {
                SectionText.Whole => new ByteRange(0, size),
                SectionText.Text => new ByteRange(split, size),
                _ => new ByteRange(0, split),
            };
            return true;
        }

        if (!TryFindPart(meta, section.Path, out var part) || (part.Kind != PartKind.Message && section.Text is not (SectionText.Whole or SectionText.Mime)))
        {
            return false;
        }

        var (begin, end) = section.Text switch
        {
            SectionText.Whole => part.BodyRange,
            SectionText.Mime => part.MimeHeaderRange,
            SectionText.Text => part.NestedTextRange,
            _ => part.NestedHeaderRange,
        };
        range = new ByteRange(begin, Math.Min(end, size));
        return begin <= range.End;
    }

    /// <summary>The part at a path of numbers.</summary>
    public static bool TryFindPart(MessageMeta meta, IReadOnlyList<uint> path, out PartView part)
    {
        Span<int> numbers = stackalloc int[path.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = path[i] > int.MaxValue ? int.MaxValue : (int)path[i];
        }

        return PartPath.TryFind(meta.Root, numbers, out part);
    }
}
