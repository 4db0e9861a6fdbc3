using Martlet.Store.Changes;
using Martlet.Store.Model;

namespace Martlet.Store.Writing;

/// <summary>A mailbox as the operations of the running batch have left it so far: committed state with this batch's changes over it.</summary>
internal sealed class StagedMailbox
{
    // From here on changed messages are kept as the array they came in.
    private const int Many = 64;

    private readonly Dictionary<uint, MessageRow> _rows = [];
    private readonly List<MessageRow[]> _changedMany = [];
    private readonly HashSet<uint> _gone = [];
    private readonly List<uint> _added = [];
    private MailboxInfo _info;
    private Counters _counters;

    public StagedMailbox(StagedAccount account, Mailbox mailbox, MailboxInfo info)
    {
        Account = account;
        Mailbox = mailbox;
        _info = info;
        _counters = new Counters(info);
    }

    public StagedAccount Account { get; }

    public Mailbox Mailbox { get; }

    /// <summary>The mailbox with its name now, for the store's observer.</summary>
    public NamedMailbox Named => new(Mailbox.Id, _info.Name);

    /// <summary>Counters with this batch's changes.</summary>
    public MailboxInfo Info => _info = _counters.ApplyTo(_info);

    /// <summary>Whether the batch deletes the mailbox.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>Whether the row must be written.</summary>
    public bool IsTouched { get; private set; }

    /// <summary>Changes for the index, in order.</summary>
    public MailboxChanges Changes { get; } = new();

    /// <summary>Replaces name or use.</summary>
    public void Update(MailboxInfo info)
    {
        _info = info;
        _counters = new Counters(info);
        IsTouched = true;
    }

    /// <summary>The message as this batch sees it.</summary>
    public bool TryGet(Uid uid, out MessageRow row)
    {
        row = default;
        if (_gone.Count > 0 && _gone.Contains(uid.Value))
        {
            return false;
        }

        var isThere = _rows.Count > 0 && _rows.TryGetValue(uid.Value, out row);
        for (var i = _changedMany.Count - 1; i >= 0; i--)
        {
            var rows = _changedMany[i];
            var at = Find(rows, uid);
            if (at >= 0)
            {
                // Each operation of a batch has a modseq of its own, and the last of many has what those before it left.
                (row, isThere) = (rows[at].ModSeq > row.ModSeq ? rows[at] : row, true);
                break;
            }
        }

        return isThere || Mailbox.Index.TryGet(uid, ghosts: false, out row);
    }

    /// <summary>The messages as this batch sees them, in the order asked for; missing ones are left out.</summary>
    /// <param name="uids">Each UID once.</param>
    /// <param name="ascends">Whether they ascend: then the index is asked once, unless the batch has touched the mailbox.</param>
    public MessageRow[] Read(ReadOnlySpan<uint> uids, bool ascends)
    {
        var rows = GC.AllocateUninitializedArray<MessageRow>(uids.Length);
        var count = 0;
        if (ascends && _rows.Count + _gone.Count + _changedMany.Count == 0)
        {
            count = Mailbox.Index.Read(uids, rows, ghosts: false);
            return count == rows.Length ? rows : rows[..count];
        }

        foreach (var uid in uids)
        {
            if (TryGet(new Uid(uid), out var row))
            {
                rows[count++] = row;
            }
        }

        return count == rows.Length ? rows : rows[..count];
    }

    /// <summary>All UIDs as this batch sees them, ascending.</summary>
    public uint[] AllUids()
    {
        var committed = Mailbox.Index.AllUids();
        return _gone.Count + _added.Count == 0 ? committed : [.. committed.Concat(_added).Where(uid => !_gone.Contains(uid))];
    }

    /// <summary>Whether more UIDs can be given out.</summary>
    public bool HasUids(int count) => _counters.UidNext.Value <= uint.MaxValue - (uint)count - 1;

    /// <summary>Puts a message in, with the next UID.</summary>
    public MessageRow Add(WriteContext context, EmailId email, ModSeq modSeq, MessageFlags flags, KeywordSetId keywords, uint size, InternalDate received, uint saved)
    {
        var row = new MessageRow(_counters.UidNext, email, modSeq, flags, keywords, size, received, saved);
        _counters.UidNext = new Uid(row.Uid.Value + 1);
        Count(row, +1, modSeq);
        Account.Count(row.Size, +1);
        _rows[row.Uid.Value] = row;
        _added.Add(row.Uid.Value);
        Changes.Added.Add(row);
        context.Batch.Messages.Add(new(Account.Id, Mailbox.Id, modSeq, row));
        return row;
    }

    /// <summary>Counts a message that gets other flags, keywords and modseq.</summary>
    public void Recount(in MessageRow old, in MessageRow row)
    {
        Count(old, -1, row.ModSeq);
        Count(row, +1, row.ModSeq);
        _counters.FlagsModSeq = row.ModSeq;
    }

