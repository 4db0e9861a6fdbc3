using Martlet.Messages.Mime;

namespace Martlet.Messages.Headers;

/// <summary>Reads Content-Disposition (RFC 2183 §2), leniently. There is no malformed value: what has no type has an empty one.</summary>
public static class DispositionParser
{
    /// <summary>Reads a field value.</summary>
    /// <param name="value">The bytes after the colon, folded or not.</param>
    /// <param name="limits">For the number of parameters and the length of values.</param>
    /// <returns>The disposition type as sent, perhaps empty, and the parameters for <see cref="ParameterListView"/>.</returns>
    public static (byte[] Type, byte[] EncodedParameters) Parse(ReadOnlySpan<byte> value, MimeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var output = new MetaWriter();
        Write(value, limits, output, new MetaWriter());
        var reader = new MetaReader(output.Written);
        return (reader.Bytes().ToArray(), reader.Rest.ToArray());
    }

    internal static void Write(ReadOnlySpan<byte> value, MimeLimits limits, MetaWriter output, MetaWriter scratch)
    {
        var cursor = new HeaderCursor(value);
        cursor.SkipSpace();
        var ahead = cursor;
        var type = ahead.Token();
        ahead.SkipSpace();
        if (!ahead.AtEnd && ahead.Rest[0] == '=')
        {
            // "Content-Disposition: filename=x": the type is missing.
            type = default;
        }
        else if (type.IsEmpty && cursor.TryQuoted(scratch))
        {
            type = scratch.Written;
        }
        else
        {
            cursor = ahead;
        }

        output.Bytes(ParameterParser.Cut(type, limits));
        scratch.Clear();
        ParameterParser.Write(ref cursor, output, scratch, limits);
    }
}
