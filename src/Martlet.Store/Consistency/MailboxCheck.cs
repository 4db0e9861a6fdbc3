using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>One mailbox: its messages, tombstones and counters.</summary>
internal sealed class MailboxCheck
{
    private readonly CheckContext _context;
    private readonly AccountRow _account;
    private readonly KeywordTable _keywords;
    private readonly MailboxRow _mailbox;
    private readonly Dictionary<uint, ModSeq> _tombstones = [];
    private MessageColumns? _snapshot;
    private int _rows;
    private bool _isSnapshotRight = true;
    private bool _hasForgotten;
    private ModSeq _newest;
    private ModSeq _flagged;
    private Uid _last;
    private MailboxInfo _right;

    private MailboxCheck(CheckContext context, AccountRow account, KeywordTable keywords, MailboxRow mailbox, ModSeq annotated)
    {
        _context = context;
        _account = account;
        _keywords = keywords;
        _mailbox = mailbox;
        _newest = annotated > mailbox.Info.CreatedModSeq ? annotated : mailbox.Info.CreatedModSeq;
        _right = mailbox.Info with { Messages = 0, Unseen = 0, Deleted = 0, Bytes = 0, DeletedBytes = 0 };
    }

    private string Where => _context.NameOf(_account.Id, _mailbox.Id);

    /// <summary>Checks a mailbox.</summary>
    /// <param name="context">What to check with.</param>
    /// <param name="account">Its account.</param>
    /// <param name="keywords">Keywords of the account.</param>
    /// <param name="mailbox">Mailbox.</param>
    /// <param name="annotated">Highest modseq of its annotations.</param>
    /// <returns>Its row as it should be, and the highest modseq in it.</returns>
    public static (MailboxRow Right, ModSeq Newest) Run(CheckContext context, AccountRow account, KeywordTable keywords, MailboxRow mailbox, ModSeq annotated)
    {
        var check = new MailboxCheck(context, account, keywords, mailbox, annotated);
        foreach (var tombstone in context.Engine.ReadTombstones(account.Id, mailbox.Id))
        {
            check.Take(tombstone);
        }

        context.TryRead(check.Where, () => check._snapshot = StoredSnapshot.TryLoad(context.Engine, account.Id, mailbox.Id, mailbox.Info.Messages, out _));
        var before = context.Uses.Count;
        try
        {
            context.Engine.LoadMessages(account.Id, mailbox.Id, check.Take);
        }
        catch (StoreException)
        {
            context.Uses.RemoveRange(before, context.Uses.Count - before);
            throw;
        }

        return (mailbox with { Info = check.Close() }, check._newest);
    }

    private void Take(Tombstone tombstone)
    {
        _tombstones[tombstone.Uid.Value] = tombstone.ModSeq;
        _hasForgotten |= tombstone.ModSeq <= _mailbox.Info.ForgottenModSeq;
        Take(tombstone.Uid, tombstone.ModSeq);
    }

    private void Take(in MessageRow row, ModSeq created)
    {
        Take(row.Uid, row.ModSeq);
        _isSnapshotRight &= _snapshot is null || (_rows < _snapshot.Count && _snapshot.Row(_rows) == row);
        _rows++;
        if (row.ModSeq > created && row.ModSeq > _flagged)
        {
            _flagged = row.ModSeq;
        }

        if (created > row.ModSeq || created.Value < 1)
        {
            _context.Lost(StoreInvariant.ModSeqs, $"{Where}, UID {row.Uid}", $"came at modseq {created} and changed at {row.ModSeq}");
        }

        if (_tombstones.ContainsKey(row.Uid.Value))
        {
            _context.Lost(StoreInvariant.Expunged, $"{Where}, UID {row.Uid}", "is there and has been expunged");
        }

        if (row.Keywords.Value != 0 && !_keywords.Sets.ContainsKey(row.Keywords.Value))
        {
            _context.Lost(StoreInvariant.Keywords, $"{Where}, UID {row.Uid}", $"has the keyword set {row.Keywords}, which does not exist");
        }

        if (row.Email >= _account.NextEmail || row.Email.Value < 1)
        {
            _context.Lost(StoreInvariant.EmailNumbers, $"{Where}, UID {row.Uid}", $"has email number {row.Email}, and the next one is {_account.NextEmail}");
        }

        var deleted = row.Flags.HasFlag(MessageFlags.Deleted);
        _right = _right with
        {
            Messages = _right.Messages + 1,
            Unseen = _right.Unseen + (row.Flags.HasFlag(MessageFlags.Seen) ? 0 : 1),
            Deleted = _right.Deleted + (deleted ? 1 : 0),
            Bytes = _right.Bytes + row.Size,
            DeletedBytes = _right.DeletedBytes + (deleted ? row.Size : 0),
        };
        _context.Uses.Add(new EmailUse(_account.Id, row.Email, _mailbox.Id, row.Uid, row.Size));
    }