    /// <summary>Gives messages other flags and keywords; they have been recounted.</summary>
    /// <param name="context">Batch.</param>
    /// <param name="rows">Each message once, not to be changed any more; those with another modseq stay as they are.</param>
    /// <param name="changed">How many have this modseq.</param>
    /// <param name="modSeq">Modseq of the change.</param>
    public void SetFlags(WriteContext context, MessageRow[] rows, int changed, ModSeq modSeq)
    {
        var isMany = changed >= Many;
        if (isMany)
        {
            rows = Ascending(rows);
            _changedMany.Add(rows);
            Changes.ChangedMany.Add(rows);
            context.Batch.Flags.EnsureCapacity(context.Batch.Flags.Count + changed);
            context.LeavesWork = true;
        }

        foreach (ref readonly var row in rows.AsSpan())
        {
            if (row.ModSeq == modSeq)
            {
                context.Batch.Flags.Add(new(Account.Id, Mailbox.Id, row.Uid, modSeq, row.Flags, row.Keywords));
                if (!isMany)
                {
                    _rows[row.Uid.Value] = row;
                    Changes.Changed.Add(row);
                }
            }
        }
    }

    /// <summary>Takes a message out.</summary>
    /// <param name="context">Batch.</param>
    /// <param name="row">Message.</param>
    /// <param name="modSeq">Modseq of the expunge.</param>
    /// <param name="keepsEmail">Whether the email's reference moves on to another mailbox (MOVE).</param>
    public void Expunge(WriteContext context, in MessageRow row, ModSeq modSeq, bool keepsEmail = false)
    {
        Count(row, -1, modSeq);
        _counters.Tombstones++;
        Account.Count(row.Size, -1);
        _rows.Remove(row.Uid.Value);
        _gone.Add(row.Uid.Value);
        Changes.Expunged.Add((row.Uid, modSeq));
        context.Batch.Expunged.Add(new(Account.Id, Mailbox.Id, row.Uid, modSeq, row.Email));
        if (!keepsEmail)
        {
            context.Batch.References.Add(new(Account.Id, row.Email, -1));
            context.LeavesWork = true;
        }
    }

    /// <summary>Forgets the oldest expunges: clients that know less than <paramref name="upTo"/> have to be told of all that is not there.</summary>
    public void Forget(WriteContext context, ModSeq upTo, int tombstones)
    {
        _counters.Tombstones -= tombstones;
        Update(Info with { ForgottenModSeq = upTo });
        context.Batch.Forgotten.Add(new(Account.Id, Mailbox.Id, upTo));
    }

    private static MessageRow[] Ascending(MessageRow[] rows)
    {
        for (var i = 1; i < rows.Length; i++)
        {
            if (rows[i].Uid < rows[i - 1].Uid)
            {
                var sorted = rows.ToArray();
                Array.Sort(sorted, (left, right) => left.Uid.CompareTo(right.Uid));
                return sorted;
            }
        }

        return rows;
    }

    private static int Find(MessageRow[] rows, Uid uid)
    {
        var (low, high) = (0, rows.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = rows[middle].Uid.CompareTo(uid);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private void Count(in MessageRow row, int sign, ModSeq modSeq)
    {
        _counters.Count(row, sign);
        _counters.ModSeq = modSeq;
        IsTouched = true;
    }

    // Plain numbers: an operation on all messages of a mailbox must not copy the whole record twice for each.
    private struct Counters(MailboxInfo info)
    {
        public Uid UidNext = info.UidNext;
        public ModSeq ModSeq = info.ModSeq;
        public ModSeq FlagsModSeq = info.FlagsModSeq;
        public int Tombstones = info.Tombstones;
        private int _messages = info.Messages;
        private int _unseen = info.Unseen;
        private int _deleted = info.Deleted;
        private long _bytes = info.Bytes;
        private long _deletedBytes = info.DeletedBytes;

        public void Count(in MessageRow row, int sign)
        {
            _messages += sign;
            _bytes += sign * (long)row.Size;
            if ((row.Flags & MessageFlags.Seen) == MessageFlags.None)
            {
                _unseen += sign;
            }

            if ((row.Flags & MessageFlags.Deleted) != MessageFlags.None)
            {
                _deleted += sign;
                _deletedBytes += sign * (long)row.Size;
            }
        }

        public readonly MailboxInfo ApplyTo(MailboxInfo old)
        {
            var isSame = old.UidNext == UidNext && old.ModSeq == ModSeq && old.Messages == _messages && old.Unseen == _unseen && old.Deleted == _deleted
                && old.Bytes == _bytes && old.DeletedBytes == _deletedBytes && old.FlagsModSeq == FlagsModSeq && old.Tombstones == Tombstones;
            return isSame ? old : old with
            {
                UidNext = UidNext,
                ModSeq = ModSeq,
                FlagsModSeq = FlagsModSeq,
                Tombstones = Tombstones,
                Messages = _messages,
                Unseen = _unseen,
                Deleted = _deleted,
                Bytes = _bytes,
                DeletedBytes = _deletedBytes,
            };
        }
    }
}
