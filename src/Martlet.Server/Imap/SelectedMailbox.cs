using Martlet.Protocols.Imap;
using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Imap;

/// <summary>The mailbox a session has open: the store's view of it and the sequence numbers the client knows.</summary>
internal sealed class SelectedMailbox(MailboxView view, bool isReadOnly) : IDisposable
{
    private readonly Dictionary<Uid, ModSeq> _ownChanges = [];
    private readonly HashSet<uint> _ownMessages = [];
    private long _toldMax = long.MaxValue; // Below the first flag change that was dropped.

    public Mailbox Mailbox => view.Mailbox;

    public MailboxView View => view;

    public bool IsReadOnly => isReadOnly;

    /// <summary>The client has been told of all flag changes and new messages up to here.</summary>
    public ModSeq Told { get; private set; } = view.Opened.ModSeq;

    /// <summary>Whether the client was last told a HIGHESTMODSEQ below that of the mailbox, because expunges wait (RFC 7162 §3.2).</summary>
    public bool IsHeldBack { get; set; }

    /// <summary>Sequence numbers.</summary>
    public UidMap Map { get; } = new(view.Opened.Uids);

    /// <summary>Keywords the client has been told of in FLAGS.</summary>
    public HashSet<int> AnnouncedKeywords { get; } = [];

    /// <summary>Result of the last SEARCH RETURN (SAVE), as UIDs ascending (RFC 9051 §6.4.4.1).</summary>
    public uint[] SavedResult { get; set; } = [];

    /// <summary>This session put the messages there: with NOTIFY their data is not sent (RFC 5465 §5.2).</summary>
    public void NoteOwnMessages(Mailbox mailbox, IReadOnlyList<Uid> uids)
    {
        if (mailbox == Mailbox)
        {
            _ownMessages.UnionWith(uids.Select(uid => uid.Value));
        }
    }

    /// <summary>Those that another session put there.</summary>
    public uint[] TakeOthers(IReadOnlyList<MessageRow> added)
    {
        uint[] others = [.. added.Select(row => row.Uid.Value).Where(uid => !_ownMessages.Contains(uid))];
        _ownMessages.Clear();
        return others;
    }

    /// <summary>This session made the change: its client is not told again.</summary>
    /// <param name="change">Change.</param>
    /// <param name="isTold">Whether the flags were sent. If not, the client knows them only where nobody else has changed them in the meantime.</param>
    public void NoteOwnChange(FlagsSet change, bool isTold)
    {
        for (var i = 0; i < change.Messages.Count; i++)
        {
            var row = change.Messages[i];
            if (row.ModSeq != change.Before[i] && (isTold || change.Before[i] <= Told))
            {
                _ownChanges[row.Uid] = row.ModSeq;
            }
        }
    }

    /// <summary>The client has just been told the message's flags: they are not told again.</summary>
    public void NoteTold(in MessageRow row) => _ownChanges[row.Uid] = row.ModSeq;

    /// <summary>What others did since the last look.</summary>
    /// <param name="withExpunged">Whether expunges may be told.</param>
    /// <param name="withChanges">Whether the rest may be told.</param>
    /// <param name="withFlags">Whether changed flags are wanted at all; others are dropped.</param>
    public MailboxDelta Collect(bool withExpunged, bool withChanges, bool withFlags)
    {
        var delta = view.Collect(withExpunged, withChanges);
        if (!withChanges)
        {
            return delta; // The rest still waits, and so do those of our own.
        }

        if (_ownChanges.Count > 0)
        {
            delta = delta with { Changed = [.. delta.Changed.Where(row => _ownChanges.GetValueOrDefault(row.Uid) != row.ModSeq)] };
            _ownChanges.Clear();
        }

        if (!withFlags && delta.Changed.Count > 0)
        {
            // A client that comes back with a HIGHESTMODSEQ from here on would never hear of them (RFC 7162 §3.2.5).
            _toldMax = Math.Min(_toldMax, delta.Changed.Min(row => row.ModSeq.Value) - 1);
            delta = delta with { Changed = [] };
        }

        Told = new ModSeq(Math.Max(Told.Value, Math.Min(_toldMax, delta.ModSeq.Value)));
        return delta;
    }

    /// <summary>UIDs that a set names, whether the messages are there or not; <c>*</c> is the last UID given out, so that it covers expunged ones (RFC 7162 §3.2.6).</summary>
    public NumSet ResolveHistoric(NumSet set) => set.IsSavedResult ? NumSet.OfNumbers(SavedResult) : set.Resolve(view.UidNext.Value - 1);

    /// <summary>Those of the messages with a higher modseq. O(n).</summary>
    public uint[] ChangedSince(uint[] uids, ModSeq since)
    {
        var rows = new MessageRow[Math.Min(uids.Length, 1024)];
        var changed = new List<uint>();
        for (var at = 0; at < uids.Length; at += rows.Length)
        {
            var count = view.Read(uids.AsSpan(at, Math.Min(rows.Length, uids.Length - at)), rows);
            for (var i = 0; i < count; i++)
            {
                if (rows[i].ModSeq > since)
                {
                    changed.Add(rows[i].Uid.Value);
                }
            }
        }

        return [.. changed];
    }

    /// <summary>UIDs that a set names, ascending: of messages the client knows.</summary>
    /// <param name="set">Set of a command.</param>
    /// <param name="isUid">Whether it holds UIDs.</param>
    /// <param name="uids">UIDs.</param>
    /// <returns>False when a sequence number is beyond the last message (RFC 9051 §6.4.5: an error). Unknown UIDs are no error.</returns>
    public bool TryResolve(NumSet set, bool isUid, out uint[] uids)
    {
        uids = [];
        if (set.IsSavedResult)
        {
            uids = [.. SavedResult.Where(uid => Map.Find(uid) > 0)];
            return true;
        }

        var largest = isUid ? Map.Count == 0 ? 0 : Map[Map.Count] : (uint)Map.Count;
        if (!isUid && (set.LargestNamed > largest || (largest == 0 && set.HasStar)))
        {
            return false;
        }

        var found = new List<uint>();
        foreach (var (first, last) in set.Resolve(largest).Ranges)
        {
            var from = isUid ? Map.LowerBound(first) : (int)first;
            for (var seq = from; seq <= Map.Count && (isUid ? Map[seq] <= last : seq <= last); seq++)
            {
                found.Add(Map[seq]);
            }
        }

        uids = [.. found];
        return true;
    }

    public void Dispose() => view.Dispose();
}
