using Martlet.Messages.Mime;

namespace Martlet.Messages.Headers;

/// <summary>Reads Content-Language (RFC 3282 §2): tags with commas between; the tags are not checked.</summary>
public static class LanguageListParser
{
    /// <summary>Reads a field value.</summary>
    /// <param name="value">The bytes after the colon, folded or not.</param>
    /// <param name="limits">For the number of tags and their length.</param>
    /// <returns>The encoded list for <see cref="LanguageListView"/>, empty when there is no tag.</returns>
    public static byte[] Parse(ReadOnlySpan<byte> value, MimeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var output = new MetaWriter();
        Write(value, limits, output);
        return output.Written.ToArray();
    }

    internal static void Write(ReadOnlySpan<byte> value, MimeLimits limits, MetaWriter output)
    {
        var cursor = new HeaderCursor(value);
        for (var count = 0; count < limits.LanguagesMax && !cursor.AtEnd;)
        {
            cursor.SkipSpace();
            var tag = cursor.Token();
            if (!tag.IsEmpty)
            {
                output.Bytes(ParameterParser.Cut(tag, limits));
                count++;
            }
            else if (!cursor.AtEnd)
            {
                // A comma, or something that does not belong here.
                cursor.Skip(1);
            }
        }
    }
}
