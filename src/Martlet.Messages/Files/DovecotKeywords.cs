using System.Globalization;
using System.Text;

namespace Martlet.Messages.Files;

/// <summary>The file <c>dovecot-keywords</c> of a Maildir folder: which keyword each letter in the names of its messages stands for.</summary>
public static class DovecotKeywords
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "dovecot-keywords";

    /// <summary>Bytes of the file that are read; 26 long keywords are far fewer.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>Reads the file.</summary>
    /// <param name="file">All of it: lines of a number from 0 on, a space and a keyword.</param>
    /// <param name="refused">Gets the lines that cannot be understood, and keywords that no client could be sent.</param>
    /// <returns>Keyword of each letter; null where it has none.</returns>
    public static string?[] Parse(ReadOnlySpan<byte> file, ICollection<string> refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        var keywords = new string?[MaildirName.LettersMax];
        while (!file.IsEmpty)
        {
            var end = file.IndexOf((byte)'\n');
            var line = (end < 0 ? file : file[..end]).TrimEnd((byte)'\r');
            file = end < 0 ? [] : file[(end + 1)..];
            var space = line.IndexOf((byte)' ');
            if (line.IsEmpty)
            {
                continue;
            }

            if (space > 0 && KeywordText.IsAtom(line[(space + 1)..])
                && int.TryParse(line[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                // Numbers from 26 on have no letter: names of messages never speak of them.
                if (number < keywords.Length)
                {
                    keywords[number] = Encoding.ASCII.GetString(line[(space + 1)..]);
                }
            }
            else
            {
                refused.Add(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 200)]));
            }
        }

        return keywords;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="keywords">Keyword of each letter, from a on; at most 26.</param>
    public static byte[] Format(IReadOnlyList<string> keywords)
    {
        ArgumentNullException.ThrowIfNull(keywords);
        var text = new StringBuilder();
        for (var i = 0; i < keywords.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i} {keywords[i]}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
