using Martlet.Messages.Files;

namespace Martlet.Server.Transfer;

/// <summary>
/// What must be known of an archive before its first message is taken: where its top is, names of keywords, subscriptions, and how many messages there are. Files
/// that say so may stand anywhere in it, so it is read once for them alone.
/// </summary>
internal sealed class ArchiveScan(ImportChoices choices, TransferLimits limits)
{
    private readonly byte[] _head = new byte[5];
    private readonly Dictionary<string, string?[]> _keywords = new(StringComparer.Ordinal);
    private readonly List<(string Top, byte[] File)> _lists = [];
    private readonly List<(TreeItem Item, byte[] File)> _subscriptions = [];
    private long _listBytes;

    /// <summary>Names of mailboxes.</summary>
    public FolderNames Names { get; } = new(choices.IsOrdered);

    /// <summary>Whether it is an export of ours.</summary>
    public bool IsOurs => _lists.Count > 0;

    /// <summary>Messages of Maildirs.</summary>
    public long Messages { get; private set; }

    /// <summary>Lists of subscriptions, with what each is.</summary>
    public IReadOnlyList<(TreeItem Item, byte[] File)> Subscriptions => _subscriptions;

    /// <summary>Reads the archive.</summary>
    /// <exception cref="InvalidDataException">It is broken, or over a limit.</exception>
    public async Task ReadAsync(ArchiveReader archive, TransferNews news, CancellationToken cancel)
    {
        var entries = 0;
        while (await archive.NextAsync(cancel) is { } entry)
        {
            if (++entries > limits.EntriesMax)
            {
                throw new InvalidDataException($"it has more than {limits.EntriesMax} entries (limit entries).");
            }

            if (entry.Problem is not null || EntryPath.Split(entry.Path, limits.PathDepthMax, out var parts) is not null)
            {
                continue;
            }

            var item = MailTree.Classify(parts, entry.Kind);
            if (item.Kind != TreeItemKind.File || await IsMboxAsync(archive, cancel))
            {
                Names.See(item);
            }

            Messages += item.Kind == TreeItemKind.Message ? 1 : 0;
            await LearnAsync(item, archive, news, cancel);
        }

        foreach (var (top, file) in _lists)
        {
            Names.Give(top, NameList.Parse(file));
        }
    }

    /// <summary>Takes what an item says of others.</summary>
    public async Task LearnAsync(TreeItem item, ArchiveReader archive, TransferNews news, CancellationToken cancel)
    {
        switch (item.Kind)
        {
            case TreeItemKind.Keywords:
                if (_keywords.Count < limits.FoldersMax && await ReadAllAsync(item, archive, DovecotKeywords.BytesMax, news, cancel) is { } keywords)
                {
                    var refused = new List<string>();
                    _keywords[item.Folder] = DovecotKeywords.Parse(keywords, refused);
                    foreach (var line in refused.Take(MaildirName.LettersMax))
                    {
                        await news.NoteAsync(Show(item), $"'{EntryPath.Show(line)}' cannot be a keyword here");
                    }
                }

                break;
            case TreeItemKind.Subscriptions:
                if (await ReadAllAsync(item, archive, limits.ListBytesMax, news, cancel) is { } subscriptions)
                {
                    _subscriptions.Add((item, subscriptions));
                }

                break;
            case TreeItemKind.Names:
                if (await ReadAllAsync(item, archive, limits.ListBytesMax, news, cancel) is { } names)
                {
                    _lists.Add((item.Folder, names));
                    if (choices.IsOrdered)
                    {
                        Names.Give(item.Folder, NameList.Parse(names));
                    }
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Keywords that letters stand for in a folder; those without a name are told once.</summary>
    public List<string> KeywordsOf(string folder, MaildirName name, out bool isNameless)
    {
        isNameless = false;
        var keywords = new List<string>();
        var letters = _keywords.GetValueOrDefault(folder);
        for (var i = 0; i < MaildirName.LettersMax && name.Letters != 0; i++)
        {
            if ((name.Letters & (1u << i)) != 0 && letters?[i] is { } keyword)
            {
                keywords.Add(keyword);
            }
            else
            {
                isNameless |= (name.Letters & (1u << i)) != 0;
            }
        }

        if (name.IsForwarded && !keywords.Contains("$Forwarded", StringComparer.OrdinalIgnoreCase))
        {
            keywords.Add("$Forwarded");
        }

        return keywords;
    }

    /// <summary>A path for people.</summary>
    public static string Show(TreeItem item) => item.Folder.Length == 0 ? item.Name : $"{item.Folder}/{item.Name}";

    private async Task<bool> IsMboxAsync(ArchiveReader archive, CancellationToken cancel)
    {
        try
        {
            return await new EntryStream(archive).ReadAtLeastAsync(_head, _head.Length, throwOnEndOfStream: false, cancel) == _head.Length && _head.AsSpan().SequenceEqual("From "u8);
        }
        catch (ArchiveEntryException)
        {
            // Told when its turn comes.
            return false;
        }
    }

    private async Task<byte[]?> ReadAllAsync(TreeItem item, ArchiveReader archive, int bytesMax, TransferNews news, CancellationToken cancel)
    {
        var file = new byte[bytesMax + 1];
        int length;
        try
        {
            length = await new EntryStream(archive).ReadAtLeastAsync(file, file.Length, throwOnEndOfStream: false, cancel);
        }
        catch (ArchiveEntryException e)
        {
            await news.LeaveOutAsync(Show(item), e.Message);
            return null;
        }

        if (length > bytesMax || (item.Kind != TreeItemKind.Keywords && (_listBytes += length) > limits.ListBytesMax))
        {
            await news.LeaveOutAsync(Show(item), "it is longer than such a file can be");
            return null;
        }

        return file[..length];
    }
}
