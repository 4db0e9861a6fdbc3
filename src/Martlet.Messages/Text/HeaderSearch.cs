using System.Text;
using Martlet.Messages.Headers;

namespace Martlet.Messages.Text;

/// <summary>
/// Looks for strings in header fields as readers see them: unfolded, encoded-words (RFC 2047) and raw UTF-8 decoded. Most fields are plain ASCII and are
/// searched where they are.
/// </summary>
/// <remarks>Not thread safe: one instance keeps a buffer for unfolding.</remarks>
public sealed class HeaderSearch
{
    private byte[] _unfolded = [];

    /// <summary>Whether the string is in a field value that is unfolded already, as the views give them.</summary>
    public static bool IsInValue(TextFinder finder, ReadOnlySpan<byte> value)
    {
        ArgumentNullException.ThrowIfNull(finder);
        return finder.IsEmpty || (IsPlain(value) ? finder.IsInAscii(value) : finder.IsIn(HeaderDecoder.Decode(value)));
    }

    /// <summary>Whether the string is in any field of a header: name, colon and value.</summary>
    /// <param name="finder">What is looked for.</param>
    /// <param name="header">Lines of a header, with or without its empty line.</param>
    public bool IsInHeader(TextFinder finder, ReadOnlySpan<byte> header)
    {
        ArgumentNullException.ThrowIfNull(finder);
        if (finder.IsEmpty || finder.HasLineEnd)
        {
            return finder.IsEmpty;
        }

        if (IsPlain(header) && !finder.HasSpace)
        {
            // No match can lie across lines: at the fold of a field there is white space.
            return finder.IsInAscii(header);
        }

        while (!header.IsEmpty)
        {
            var field = header[..FieldLength(header)];
            header = header[field.Length..];
            if (IsInValue(finder, Unfold(field)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the string is in a field of that name. The empty string is in every field.</summary>
    /// <param name="finder">What is looked for.</param>
    /// <param name="header">Lines of a header, with or without its empty line.</param>
    /// <param name="name">Field name in any case.</param>
    public bool IsInField(TextFinder finder, ReadOnlySpan<byte> header, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        while (!header.IsEmpty)
        {
            var field = header[..FieldLength(header)];
            header = header[field.Length..];
            if (field.Length > name.Length && Ascii.EqualsIgnoreCase(field[..name.Length], name))
            {
                var rest = field[name.Length..].TrimStart(" \t"u8);
                if (rest is [(byte)':', ..] && IsInValue(finder, Unfold(rest[1..])))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsPlain(ReadOnlySpan<byte> value) => Ascii.IsValid(value) && value.IndexOf("=?"u8) < 0;

    private ReadOnlySpan<byte> Unfold(ReadOnlySpan<byte> field)
    {
        field = field.Trim(" \t\r\n"u8);
        if (!field.ContainsAny("\r\n\0"u8))
        {
            return field;
        }

        if (_unfolded.Length < field.Length)
        {
            _unfolded = new byte[field.Length];
        }

        return _unfolded.AsSpan(0, Unfolding.Unfold(field, _unfolded));
    }

    // Up to and with the line end that no white space follows.
    private static int FieldLength(ReadOnlySpan<byte> header)
    {
        for (var at = 0; ;)
        {
            var end = header[at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return header.Length;
            }

            at += end + 1;
            if (at == header.Length || header[at] is not ((byte)' ' or (byte)'\t'))
            {
                return at;
            }
        }
    }
}
