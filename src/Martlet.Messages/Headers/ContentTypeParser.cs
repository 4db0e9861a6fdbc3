using Martlet.Messages.Mime;

namespace Martlet.Messages.Headers;

/// <summary>A media type with its parameters, as bytes of its own.</summary>
/// <param name="Type">As sent, such as <c>text</c>; not empty.</param>
/// <param name="Subtype">As sent, such as <c>plain</c>; not empty.</param>
/// <param name="EncodedParameters">For <see cref="ParameterListView"/>.</param>
public sealed record ParsedContentType(ReadOnlyMemory<byte> Type, ReadOnlyMemory<byte> Subtype, ReadOnlyMemory<byte> EncodedParameters)
{
    /// <summary>The parameters in order.</summary>
    public ParameterListView Parameters => new(EncodedParameters.Span);
}

/// <summary>Reads Content-Type (RFC 2045 §5.1), leniently: comments anywhere, missing semicolons, unquoted values.</summary>
public static class ContentTypeParser
{
    /// <summary>Reads a field value.</summary>
    /// <param name="value">The bytes after the colon, folded or not.</param>
    /// <param name="limits">For the number of parameters and the length of values.</param>
    /// <param name="parsed">The type, or null when the value is malformed.</param>
    /// <returns>False when there is no type or subtype: then the default of RFC 2045 §5.2 holds.</returns>
    public static bool TryParse(ReadOnlySpan<byte> value, MimeLimits limits, out ParsedContentType? parsed)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var parameters = new MetaWriter();
        parsed = TryRead(value, limits, parameters, new MetaWriter(), out var type, out var subtype)
            ? new ParsedContentType(type.ToArray(), subtype.ToArray(), parameters.Written.ToArray())
            : null;
        return parsed is not null;
    }

    internal static bool TryRead(
        ReadOnlySpan<byte> value, MimeLimits limits, MetaWriter parameters, MetaWriter scratch, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> subtype)
    {
        var cursor = new HeaderCursor(value);
        subtype = default;
        cursor.SkipSpace();
        type = cursor.Token();
        var slash = type.IndexOf((byte)'/');
        if (slash >= 0)
        {
            subtype = type[(slash + 1)..];
            type = type[..slash];
        }

        // The slash may stand between comments or spaces: "text / plain".
        cursor.SkipSpace();
        if (slash < 0 && cursor.TrySkip((byte)'/'))
        {
            slash = type.Length;
        }

        if (slash >= 0 && subtype.IsEmpty)
        {
            cursor.SkipSpace();
            subtype = cursor.Token();
            subtype = subtype.TrimStart((byte)'/');
        }

        type = ParameterParser.Cut(type, limits);
        subtype = ParameterParser.Cut(subtype, limits);
        if (type.IsEmpty || subtype.IsEmpty)
        {
            return false;
        }

        ParameterParser.Write(ref cursor, parameters, scratch, limits);
        return true;
    }
}
