using System.Buffers;

namespace Martlet.Messages.Files;

/// <summary>How an mbox file hides lines of a message that begin with "From ".</summary>
public enum MboxQuoting
{
    /// <summary>Lines are given as they are: mboxo and files of unknown make, where ">From " may be the sender's own.</summary>
    Keep,

    /// <summary>mboxrd: one ">" is taken off lines of one or more ">" and "From ".</summary>
    Remove,
}

/// <summary>A piece of an mbox file.</summary>
/// <param name="IsStart">Whether a message begins; then <paramref name="Bytes"/> is empty.</param>
/// <param name="Date">At the start, the date of the separator line; null where it cannot be read.</param>
/// <param name="Bytes">Bytes of the message, lines ending in CRLF. Valid until the next piece is asked for.</param>
public readonly record struct MboxPiece(bool IsStart, DateTimeOffset? Date, ReadOnlyMemory<byte> Bytes);

/// <summary>Reads the messages of an mbox file (RFC 4155) in pieces, for import: memory is constant whatever the size of messages and lines.</summary>
/// <remarks>
/// A separator is a line that begins with "From ", has a date that <see cref="MboxDate"/> reads, and stands at the beginning of the file or after an empty
/// line. That empty line belongs to the separator, not to the message. Bytes before the first separator are skipped. LF becomes CRLF.
/// </remarks>
public static class MboxReader
{
    /// <summary>Longest separator line. A longer line that begins with "From " is text.</summary>
    public const int SeparatorBytesMax = 1000;

    /// <summary>Reads to the end of the stream.</summary>
    /// <param name="file">The mbox file; the caller keeps it.</param>
    /// <param name="quoting">What happens to ">From " lines.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>For each message a start and then its bytes, in order; none for an empty message.</returns>
    public static async IAsyncEnumerable<MboxPiece> ReadAsync(
        Stream file, MboxQuoting quoting, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var input = ArrayPool<byte>.Shared.Rent(32 << 10);
        try
        {
            var splitter = new MboxSplitter(quoting);
            var length = 0;
            do
            {
                length = await file.ReadAsync(input, cancel);
                for (var used = 0; used < length || length == 0;)
                {
                    used += splitter.Take(input.AsSpan(used, length - used), isLast: length == 0);
                    if (splitter.Output.Length > 0)
                    {
                        yield return new MboxPiece(false, null, splitter.Output);
                    }

                    if (splitter.HasStart)
                    {
                        yield return new MboxPiece(true, splitter.StartDate, default);
                    }

                    if (length == 0)
                    {
                        break;
                    }
                }
            }
            while (length > 0);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
        }
    }
}
