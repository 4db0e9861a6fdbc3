using System.Buffers;
using System.Text;
using Martlet.Protocols.Text;

namespace Martlet.Server.Transfer;

/// <summary>Levels of mailbox names as folders and files spell them: modified UTF-7 (as IMAP has it), Maildir++ with its dots, and the endings of mbox files.</summary>
internal static class FolderLevels
{
    private static readonly string[] FileEnds = [".mbox", ".mbx", ".sbd"];

    /// <summary>Levels of a Maildir's folder below its top.</summary>
    /// <param name="parts">Parts of its path; one that begins with a dot is a name of Maildir++, in which dots stand between levels.</param>
    public static IEnumerable<string> OfMaildir(IEnumerable<string> parts)
    {
        foreach (var part in parts)
        {
            foreach (var level in part.Length > 1 && part[0] == '.' ? part[1..].Split('.') : [part])
            {
                yield return Clean(Decode(level));
            }
        }
    }

    /// <summary>Levels of an mbox file below the top.</summary>
    /// <param name="parts">Its folders and its name. Thunderbird keeps what is below Work in Work.sbd, Apple Mail the mail of Work in Work.mbox/mbox.</param>
    public static IEnumerable<string> OfFile(IReadOnlyList<string> parts)
    {
        var count = parts.Count > 1 && parts[^1].Equals("mbox", StringComparison.OrdinalIgnoreCase) ? parts.Count - 1 : parts.Count;
        return parts.Take(count).Select(part =>
        {
            var end = FileEnds.FirstOrDefault(end => part.Length > end.Length && part.EndsWith(end, StringComparison.OrdinalIgnoreCase));
            return Clean(Decode(end is null ? part : part[..^end.Length]));
        });
    }

    /// <summary>The level in modified UTF-7.</summary>
    public static string Encode(string level)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Utf7Imap.Encode(level, bytes);
        return Encoding.ASCII.GetString(bytes.WrittenSpan);
    }

    // A name that is not in modified UTF-7 is taken for what it looks like.
    private static string Decode(string level) => level.Contains('&', StringComparison.Ordinal) && Utf7Imap.TryDecode(Encoding.UTF8.GetBytes(level), out var decoded) ? decoded : level;

    // What cannot stand in a level of a mailbox name becomes _.
    private static string Clean(string level) => level switch
    {
        "" or "." or ".." => "_",
        ['#', ..] => "_" + level[1..],
        _ when level.Any(c => c == '/' || char.IsControl(c)) => string.Concat(level.Select(c => c == '/' || char.IsControl(c) ? '_' : c)),
        _ => level,
    };
}
