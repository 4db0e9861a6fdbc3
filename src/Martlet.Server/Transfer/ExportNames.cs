using System.Globalization;
using System.Text;
using Martlet.Store.Model;

namespace Martlet.Server.Transfer;

/// <summary>
/// Folders and files for mailbox names: those that <see cref="FolderNames"/> names back. Where that cannot be, a name that looks like it and a line in the list of
/// names (<see cref="NameList"/>).
/// </summary>
internal sealed class ExportNames(ExportFormat format)
{
    // A file's name can have 255 bytes in all file systems that matter; other programs put something behind it.
    private const int PartBytesMax = 200;

    private readonly FolderNames _back = new(isTopKnown: true);
    private readonly HashSet<string> _used = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Path, string Name)> _list = [];

    /// <summary>The list of names.</summary>
    public IReadOnlyList<(string Path, string Name)> List => _list;

    /// <summary>Folder of a Maildir, empty for INBOX; or an mbox file.</summary>
    /// <param name="name">Name of a mailbox, each once.</param>
    public string PathOf(string name)
    {
        var levels = name.Split(MailboxPath.Separator);
        var path = format == ExportFormat.Maildir
            ? name == MailboxPath.Inbox ? "" : "." + string.Join('.', levels.Select(level => FolderLevels.Encode(level).Replace('.', '_')))
            : string.Join('/', levels.Select(FileLevel)) + ".mbox";
        if (path.Split('/').Any(part => Encoding.UTF8.GetByteCount(part) > PartBytesMax) || !_used.Add(path))
        {
            path = string.Create(CultureInfo.InvariantCulture, $"{(format == ExportFormat.Maildir ? "." : "")}mailbox-{_used.Count + 1}{(format == ExportFormat.Maildir ? "" : ".mbox")}");
            _used.Add(path);
        }

        if (Back(path) != name)
        {
            _list.Add((path, name));
        }

        return path;
    }

    private static string FileLevel(string level) => level switch
    {
        // A Maildir would have these.
        "cur" or "new" or "tmp" or ['.', ..] => "_" + level.TrimStart('.'),
        _ => level.Replace('\\', '_').Replace(':', '_'),
    };

    private string Back(string path)
    {
        if (format == ExportFormat.Maildir)
        {
            return _back.OfMaildir(path);
        }

        var end = path.LastIndexOf('/');
        return _back.OfFile(end < 0 ? "" : path[..end], path[(end + 1)..]);
    }
}
