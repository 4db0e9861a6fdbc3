using Martlet.Messages.Files;

namespace Martlet.Server.Transfer;

/// <summary>What an entry of an archive is for an import.</summary>
internal enum TreeItemKind
{
    /// <summary>A message of a Maildir.</summary>
    Message,

    /// <summary>A folder of a Maildir: it has cur or new in it.</summary>
    Folder,

    /// <summary>The names of a folder's keywords.</summary>
    Keywords,

    /// <summary>Names of the mailboxes that are subscribed.</summary>
    Subscriptions,

    /// <summary>Names of mailboxes that no folder can have (<see cref="NameList"/>).</summary>
    Names,

    /// <summary>Some other file; an mbox file, if it begins like one.</summary>
    File,

    /// <summary>Of no use here: indexes and locks of mail programs, folders.</summary>
    Noise,
}

/// <summary>An entry of an archive as an import sees it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Folder">For what belongs to a Maildir its folder, otherwise the folder it lies in; parts with / between, empty at the top.</param>
/// <param name="Name">Name of the file.</param>
internal readonly record struct TreeItem(TreeItemKind Kind, string Folder, string Name);

/// <summary>Tells by its path what an entry of an archive is.</summary>
internal static class MailTree
{
    private static readonly string[] NoiseNames =
    [
        "maildirsize", "maildirfolder", "maildirshared", "courierimapacl", "courierimapuiddb", "courierimapkeywords", "shared-maildirs", "shared-folders",
        ".uidvalidity", ".isyncuidmap.db", ".ds_store", "cyrus.header", "cyrus.index", "cyrus.cache", "cyrus.squat", "thumbs.db", "desktop.ini", "msgfilterrules.dat", "popstate.dat",
    ];

    private static readonly string[] NoiseBegins =
    [
        "dovecot.index", "dovecot.list", "dovecot.mailbox", "dovecot.sieve", "dovecot.svbin", "dovecot-uid", "dovecot-acl", "dovecot-quota", "dovecot-attributes",
        ".dovecot", ".imap", "._", ".nfs", ".mbsyncstate",
    ];

    private static readonly string[] NoiseEnds = [".msf", ".lock", ".lck", ".cmeta", ".ibex.index", ".ibex.index.data", ".db-journal"];

    /// <summary>Looks at a path.</summary>
    /// <param name="parts">Its parts.</param>
    /// <param name="kind">What the archive says it is.</param>
    public static TreeItem Classify(ReadOnlySpan<string> parts, ArchiveEntryKind kind)
    {
        if (parts.IsEmpty)
        {
            return new TreeItem(TreeItemKind.Noise, "", "");
        }

        var name = parts[^1];
        var above = parts[..^1];
        if (kind == ArchiveEntryKind.Folder)
        {
            return name is "cur" or "new" ? new TreeItem(TreeItemKind.Folder, Join(above), name) : new TreeItem(TreeItemKind.Noise, Join(above), name);
        }

        // A message lies two levels below its Maildir, in cur or new; tmp holds what a delivery that broke off has left.
        if (above is [.. var maildir, "cur" or "new" or "tmp"])
        {
            var isNoise = above[^1] == "tmp" || IsNoise(name) || name.StartsWith('.');
            return new TreeItem(isNoise ? TreeItemKind.Noise : TreeItemKind.Message, Join(maildir), name);
        }

        return new TreeItem(
            name switch
            {
                DovecotKeywords.FileName => TreeItemKind.Keywords,
                "subscriptions" or ".subscriptions" or SubscriptionList.CourierName => TreeItemKind.Subscriptions,
                NameList.FileName => TreeItemKind.Names,
                _ => IsNoise(name) || above.Contains("__MACOSX") ? TreeItemKind.Noise : TreeItemKind.File,
            },
            Join(above),
            name);
    }

    private static bool IsNoise(string name) =>
        NoiseNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || NoiseBegins.Any(begin => name.StartsWith(begin, StringComparison.OrdinalIgnoreCase))
        || NoiseEnds.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    private static string Join(ReadOnlySpan<string> parts) => string.Join('/', parts);
}
