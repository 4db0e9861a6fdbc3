using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Reading;
using Xunit;

namespace Martlet.Testing;

/// <summary>Reads whole messages out of a store, for comparing them byte by byte.</summary>
internal sealed class MessageDump(MailStore store, Account account) : IDisposable
{
    private readonly EmailBatch _batch = new();

    public async Task<IReadOnlyList<byte[]>> ReadAsync(Mailbox mailbox)
    {
        using var view = await store.OpenViewAsync(mailbox, new ChangeSignal());
        var rows = new MessageRow[view.Opened.Uids.Length];
        Assert.Equal(rows.Length, view.Read(view.Opened.Uids.Span, rows));
        return [.. rows.Select(Read)];
    }

    public void Dispose() => _batch.Dispose();

    private byte[] Read(MessageRow row)
    {
        store.ReadEmails(_batch, account, [row.Email]);
        Assert.True(_batch.TryGet(row.Email, out var blob, out _));
        var bytes = new byte[row.Size];
        for (var done = 0; done < bytes.Length;)
        {
            var count = store.ReadBytes(account, row.Email, ref blob, done, bytes.AsSpan(done));
            Assert.NotEqual(0, count);
            done += count;
        }

        return bytes;
    }
}
