using System.Buffers;
using Martlet.Messages.Files;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Transfer;

/// <summary>
/// Writes mailboxes of an account into an archive, while the server runs: each mailbox as it is when its turn comes. Nothing is locked; what is expunged meanwhile
/// is still written.
/// </summary>
internal sealed class MailExporter(MailStore store, Account account, ExportFormat format, string spoolFolder, TransferLimits limits, TimeProvider time, TransferNews news)
{
    private const int FlushBytes = 128 * 1024;

    private readonly ExportNames _names = new(format);
    private readonly List<MailboxCount> _counts = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private long _bytes;

    /// <summary>Writes them and ends the archive.</summary>
    /// <exception cref="IOException">The archive's stream failed.</exception>
    /// <exception cref="InvalidDataException">There is no room for what must be kept meanwhile.</exception>
    public async Task<ExportReport> RunAsync(IReadOnlyList<Mailbox> mailboxes, ArchiveWriter archive, CancellationToken cancel)
    {
        news.Total = mailboxes.Sum(mailbox => (long)mailbox.Info.Messages);
        var paths = mailboxes.Select(mailbox => _names.PathOf(mailbox.Info.Name)).ToList();
        if (NeedsList(mailboxes, paths))
        {
            await AddAsync(archive, NameList.FileName, NameList.Format(_names.List), cancel);
        }

        if (format == ExportFormat.Maildir)
        {
            await BeginMaildirAsync(mailboxes, paths, archive, cancel);
        }

        for (var i = 0; i < mailboxes.Count; i++)
        {
            var export = new MailboxExport(store, account, news);
            await (format == ExportFormat.Maildir ? MaildirAsync(mailboxes[i], paths[i], export, archive, cancel) : MboxAsync(mailboxes[i], paths[i], export, archive, cancel));
            _counts.Add(new MailboxCount(mailboxes[i].Info.Name, export.Messages));
            _bytes += export.Bytes;
        }

        await archive.FinishAsync(cancel);
        return new ExportReport(_counts.Sum(count => count.Messages), _bytes, news.LeftOut) { Mailboxes = _counts, Problems = news.Problems };
    }

    // Programs that read a folder of mbox files take every file for one. So there it is only where an import would else name something otherwise: names that no
    // file can have, no file at the top, and names that it would take for those of other programs.
    private bool NeedsList(IReadOnlyList<Mailbox> mailboxes, List<string> paths) =>
        format == ExportFormat.Maildir || _names.List.Count > 0 || paths.All(path => path.Contains('/', StringComparison.Ordinal))
        || mailboxes.Select(mailbox => mailbox.Info.Name.Split(MailboxPath.Separator)[0])
            .Any(level => FolderNames.UseOf(level) is var use && use != SpecialUse.None && FolderNames.NameOf(use) != level);

    private async Task BeginMaildirAsync(IReadOnlyList<Mailbox> mailboxes, List<string> paths, ArchiveWriter archive, CancellationToken cancel)
    {
        var subscribed = mailboxes.Zip(paths).Where(pair => account.Subscriptions.Contains(pair.First.Info.Name))
            .Select(pair => pair.Second.Length == 0 ? MailboxPath.Inbox : pair.Second[1..]);
        await AddAsync(archive, "subscriptions", SubscriptionList.Format(subscribed), cancel);
        if (!paths.Contains(""))
        {
            // The top of a Maildir is its INBOX, which programs look for.
            foreach (var name in new[] { "cur", "new", "tmp" })
            {
                await archive.AddFolderAsync(name, time.GetUtcNow(), cancel);
            }
        }
    }

    private Task MaildirAsync(Mailbox mailbox, string folder, MailboxExport export, ArchiveWriter archive, CancellationToken cancel)
    {
        var writer = new MaildirWriter(archive, folder, mailbox, time.GetUtcNow(), news);
        return export.RunAsync(mailbox, sets => writer.BeginAsync(sets, cancel), (row, message, ends) => writer.WriteAsync(row, message, ends, cancel), cancel);
    }

    private async Task MboxAsync(Mailbox mailbox, string path, MailboxExport export, ArchiveWriter archive, CancellationToken cancel)
    {
        if (!archive.NeedsLength)
        {
            // Quoted lines and flags make it longer than its messages.
            await archive.BeginFileAsync(path, time.GetUtcNow(), mailbox.Info.Bytes + (mailbox.Info.Bytes / 8) + (mailbox.Info.Messages * 400L), cancel);
            await WriteMboxAsync(mailbox, export, archive.WriteAsync, cancel);
            await archive.EndFileAsync(cancel);
            return;
        }

        await using var spool = SpoolFile.Create(spoolFolder);
        await WriteMboxAsync(mailbox, export, SpoolAsync, cancel);
        await archive.BeginFileAsync(path, time.GetUtcNow(), spool.Length, cancel);
        spool.Position = 0;
        var buffer = new byte[FlushBytes];
        int count;
        while ((count = await spool.ReadAsync(buffer, cancel)) > 0)
        {
            await archive.WriteAsync(buffer.AsMemory(0, count), cancel);
        }

        await archive.EndFileAsync(cancel);

        async ValueTask SpoolAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
        {
            if (spool.Length + bytes.Length > limits.SpoolBytesMax)
            {
                throw new InvalidDataException($"{mailbox.Info.Name} is larger than {limits.SpoolBytesMax} bytes (limit spool-bytes); write a zip file, which needs no copy.");
            }

            SpoolFile.CheckRoom(spoolFolder, limits);
            try
            {
                await spool.WriteAsync(bytes, stop);
            }
            catch (IOException e)
            {
                throw new InvalidDataException($"what must be kept meanwhile cannot be written: {e.Message}", e);
            }
        }
    }

    private async Task WriteMboxAsync(Mailbox mailbox, MailboxExport export, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> write, CancellationToken cancel)
    {
        var mbox = new MboxWriter(_buffer);
        await export.RunAsync(mailbox, BeginAsync, WriteMessageAsync, cancel);
        await FlushAsync(atLeast: 0);

        Task BeginAsync(IReadOnlyDictionary<KeywordSetId, int> sets)
        {
            var table = account.Keywords;
            var names = sets.Keys.SelectMany(set => table.Members(set)).Distinct().Select(table.Name);
            mbox.StartFile(mailbox.Info.UidValidity.Value, mailbox.Info.UidNext.Value - 1, names.Order(StringComparer.Ordinal));
            return Task.CompletedTask;
        }

        async Task WriteMessageAsync(MessageRow row, StoredMessage message, LineEnds ends)
        {
            var table = account.Keywords;
            mbox.Start(row.Received.ToDateTimeOffset(), (FileFlags)row.Flags, table.Members(row.Keywords).Select(table.Name));
            for (long at = 0; at < message.Length;)
            {
                var piece = message.Read(at);
                mbox.Write(piece.Span);
                at += piece.Length;
                await FlushAsync(FlushBytes);
            }

            mbox.End();
        }

        async Task FlushAsync(int atLeast)
        {
            if (_buffer.WrittenCount > atLeast)
            {
                await write(_buffer.WrittenMemory, cancel);
                _buffer.ResetWrittenCount();
            }
        }
    }

    private async Task AddAsync(ArchiveWriter archive, string path, byte[] content, CancellationToken cancel)
    {
        await archive.BeginFileAsync(path, time.GetUtcNow(), content.Length, cancel);
        await archive.WriteAsync(content, cancel);
        await archive.EndFileAsync(cancel);
    }
}
