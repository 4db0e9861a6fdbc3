using System.Text;

namespace Martlet.Server.Transfer;

/// <summary>
/// The file in which a Maildir keeps what is subscribed: a name a line with dots between levels, or, after a line "V", tab and 2, levels with tabs between. What
/// Courier writes has INBOX before each name.
/// </summary>
internal static class SubscriptionList
{
    private const string Version2 = "V\t2";

    /// <summary>Name of Courier's file.</summary>
    public const string CourierName = "courierimapsubscribed";

    /// <summary>Reads the file.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="isCourier">Whether it is Courier's.</param>
    /// <returns>Levels of each name, as they are spelled in it.</returns>
    public static IEnumerable<string[]> Parse(ReadOnlySpan<byte> file, bool isCourier)
    {
        var names = new List<string[]>();
        var lines = Encoding.UTF8.GetString(file).Split('\n');
        var isVersion2 = lines[0].TrimEnd('\r') == Version2;
        foreach (var line in lines.Skip(isVersion2 ? 1 : 0).Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0))
        {
            var levels = isVersion2 ? [.. line.Split('\t').Select(Unescape)]
                : line.Contains('/', StringComparison.Ordinal) ? line.Split('/')
                : line.Split('.');
            levels = isCourier && levels is ["INBOX", _, ..] ? levels[1..] : levels;
            if (!levels.Contains(""))
            {
                names.Add(levels);
            }
        }

        return names;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="folders">Folders of Maildir++ without the dot at the beginning, or INBOX.</param>
    public static byte[] Format(IEnumerable<string> folders) => Encoding.UTF8.GetBytes(string.Concat(folders.Select(folder => folder + "\n")));

    // Dovecot: a byte 1 stands before what stands for a tab or a line end.
    private static string Unescape(string level) => level.Contains('\x01', StringComparison.Ordinal)
        ? level.Replace("\x01t", "\t", StringComparison.Ordinal).Replace("\x01n", "\n", StringComparison.Ordinal).Replace("\x01r", "\r", StringComparison.Ordinal).Replace("\x01" + "1", "\x01", StringComparison.Ordinal)
        : level;
}
