using System.Text;

namespace Martlet.Messages.Files;

/// <summary>
/// The three header fields before a message in an mbox file that say its flags: Status, X-Status and X-Keywords, always all of them and in this order, so that
/// they can be told from fields of the message.
/// </summary>
internal static class MboxStatusBlock
{
    /// <summary>It cannot be said yet.</summary>
    public const int MoreNeeded = -1;

    /// <summary>Longest line that is written before the next one begins; readers need not take longer ones.</summary>
    private const int LineCharsMax = 900;

    private static ReadOnlySpan<byte> Lines => "Status: X-Status: X-Keywords: "u8;

    /// <summary>The block as it stands in the file, with LF at the line ends.</summary>
    public static string Format(FileFlags flags, IEnumerable<string> keywords)
    {
        var block = new StringBuilder("Status: ");
        block.Append((flags & FileFlags.Seen) != FileFlags.None ? "RO" : "O").Append("\nX-Status: ");
        foreach (var (flag, letter) in new[] { (FileFlags.Answered, 'A'), (FileFlags.Flagged, 'F'), (FileFlags.Draft, 'T'), (FileFlags.Deleted, 'D') })
        {
            block.Append((flags & flag) != FileFlags.None ? $"{letter}" : "");
        }

        block.Append("\nX-Keywords: ");
        var column = 0;
        foreach (var keyword in keywords)
        {
            block.Append(column > LineCharsMax - keyword.Length ? "\n " : column > 0 ? " " : "").Append(keyword);
            column = column > LineCharsMax - keyword.Length ? keyword.Length : column + keyword.Length + 1;
        }

        return block.Append('\n').ToString();
    }

    /// <summary>Length of the block that stands at the beginning.</summary>
    /// <param name="bytes">Beginning of a message, with CRLF at the line ends.</param>
    /// <param name="isLast">Whether no more will come.</param>
    /// <returns>0 when there is none.</returns>
    public static int Measure(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var at = 0;
        foreach (var name in new[] { 0..8, 8..18, 18..30 })
        {
            var expected = Lines[name];
            var rest = bytes[at..];
            if (!rest.StartsWith(expected))
            {
                return rest.Length < expected.Length && expected.StartsWith(rest) && !isLast ? MoreNeeded : 0;
            }

            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
            {
                return isLast ? 0 : MoreNeeded;
            }

            at += end + 1;
        }

        while (at < bytes.Length && bytes[at] == ' ')
        {
            var end = bytes[at..].IndexOf((byte)'\n');
            if (end < 0)
            {
                return isLast ? 0 : MoreNeeded;
            }

            at += end + 1;
        }

        return at < bytes.Length || isLast ? at : MoreNeeded;
    }
}
