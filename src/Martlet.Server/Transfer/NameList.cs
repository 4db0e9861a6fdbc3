using System.Text;

namespace Martlet.Server.Transfer;

/// <summary>
/// The file that an export puts at its top: names of mailboxes that their folder or file cannot have. A line is folder or file, a tab, and the name; in both a
/// backslash stands before a backslash, and \t for a tab. Lines that begin with # say nothing. The file also marks the top. Its name
/// has a dot, so that nobody takes it for an mbox file.
/// </summary>
internal static class NameList
{
    public const string FileName = ".martlet-mailboxes";

    private const string Title = "# Names of mailboxes that the folders and files here cannot have, for martlet import.\n";

    /// <summary>Writes the file.</summary>
    public static byte[] Format(IEnumerable<(string Path, string Name)> names)
    {
        var text = new StringBuilder(Title);
        foreach (var (path, name) in names)
        {
            text.Append(Escape(path)).Append('\t').Append(Escape(name)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads the file; lines that are not right say nothing.</summary>
    public static IEnumerable<(string Path, string Name)> Parse(ReadOnlySpan<byte> file)
    {
        var all = new List<(string, string)>();
        foreach (var line in Encoding.UTF8.GetString(file).Split('\n'))
        {
            if (!line.StartsWith('#') && line.Split('\t') is [var path, var name])
            {
                all.Add((Unescape(path), Unescape(name)));
            }
        }

        return all;
    }

    private static string Escape(string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return escaped.StartsWith('#') ? "\\" + escaped : escaped;
    }

    private static string Unescape(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                i++;
                result.Append(text[i] == 't' ? '\t' : text[i]);
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
