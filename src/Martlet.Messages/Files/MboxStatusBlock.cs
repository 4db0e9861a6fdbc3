using System.Globalization;
using System.Text;

namespace Martlet.Messages.Files;

/// <summary>
/// The three header fields before a message in an mbox file that say its flags: Status, X-Status and X-Keywords, always all of them, in this order and a
/// line each, so that they can be told from fields of the message. In the first message of a file X-IMAPbase may stand before them: Dovecot shows keywords that are
/// listed there.
/// </summary>
internal static class MboxStatusBlock
{
    /// <summary>It cannot be said yet.</summary>
    public const int MoreNeeded = -1;

    private static ReadOnlySpan<byte> Base => "X-IMAPbase: "u8;

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

        return block.Append("\nX-Keywords: ").AppendJoin(' ', keywords).Append('\n').ToString();
    }

    /// <summary>The line before the first block of a file, with LF.</summary>
    public static string FormatBase(uint uidValidity, uint lastUid, IEnumerable<string> keywords) =>
        string.Create(CultureInfo.InvariantCulture, $"X-IMAPbase: {uidValidity} {lastUid:0000000000} {string.Join(' ', keywords)}\n");

    /// <summary>Length of the block that stands at the beginning.</summary>
    /// <param name="bytes">Beginning of a message, with CRLF at the line ends.</param>
    /// <param name="isLast">Whether no more will come.</param>
    /// <returns>0 when there is none.</returns>
    public static int Measure(ReadOnlySpan<byte> bytes, bool isLast)
    {
        var at = 0;
        if (bytes.StartsWith(Base) || (Base.StartsWith(bytes) && !isLast))
        {
            var end = bytes.IndexOf((byte)'\n');
            if (end < 0)
            {
                return isLast ? 0 : MoreNeeded;
            }

            at = end + 1;
        }

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

        return at;
    }
}
