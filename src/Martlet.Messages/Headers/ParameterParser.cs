using Martlet.Messages.Mime;

namespace Martlet.Messages.Headers;

/// <summary>Reads <c>*(";" attribute "=" value)</c> (RFC 2045 §5.1) as it is met in the wild; RFC 2231 names and values are left as they are.</summary>
/// <remarks>
/// Bent for senders that do not quote: a value that contains spaces goes to the next semicolon (<c>name=my file.pdf</c>), unless what follows the space
/// looks like another parameter whose semicolon was forgotten. A parameter without a name or <c>=</c> is dropped.
/// </remarks>
internal static class ParameterParser
{
    public static void Write(ref HeaderCursor cursor, MetaWriter output, MetaWriter scratch, MimeLimits limits)
    {
        for (var count = 0; count < limits.ParametersMax && !cursor.AtEnd;)
        {
            cursor.SkipSpace();
            if (cursor.TrySkip((byte)';'))
            {
                continue;
            }

            var name = cursor.Token();
            cursor.SkipSpace();
            if (!cursor.TrySkip((byte)'='))
            {
                cursor.Until((byte)';');
                continue;
            }

            cursor.SkipSpace();
            scratch.Clear();
            Value(ref cursor, scratch);
            count++;
            if (!name.IsEmpty)
            {
                output.Bytes(Cut(name, limits));
                output.Bytes(Cut(scratch.Written, limits));
            }
        }
    }

    private static void Value(ref HeaderCursor cursor, MetaWriter output)
    {
        if (cursor.TryQuoted(output))
        {
            // Text after a closing quote is dropped unless it is a parameter that lost its semicolon.
            cursor.SkipSpace();
            if (!cursor.AtEnd && !cursor.PeekParameter())
            {
                cursor.Until((byte)';');
            }

            return;
        }

        var start = cursor.Rest;
        var end = cursor.Token().Length;
        while (true)
        {
            cursor.SkipSpace();
            if (cursor.AtEnd || cursor.Rest[0] == ';' || end > 0 && cursor.PeekParameter())
            {
                break;
            }

            cursor.Until((byte)';');
            end = start.Length - cursor.Rest.Length;
        }

        Unfolding.Unfold(start[..end], output);
    }

    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value, MimeLimits limits) => value[..Math.Min(value.Length, limits.ValueBytesMax)];
}
