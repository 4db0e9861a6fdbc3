using System.Globalization;
using System.Text;

namespace Martlet.Messages.Files;

/// <summary>What the name of a file in a Maildir says of its message.</summary>
/// <param name="Flags">System flags.</param>
/// <param name="IsForwarded">The flag P: passed on to somebody, <c>$Forwarded</c> in IMAP.</param>
/// <param name="Letters">Keywords a to z as bits 0 to 25; <see cref="DovecotKeywords"/> has their names.</param>
/// <param name="Date">When the file was made, as its name says; null when it says nothing that can be.</param>
public readonly record struct MaildirName(FileFlags Flags, bool IsForwarded, uint Letters, DateTimeOffset? Date)
{
    /// <summary>Keywords that a name has letters for.</summary>
    public const int LettersMax = 26;

    // 1980 to 2100: smaller numbers are counters, larger ones are not seconds.
    private const long SecondsMin = 315_532_800;
    private const long SecondsMax = 4_102_444_800;

    private static readonly (FileFlags Flag, char Letter)[] Sorted =
    [
        (FileFlags.Draft, 'D'),
        (FileFlags.Flagged, 'F'),
        (FileFlags.Answered, 'R'),
        (FileFlags.Seen, 'S'),
        (FileFlags.Deleted, 'T'),
    ];

    /// <summary>Reads a name such as <c>1041379200.M5P7.host,S=1234:2,FSab</c>. Any name can be read: what is not understood says nothing.</summary>
    /// <remarks>A program on a file system without colons writes ; or ! in its place.</remarks>
    public static MaildirName Parse(ReadOnlySpan<char> name)
    {
        var flags = FileFlags.None;
        var letters = 0u;
        var isForwarded = false;
        var info = InfoOf(name);
        foreach (var letter in info)
        {
            if (letter is >= 'a' and <= 'z')
            {
                letters |= 1u << (letter - 'a');
            }

            isForwarded |= letter == 'P';
            foreach (var (flag, known) in Sorted)
            {
                flags |= letter == known ? flag : FileFlags.None;
            }
        }

        return new MaildirName(flags, isForwarded, letters, DateOf(name));
    }

    /// <summary>The name of a message's file in <c>cur</c>.</summary>
    /// <param name="date">When it came.</param>
    /// <param name="unique">Makes it the only one of its folder; letters, digits and dots.</param>
    /// <param name="bytes">Length of the file.</param>
    /// <param name="wireBytes">Length with CRLF at the line ends.</param>
    /// <param name="flags">System flags.</param>
    /// <param name="letters">Keywords a to z as bits 0 to 25.</param>
    public static string Format(DateTimeOffset date, string unique, long bytes, long wireBytes, FileFlags flags, uint letters)
    {
        var name = new StringBuilder();
        name.Append(CultureInfo.InvariantCulture, $"{Math.Max(0, date.ToUnixTimeSeconds())}.{unique},S={bytes},W={wireBytes}:2,");
        foreach (var (flag, letter) in Sorted)
        {
            if ((flags & flag) != FileFlags.None)
            {
                name.Append(letter);
            }
        }

        for (var i = 0; i < LettersMax; i++)
        {
            if ((letters & (1u << i)) != 0)
            {
                name.Append((char)('a' + i));
            }
        }

        return name.ToString();
    }

    private static ReadOnlySpan<char> InfoOf(ReadOnlySpan<char> name)
    {
        var at = name.LastIndexOf("2,", StringComparison.Ordinal);
        if (at < 1 || name[at - 1] is not (':' or ';' or '!'))
        {
            return [];
        }

        var info = name[(at + 2)..];
        var end = info.IndexOf(',');
        return end < 0 ? info : info[..end];
    }

    private static DateTimeOffset? DateOf(ReadOnlySpan<char> name)
    {
        var end = name.IndexOfAnyExceptInRange('0', '9');
        return end is >= 9 and <= 10 && name[end] is ('.' or '_' or '-')
            && long.TryParse(name[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= SecondsMin and <= SecondsMax
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
    }
}
