using System.Buffers;
using Martlet.Messages.Files;
using Martlet.Store.Model;

namespace Martlet.Server.Transfer;

/// <summary>Takes the messages of an archive: those of Maildirs and of mbox files in it.</summary>
internal sealed class ArchiveImport(ImportChoices choices, TransferLimits limits, ImportMailboxes mailboxes, MessageTaker taker, TransferNews news)
{
    private readonly ArchiveScan _scan = new(choices, limits);
    private readonly MaildirContent _content = new();
    private readonly HashSet<string> _nameless = new(StringComparer.Ordinal);
    private long _unpacked;

    /// <summary>Messages that were found.</summary>
    public long Messages { get; private set; }

    /// <summary>Reads the archive once or twice.</summary>
    /// <exception cref="InvalidDataException">It is broken, or over a limit; what is taken by then stays.</exception>
    public async Task RunAsync(MailSource source, CancellationToken cancel)
    {
        if (!choices.IsOrdered)
        {
            await _scan.ReadAsync(await source.OpenArchiveAsync(cancel), news, cancel);
            news.Total = _scan.Messages;
            mailboxes.KeepsNames = _scan.IsOurs;
        }

        var archive = await source.OpenArchiveAsync(cancel);
        var entries = 0;
        while (taker.Stopped is null && await archive.NextAsync(cancel) is { } entry)
        {
            if (++entries > limits.EntriesMax)
            {
                throw new InvalidDataException($"it has more than {limits.EntriesMax} entries (limit entries).");
            }

            var problem = EntryPath.Split(entry.Path, limits.PathDepthMax, out var parts) ?? entry.Problem;
            if (problem is not null)
            {
                await TellAsync(entry, parts, problem);
                continue;
            }

            await TakeAsync(MailTree.Classify(parts, entry.Kind), entry, archive, cancel);
        }

        await taker.FinishAsync();
        if (taker.Stopped is null)
        {
            await SubscribeAsync();
        }
    }

    // A link among indexes and locks is of no use either way.
    private ValueTask TellAsync(ArchiveEntry entry, string[] parts, string problem) =>
        parts.Length > 0 && MailTree.Classify(parts, ArchiveEntryKind.File).Kind == TreeItemKind.Noise ? ValueTask.CompletedTask : news.LeaveOutAsync(entry.Path, problem);

    private async Task TakeAsync(TreeItem item, ArchiveEntry entry, ArchiveReader archive, CancellationToken cancel)
    {
        switch (item.Kind)
        {
            case TreeItemKind.Folder:
                var folder = await mailboxes.FindAsync(_scan.Names.OfMaildir(item.Folder));
                if (folder.Problem is { } problem)
                {
                    await news.NoteAsync(entry.Path, problem);
                }

                break;
            case TreeItemKind.Message:
                await TakeMessageAsync(item, entry, archive, cancel);
                break;
            case TreeItemKind.File:
                await TakeFileAsync(item, entry, archive, cancel);
                break;
            case TreeItemKind.Keywords or TreeItemKind.Subscriptions or TreeItemKind.Names when choices.IsOrdered:
                await _scan.LearnAsync(item, archive, news, cancel);
                mailboxes.KeepsNames = _scan.IsOurs;
                break;
            default:
                break;
        }
    }

    private async Task TakeMessageAsync(TreeItem item, ArchiveEntry entry, ArchiveReader archive, CancellationToken cancel)
    {
        Messages++;
        var name = MaildirName.Parse(item.Name);
        var keywords = _scan.KeywordsOf(item.Folder, name, out var isNameless);
        if (isNameless && _nameless.Count < limits.FoldersMax && _nameless.Add(item.Folder))
        {
            await news.NoteAsync(item.Folder, $"some of its messages have keywords whose names are not in {DovecotKeywords.FileName}: left out");
        }

        await taker.BeginAsync(new IncomingMessage(await mailboxes.FindAsync(_scan.Names.OfMaildir(item.Folder)), entry.Path, DateOf(entry, name)));
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            _content.Clear();
            int count;
            while ((count = await archive.ReadAsync(buffer, cancel)) > 0)
            {
                Count(count);
                if (!taker.Write(_content.Feed(buffer.AsSpan(0, count))))
                {
                    break;
                }
            }

            await taker.EndAsync(name.Flags, keywords);
        }
        catch (ArchiveEntryException e)
        {
            await taker.AbandonAsync(e.Message);
        }
        catch
        {
            taker.Forget();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task TakeFileAsync(TreeItem item, ArchiveEntry entry, ArchiveReader archive, CancellationToken cancel)
    {
        try
        {
            var (head, whole) = await HeadStream.PeekAsync(new EntryStream(archive), 5, cancel);
            if (head.IsEmpty)
            {
                // A mailbox with nothing in it.
                _ = item.Name.EndsWith(".mbox", StringComparison.OrdinalIgnoreCase) ? await mailboxes.FindAsync(_scan.Names.OfFile(item.Folder, item.Name)) : null;
                return;
            }

            if (!head.Span.SequenceEqual("From "u8))
            {
                await news.LeaveOutAsync(entry.Path, "it is neither a message of a Maildir nor an mbox file");
                return;
            }

            var mailbox = await mailboxes.FindAsync(_scan.Names.OfFile(item.Folder, item.Name));
            Messages += await MboxImport.RunAsync(new BoundedStream(whole, limits.UnpackedBytesMax - _unpacked), entry.Path, mailbox, choices, taker, cancel);
            Count(entry.Length);
        }
        catch (ArchiveEntryException e)
        {
            await news.LeaveOutAsync(entry.Path, $"{e.Message}; its last message is left out");
        }
    }

    // Zip files are unpacked entry by entry: each is bounded by what it says, and all together here.
    private void Count(long bytes)
    {
        _unpacked += bytes;
        if (_unpacked > limits.UnpackedBytesMax)
        {
            throw new InvalidDataException($"it unpacks to more than {limits.UnpackedBytesMax >> 30} GB (limit unpacked-bytes).");
        }
    }

    // Dovecot and others take the date of the file for the internal date. Programs that make archives without dates, or zip files without exact ones, leave the name.
    private DateTimeOffset DateOf(ArchiveEntry entry, MaildirName name)
    {
        var isFileGood = entry.IsDateExact && entry.Date?.ToUnixTimeSeconds() is not (null or 0) && !choices.DatesFromNames;
        return (isFileGood ? entry.Date : name.Date ?? entry.Date) ?? DateTimeOffset.UnixEpoch;
    }

    private async Task SubscribeAsync()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, file) in _scan.Subscriptions)
        {
            names.UnionWith(SubscriptionList.Parse(file, item.Name == SubscriptionList.CourierName).Select(levels => _scan.Names.OfSubscription(item.Folder, levels)));
        }

        if (_scan.Subscriptions.Count > 0)
        {
            names.Add(MailboxPath.Inbox);
            await mailboxes.SubscribeAsync(names);
        }
    }
}
