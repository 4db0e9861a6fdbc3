namespace Martlet.Server.Sendmail;

/// <summary>Reads a message from standard input.</summary>
internal static class MessageIntake
{
    private const int PieceBytes = 64 * 1024;

    /// <summary>Reads up to the end of input or, unless told otherwise, to a line with a dot alone.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="ignoresDots">A line with a dot alone is text.</param>
    /// <param name="bytesMax">Largest message, with what stands behind its end.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Null when there is more than <paramref name="bytesMax"/>.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream input, bool ignoresDots, int bytesMax, CancellationToken cancel)
    {
        var message = new MemoryStream();
        var piece = new byte[PieceBytes];
        var lineStart = 0;
        while (await input.ReadAsync(piece, cancel) is > 0 and var count)
        {
            await message.WriteAsync(piece.AsMemory(0, count), cancel);
            if (message.Length > bytesMax)
            {
                return null;
            }

            if (!ignoresDots && FindDot(Bytes(message).Span, ref lineStart))
            {
                return Bytes(message)[..lineStart];
            }
        }

        return !ignoresDots && Bytes(message).Span[lineStart..].SequenceEqual("."u8) ? Bytes(message)[..lineStart] : Bytes(message);
    }

    private static ReadOnlyMemory<byte> Bytes(MemoryStream message) => message.GetBuffer().AsMemory(0, (int)message.Length);

    // Looks at complete lines; the start of the last line seen is kept for the next call.
    private static bool FindDot(ReadOnlySpan<byte> bytes, ref int lineStart)
    {
        while (bytes[lineStart..].IndexOf((byte)'\n') is >= 0 and var length)
        {
            var line = bytes.Slice(lineStart, length);
            if (line.SequenceEqual("."u8) || line.SequenceEqual(".\r"u8))
            {
                return true;
            }

            lineStart += length + 1;
        }

        return false;
    }
}
