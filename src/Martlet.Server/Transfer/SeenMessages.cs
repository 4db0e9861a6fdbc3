using System.Buffers;
using System.Security.Cryptography;
using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Reading;

namespace Martlet.Server.Transfer;

/// <summary>
/// The messages that a mailbox had when an import began, to leave out those that come again: the same bytes and the same date. Each of them answers for one message
/// only, so that two that were the same in the source are two here. Nothing is recorded anywhere: what is in the mailbox is the record (ADR 0017).
/// </summary>
/// <remarks>32 bytes of memory a message of the mailbox. Bytes are read only of messages of the same length and date.</remarks>
internal sealed class SeenMessages
{
    private const int RowsAtOnce = 4096;

    private static readonly Comparer<Known> Order = Comparer<Known>.Create(static (left, right) =>
    {
        var order = left.Size.CompareTo(right.Size);
        order = order != 0 ? order : left.Seconds.CompareTo(right.Seconds);
        return order != 0 ? order : left.Email.CompareTo(right.Email);
    });

    private readonly MailStore _store;
    private readonly Account _account;
    private readonly Known[] _known;
    private readonly Dictionary<int, byte[]> _hashes = [];

    private SeenMessages(MailStore store, Account account, Known[] known) => (_store, _account, _known) = (store, account, known);

    /// <summary>Whether the mailbox had none.</summary>
    public bool IsEmpty => _known.Length == 0;

    /// <summary>Looks at a mailbox.</summary>
    public static async Task<SeenMessages> ReadAsync(MailStore store, Mailbox mailbox)
    {
        if (mailbox.Info.Messages == 0)
        {
            return new SeenMessages(store, mailbox.Account, []);
        }

        using var view = await store.OpenViewAsync(mailbox, new ChangeSignal());
        var uids = view.Opened.Uids;
        var known = new Known[uids.Length];
        var rows = new MessageRow[RowsAtOnce];
        var count = 0;
        for (var at = 0; at < uids.Length; at += RowsAtOnce)
        {
            var found = view.Read(uids.Span.Slice(at, Math.Min(RowsAtOnce, uids.Length - at)), rows);
            foreach (ref readonly var row in rows.AsSpan(0, found))
            {
                known[count++] = new Known(row.Size, row.Received.UnixSeconds, row.Email);
            }
        }

        Array.Resize(ref known, count);
        Array.Sort(known, Order);
        return new SeenMessages(store, mailbox.Account, known);
    }

    /// <summary>Whether the mailbox has the message; if so, what it has answers for no other one.</summary>
    /// <param name="size">Its length.</param>
    /// <param name="seconds">Its date, in Unix seconds.</param>
    /// <param name="hash">SHA-256 of its bytes.</param>
    public bool Take(long size, long seconds, ReadOnlySpan<byte> hash)
    {
        var from = Array.BinarySearch(_known, new Known(size, seconds, new EmailId(-1)), Order);
        for (var i = from < 0 ? ~from : from; i < _known.Length && _known[i].Size == size && _known[i].Seconds == seconds; i++)
        {
            if (!_known[i].IsTaken && hash.SequenceEqual(HashOf(i)))
            {
                _known[i] = _known[i] with { IsTaken = true };
                _hashes.Remove(i);
                return true;
            }
        }

        return false;
    }

    // Each message is read at most once, however many of the same length and date there are.
    private byte[] HashOf(int index)
    {
        if (_hashes.TryGetValue(index, out var known))
        {
            return known;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var batch = new EmailBatch();
            _store.ReadEmails(batch, _account, [_known[index].Email]);
            // Gone meanwhile: it is like no other.
            for (long at = 0; batch.TryGet(_known[index].Email, out var blob, out _) && at < blob.Length;)
            {
                var count = _store.ReadBytes(_account, _known[index].Email, ref blob, at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, blob.Length - at)));
                hash.AppendData(buffer, 0, count);
                at = count > 0 ? at + count : throw new StoreException(StoreFailure.Corrupt, "A message is shorter than its row says.");
            }

            return _hashes[index] = hash.GetHashAndReset();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private readonly record struct Known(long Size, long Seconds, EmailId Email, bool IsTaken = false);
}
