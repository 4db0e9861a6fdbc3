using Martlet.Store.Changes;
using Martlet.Store.Model;

namespace Martlet.Store.Writing;

/// <summary>A mailbox as the operations of the running batch have left it so far: committed state with this batch's changes over it.</summary>
internal sealed class StagedMailbox
{
    private readonly Dictionary<uint, MessageRow> _rows = [];
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
        if (_rows.Count > 0 && _rows.TryGetValue(uid.Value, out row))
        {
            return true;
        }

        if (_gone.Count > 0 && _gone.Contains(uid.Value))
        {
            row = default;
            return false;
        }

        return Mailbox.Index.TryGet(uid, ghosts: false, out row);
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

    /// <summary>Gives a message other flags and keywords.</summary>
    public MessageRow SetFlags(WriteContext context, in MessageRow old, ModSeq modSeq, MessageFlags flags, KeywordSetId keywords)
    {
        var row = old with { Flags = flags, Keywords = keywords, ModSeq = modSeq };
        Count(old, -1, modSeq);
        Count(row, +1, modSeq);
        _rows[row.Uid.Value] = row;
        Changes.Changed.Add(row);
        context.Batch.Flags.Add(new(Account.Id, Mailbox.Id, row.Uid, modSeq, flags, keywords));
        return row;
    }

    /// <summary>Takes a message out.</summary>
    /// <param name="context">Batch.</param>
    /// <param name="row">Message.</param>
    /// <param name="modSeq">Modseq of the expunge.</param>
    /// <param name="keepsEmail">Whether the email's reference moves on to another mailbox (MOVE).</param>
    public void Expunge(WriteContext context, in MessageRow row, ModSeq modSeq, bool keepsEmail = false)
    {
        Count(row, -1, modSeq);
        Account.Count(row.Size, -1);
        _rows.Remove(row.Uid.Value);
        _gone.Add(row.Uid.Value);
        Changes.Expunged.Add((row.Uid, modSeq));
        context.Batch.Expunged.Add(new(Account.Id, Mailbox.Id, row.Uid, modSeq, row.Email));
        if (!keepsEmail)
        {
            context.Batch.References.Add(new(Account.Id, row.Email, -1));
            context.LeavesDeadEmails = true;
        }
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
                && old.Bytes == _bytes && old.DeletedBytes == _deletedBytes;
            return isSame ? old : old with
            {
                UidNext = UidNext,
                ModSeq = ModSeq,
                Messages = _messages,
                Unseen = _unseen,
                Deleted = _deleted,
                Bytes = _bytes,
                DeletedBytes = _deletedBytes,
            };
        }
    }
}
