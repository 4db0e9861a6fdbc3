using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Reading;

namespace Martlet.Server.Transfer;

/// <summary>Goes through the messages of one mailbox as it was at one moment, in the order of their UIDs.</summary>
internal sealed class MailboxExport(MailStore store, Account account, TransferNews news)
{
    private const int RowsAtOnce = 256;

    /// <summary>Messages written.</summary>
    public long Messages { get; private set; }

    /// <summary>Their bytes.</summary>
    public long Bytes { get; private set; }

    /// <summary>Goes through them.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="begin">Is called first, with how often each set of keywords is there.</param>
    /// <param name="write">Writes one; the message is valid until it returns.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task RunAsync(
        Mailbox mailbox, Func<IReadOnlyDictionary<KeywordSetId, int>, Task> begin, Func<MessageRow, StoredMessage, LineEnds, Task> write, CancellationToken cancel)
    {
        using var view = await store.OpenViewAsync(mailbox, new ChangeSignal());
        using var message = new StoredMessage(store, account);
        using var batch = new EmailBatch();
        var uids = view.Opened.Uids;
        await begin(CountKeywords(view, uids));
        var rows = new MessageRow[RowsAtOnce];
        var emails = new EmailId[RowsAtOnce];
        for (var at = 0; at < uids.Length;)
        {
            cancel.ThrowIfCancellationRequested();
            var wanted = Math.Min(RowsAtOnce, uids.Length - at);
            var count = view.Read(uids.Span.Slice(at, wanted), rows);
            await LoseAsync(mailbox, wanted - count);
            at += wanted;
            for (var done = 0; done < count;)
            {
                for (var i = done; i < count; i++)
                {
                    emails[i - done] = rows[i].Email;
                }

                store.ReadEmails(batch, account, emails.AsSpan(0, count - done));
                // Large structures come in several batches; what is missing from a whole one is gone.
                var isCut = batch.IsCut;
                while (done < count && (message.Open(batch, rows[done].Email) || !isCut))
                {
                    await WriteAsync(mailbox, rows[done], message, message.Open(batch, rows[done].Email), write);
                    done++;
                }

                if (isCut && done < count && batch.Count == 0)
                {
                    throw new StoreException(StoreFailure.Corrupt, "The structure of a message cannot be read.");
                }
            }
        }
    }

    private static Dictionary<KeywordSetId, int> CountKeywords(MailboxView view, ReadOnlyMemory<uint> uids)
    {
        var counts = new Dictionary<KeywordSetId, int>();
        var rows = new MessageRow[4096];
        for (var at = 0; at < uids.Length; at += rows.Length)
        {
            var count = view.Read(uids.Span.Slice(at, Math.Min(rows.Length, uids.Length - at)), rows);
            foreach (ref readonly var row in rows.AsSpan(0, count))
            {
                counts[row.Keywords] = counts.GetValueOrDefault(row.Keywords) + 1;
            }
        }

        return counts;
    }

    private async Task WriteAsync(Mailbox mailbox, MessageRow row, StoredMessage message, bool isThere, Func<MessageRow, StoredMessage, LineEnds, Task> write)
    {
        if (!isThere)
        {
            await LoseAsync(mailbox, 1);
            return;
        }

        // Before anything of it is written: what cannot be read leaves no hole.
        var ends = new LineEnds();
        try
        {
            for (long at = 0; at < message.Length;)
            {
                var piece = message.Read(at);
                ends.Look(piece.Span);
                at += piece.Length;
            }
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Corrupt)
        {
            await news.LeaveOutAsync($"{mailbox.Info.Name}, message {row.Uid.Value}", "its bytes cannot be read; martlet verify says more");
            return;
        }

        await write(row, message, ends);
        Messages++;
        Bytes += message.Length;
        await news.AdvanceAsync();
    }

    private async Task LoseAsync(Mailbox mailbox, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await news.LeaveOutAsync(mailbox.Info.Name, "a message was expunged while the export ran");
        }
    }
}
