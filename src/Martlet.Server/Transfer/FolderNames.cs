using Martlet.Store.Model;

namespace Martlet.Server.Transfer;

/// <summary>
/// Names of mailboxes for the folders and files of an archive. The top is where a list of subscriptions or of names lies, or the folder above one of Maildir++;
/// without either, what all folders have in common. The top itself is INBOX.
/// </summary>
/// <remarks>
/// Folders are seen first (<see cref="See"/>), then named, unless the top is known. Memory is bounded by the limit of the lists that are read and a few paths.
/// </remarks>
internal sealed class FolderNames
{
    private const int TopsMax = 64;

    // What other programs call the mailboxes that have a use here.
    private static readonly (SpecialUse Use, string[] Names)[] WellKnown =
    [
        (SpecialUse.Sent, ["Sent", "Sent Items", "Sent Messages", "Sent Mail", "Sent-Mail"]),
        (SpecialUse.Drafts, ["Drafts", "Draft"]),
        (SpecialUse.Trash, ["Trash", "Deleted Items", "Deleted Messages", "Deleted"]),
        (SpecialUse.Junk, ["Junk", "Spam", "Junk Email", "Junk E-mail", "Junk Mail", "Bulk Mail"]),
        (SpecialUse.Archive, ["Archive", "Archives"]),
    ];

    private readonly HashSet<string> _tops = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);
    private readonly bool _isTopKnown;
    private string[]? _common;

    /// <summary>Makes one.</summary>
    /// <param name="isTopKnown">Whether the top of the archive is that of the mail.</param>
    public FolderNames(bool isTopKnown) => _isTopKnown = isTopKnown;

    /// <summary>Learns from an item where the top may be.</summary>
    public void See(TreeItem item)
    {
        if (_isTopKnown)
        {
            return;
        }

        var parts = Parts(item.Folder);
        switch (item.Kind)
        {
            case TreeItemKind.Subscriptions or TreeItemKind.Names:
                AddTop(item.Folder);
                break;
            case TreeItemKind.Message or TreeItemKind.Folder:
                var dotted = Array.FindIndex(parts, part => part.Length > 1 && part[0] == '.');
                if (dotted >= 0)
                {
                    AddTop(string.Join('/', parts[..dotted]));
                }
                else
                {
                    AddCommon(parts);
                }

                break;
            case TreeItemKind.File:
                AddCommon(parts);
                break;
            case TreeItemKind.Keywords or TreeItemKind.Noise:
                break;
        }
    }

    /// <summary>Takes names from a list at a top.</summary>
    public void Give(string top, IEnumerable<(string Path, string Name)> names)
    {
        foreach (var (path, name) in names)
        {
            _given[top.Length == 0 ? path : path.Length == 0 ? top : $"{top}/{path}"] = name;
        }
    }

    /// <summary>The mailbox of a Maildir's folder.</summary>
    public string OfMaildir(string folder) => _given.GetValueOrDefault(folder) ?? Name(FolderLevels.OfMaildir(Below(folder)));

    /// <summary>The mailbox of an mbox file.</summary>
    public string OfFile(string folder, string name)
    {
        var path = folder.Length == 0 ? name : $"{folder}/{name}";
        return _given.GetValueOrDefault(path) ?? Name(FolderLevels.OfFile([.. Below(folder), name]));
    }

    /// <summary>The mailbox that a line of a list of subscriptions means.</summary>
    /// <param name="top">Where the list lies.</param>
    /// <param name="levels">Levels of the name, in modified UTF-7 or not.</param>
    public string OfSubscription(string top, IReadOnlyList<string> levels)
    {
        var folder = "." + string.Join('.', levels);
        return _given.GetValueOrDefault(top.Length == 0 ? folder : $"{top}/{folder}") ?? Name(levels.SelectMany(level => FolderLevels.OfMaildir([level])));
    }

    /// <summary>The use that other programs give a mailbox of this name; None when it is no such name.</summary>
    public static SpecialUse UseOf(string level) =>
        WellKnown.FirstOrDefault(row => row.Names.Contains(level, StringComparer.OrdinalIgnoreCase)).Use;

    /// <summary>The first of the names for a use.</summary>
    public static string NameOf(SpecialUse use) => WellKnown.First(row => row.Use == use).Names[0];

    private static string Name(IEnumerable<string> levels)
    {
        var name = string.Join(MailboxPath.Separator, levels);
        return name.Length == 0 ? MailboxPath.Inbox : name;
    }

    private static string[] Parts(string folder) => folder.Length == 0 ? [] : folder.Split('/');

    private string[] Below(string folder)
    {
        var parts = Parts(folder);
        var top = _isTopKnown ? 0 : -1;
        for (var length = parts.Length; length >= 0 && top < 0; length--)
        {
            top = _tops.Contains(string.Join('/', parts[..length])) ? length : -1;
        }

        return parts[(top >= 0 ? top : Math.Min(parts.Length, _common?.Length ?? 0))..];
    }

    private void AddTop(string folder)
    {
        if (_tops.Count < TopsMax)
        {
            _tops.Add(folder);
        }
    }

    private void AddCommon(string[] parts)
    {
        _common ??= parts;
        var same = 0;
        while (same < parts.Length && same < _common.Length && parts[same] == _common[same])
        {
            same++;
        }

        _common = _common[..same];
    }
}
