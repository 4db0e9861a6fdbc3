using System.Text;
using Martlet.Messages.Files;
using Martlet.Server.Transfer;
using Martlet.Store.Model;

namespace Martlet.Fuzz.Targets;

/// <summary>
/// Lines of paths and of the small files of a Maildir: no exception; a name that is written is read again; names of mailboxes are allowed ones whatever the path, or
/// refused by the store; and what an export calls a mailbox, an import calls the same.
/// </summary>
public static class MaildirTarget
{
    private static readonly StoreLimits Limits = new();

    /// <summary>Runs one input.</summary>
    public static void Run(ReadOnlySpan<byte> input)
    {
        var refused = new List<string>();
        var keywords = DovecotKeywords.Parse(input, refused);
        Target.That(keywords.All(keyword => keyword is null || KeywordText.IsAtom(Encoding.ASCII.GetBytes(keyword))), "Keywords can be sent.");
        foreach (var levels in SubscriptionList.Parse(input, isCourier: input.Length % 2 == 0))
        {
            _ = new FolderNames(isTopKnown: true).OfSubscription("", levels);
        }

        var names = NameList.Parse(input).ToList();
        Target.That(NameList.Parse(NameList.Format(names)).SequenceEqual(names), "A list of names is read as it was written.");
        Target.That(Content(input, 1).SequenceEqual(Content(input, int.MaxValue)), "Line ends do not depend on how the bytes are cut.");
        Paths(Encoding.UTF8.GetString(input[..Math.Min(input.Length, 4000)]).Split('\n'));
    }

    private static void Paths(string[] paths)
    {
        var scan = new FolderNames(isTopKnown: false);
        var items = new List<TreeItem>();
        foreach (var path in paths)
        {
            if (EntryPath.Split(path, depthMax: 40, out var parts) is null)
            {
                Target.That(!parts.Contains("..") && !parts.Contains(""), "A path that is taken points nowhere.");
                items.Add(MailTree.Classify(parts, path.EndsWith('/') ? ArchiveEntryKind.Folder : ArchiveEntryKind.File));
                scan.See(items[^1]);
            }

            var name = MaildirName.Parse(path);
            var written = MaildirName.Format(name.Date ?? DateTimeOffset.UnixEpoch, "x", 1, 1, name.Flags, name.Letters);
            Target.That(MaildirName.Parse(written) is var read && read.Flags == name.Flags && read.Letters == name.Letters, "A name is read as it was written.");
            Export(path);
        }

        foreach (var item in items)
        {
            _ = scan.OfFile(item.Folder, item.Name);
            _ = MailboxPath.TryNormalize(scan.OfMaildir(item.Folder), Limits, out _);
        }
    }

    private static void Export(string text)
    {
        if (!MailboxPath.TryNormalize(text, Limits, out var mailbox))
        {
            return;
        }

        foreach (var format in new[] { ExportFormat.Maildir, ExportFormat.Mbox })
        {
            var names = new ExportNames(format);
            var path = names.PathOf(mailbox);
            var back = new FolderNames(isTopKnown: true);
            back.Give("", NameList.Parse(NameList.Format(names.List)));
            var end = path.LastIndexOf('/');
            var found = format == ExportFormat.Maildir ? back.OfMaildir(path) : back.OfFile(end < 0 ? "" : path[..end], path[(end + 1)..]);
            Target.That(found == mailbox, $"{mailbox} is {path} and then {found}.");
            Target.That(EntryPath.Split(path, depthMax: 40, out var parts) is null && string.Join('/', parts) == path, "A path of an export points nowhere.");
            Target.That(MailTree.Classify([.. parts, .. format == ExportFormat.Maildir ? new[] { "cur", "1" } : []], ArchiveEntryKind.File).Kind
                == (format == ExportFormat.Maildir ? TreeItemKind.Message : TreeItemKind.File), "What an export writes is mail.");
        }
    }

    private static List<byte> Content(ReadOnlySpan<byte> input, int piece)
    {
        var content = new MaildirContent();
        var all = new List<byte>();
        for (; !input.IsEmpty; input = input[Math.Min(piece, input.Length)..])
        {
            all.AddRange(content.Feed(input[..Math.Min(piece, input.Length)]));
        }

        return all;
    }
}
