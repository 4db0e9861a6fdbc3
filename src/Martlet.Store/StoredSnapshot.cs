using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store;

/// <summary>A mailbox as columns in bytes, ready to be kept by the engine.</summary>
/// <param name="ModSeq">Everything up to this modseq is in it.</param>
/// <param name="UidNext">UIDs from here on are not in it.</param>
/// <param name="Parts">The columns, some messages each.</param>
internal sealed record StoredSnapshot(ModSeq ModSeq, Uid UidNext, IReadOnlyList<byte[]> Parts)
{
    /// <summary>Encodes columns.</summary>
    public static StoredSnapshot Of(MessageColumns columns, ModSeq modSeq, Uid uidNext)
    {
        var parts = new List<byte[]>();
        for (var from = 0; from < columns.Count; from += SnapshotCodec.PartMessages)
        {
            parts.Add(SnapshotCodec.Encode(columns, from, Math.Min(SnapshotCodec.PartMessages, columns.Count - from)));
        }

        return new StoredSnapshot(modSeq, uidNext, parts);
    }

    /// <summary>Loads a mailbox from its snapshot, brought up to date.</summary>
    /// <param name="engine">Engine.</param>
    /// <param name="mailbox">Mailbox.</param>
    /// <param name="messages">About how many messages there are.</param>
    /// <param name="changes">How many messages came and went since.</param>
    /// <returns>Null when there is no snapshot that can be used.</returns>
    public static MessageColumns? TryLoad(IStoreEngine engine, Mailbox mailbox, int messages, out int changes) =>
        TryLoad(engine, mailbox.Account.Id, mailbox.Id, messages, out changes);

    /// <inheritdoc cref="TryLoad(IStoreEngine, Mailbox, int, out int)"/>
    public static MessageColumns? TryLoad(IStoreEngine engine, AccountId account, MailboxId mailbox, int messages, out int changes)
    {
        var sink = new Sink(messages);
        var isUsable = engine.LoadSnapshot(account, mailbox, sink);
        changes = sink.Changes;
        return isUsable && sink.IsSound ? sink.Columns : null;
    }

    private sealed class Sink(int messages) : ISnapshotSink
    {
        public MessageColumns Columns { get; } = new();

        public int Changes { get; private set; }

        public bool IsSound { get; private set; } = true;

        public bool Part(ReadOnlySpan<byte> columns)
        {
            Columns.Reserve(messages);
            return SnapshotCodec.TryDecode(columns, Columns);
        }

        public void Added(in MessageRow row, ModSeq created)
        {
            // A snapshot that has what came after it is none.
            IsSound &= Columns.TryInsert(row);
            Changes++;
        }

        public void Expunged(IReadOnlyList<Uid> uids)
        {
            Changes += uids.Count;
            if (uids.Count > 0)
            {
                Columns.Remove(uids);
            }
        }
    }
}