    private void Take(Uid uid, ModSeq modSeq)
    {
        if (modSeq > _newest)
        {
            _newest = modSeq;
        }

        if (uid > _last)
        {
            _last = uid;
        }

        if (uid.Value == 0)
        {
            _context.Lost(StoreInvariant.Uids, Where, "a message has UID 0");
        }

        if (modSeq > _account.ModSeq)
        {
            _context.Derived(StoreInvariant.ModSeqs, $"{Where}, UID {uid}", $"changed at modseq {modSeq}, and the account is at {_account.ModSeq}");
        }
    }

    private MailboxInfo Close()
    {
        var found = _mailbox.Info;
        if (found.ModSeq > _account.ModSeq)
        {
            _context.Derived(StoreInvariant.ModSeqs, Where, $"is at modseq {found.ModSeq}, and the account is at {_account.ModSeq}");
        }

        if (found.ModSeq < _newest)
        {
            _context.Derived(StoreInvariant.MailboxModSeqs, Where, $"is at modseq {found.ModSeq}, and something in it changed at {_newest}");
            _right = _right with { ModSeq = _newest };
        }

        if (found.UidNext <= _last || found.UidNext.Value < 1)
        {
            _context.Derived(StoreInvariant.Uids, Where, $"UIDNEXT is {found.UidNext}, and {_last} was given out");
            _right = _right with { UidNext = new Uid(_last.Value + 1) };
        }

        CheckFlagModSeq(found);
        CheckTombstones(found);
        CheckSnapshot();
        var counters = _right with { ModSeq = found.ModSeq, UidNext = found.UidNext, FlagsModSeq = found.FlagsModSeq, Tombstones = found.Tombstones };
        if (counters != found)
        {
            _context.Derived(
                StoreInvariant.MailboxCounters, Where,
                $"counts {found.Messages} messages, {found.Unseen} unseen, {found.Deleted} deleted, {found.Bytes} bytes ({found.DeletedBytes} deleted); "
                + $"it has {counters.Messages}, {counters.Unseen}, {counters.Deleted}, {counters.Bytes} ({counters.DeletedBytes})");
        }

        _newest = _newest > found.ModSeq ? _newest : found.ModSeq;
        return _right;
    }

    private void CheckFlagModSeq(MailboxInfo found)
    {
        var newest = _right.ModSeq;
        if (found.FlagsModSeq < _flagged || found.FlagsModSeq > newest)
        {
            _context.Derived(StoreInvariant.FlagModSeqs, Where, $"flags changed last at modseq {found.FlagsModSeq}; those of a message did at {_flagged}, and it is at {newest}");
            _right = _right with { FlagsModSeq = newest };
        }
    }

    private void CheckTombstones(MailboxInfo found)
    {
        var kept = _tombstones.Count(tombstone => tombstone.Value > found.ForgottenModSeq);
        if (_hasForgotten)
        {
            _context.Derived(StoreInvariant.Tombstones, Where, $"has tombstones up to modseq {found.ForgottenModSeq}, where it has forgotten all");
            _context.Repair?.Forget(_account.Id, _mailbox.Id, found.ForgottenModSeq, Where);
        }

        if (found.Tombstones != _tombstones.Count)
        {
            _context.Derived(StoreInvariant.Tombstones, Where, $"counts {found.Tombstones} tombstones and has {_tombstones.Count}");
        }

        _right = _right with { Tombstones = kept };
    }

    private void CheckSnapshot()
    {
        if (_snapshot is not null && (!_isSnapshotRight || _rows != _snapshot.Count))
        {
            _context.Derived(StoreInvariant.Snapshots, Where, "its snapshot would be used and has other messages");
            _context.Repair?.RemoveSnapshot(_account.Id, _mailbox.Id, Where);
        }
    }
}
