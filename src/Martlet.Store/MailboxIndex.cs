using System.Diagnostics;
using System.Runtime.InteropServices;
using Martlet.Store.Changes;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store;

/// <summary>
/// The messages of one mailbox in memory: columns sorted by UID, about 41 bytes a message. The writer applies each commit after it is durable; sessions read.
/// Expunged messages stay readable as ghosts until every view has been told.
/// </summary>
/// <remarks>All members are thread safe; the lock is held for at most one pass over what is asked for, never during input or output.</remarks>
internal sealed class MailboxIndex(Mailbox mailbox, StoreLimits limits)
{
    private readonly Lock _lock = new();
    private readonly MessageColumns _columns = new();
    private readonly List<MailboxView> _views = [];
    private readonly Ghosts _ghosts = new();
    private readonly KeywordSetCounts _keywordSets = new();
    private readonly List<MailboxChanges> _early = [];
    private Task? _loading;
    private bool _isLoaded;
    private ModSeq _modSeq = new(1);
    private Uid _uidNext = new(1);
    // What happened since the snapshot that is stored; without one, flags count as changed.
    private bool _haveFlagsChanged = true;
    private int _cameAndWent;

    /// <summary>Whether the messages are in memory.</summary>
    public bool IsLoaded
    {
        get
        {
            lock (_lock)
            {
                return _isLoaded;
            }
        }
    }

    /// <summary>Messages in memory, for the cache's size.</summary>
    public int CachedRows
    {
        get
        {
            lock (_lock)
            {
                return _isLoaded ? _columns.Count : 0;
            }
        }
    }

    /// <summary>Operations and views that need the messages now; a used index is not dropped.</summary>
    public int Uses;

    /// <summary>When it was last used, in ticks of the store's cache clock.</summary>
    public long LastUse;

    /// <summary>
    /// Loads the messages unless they are there. The index starts collecting commits before the engine's snapshot is read, so nothing between the two is lost;
    /// what both have is applied twice, which is harmless because rows carry modseqs.
    /// </summary>
    public Task LoadAsync(IStoreEngine engine)
    {
        lock (_lock)
        {
            if (_isLoaded)
            {
                return Task.CompletedTask;
            }

            return _loading ??= Task.Run(() => Load(engine));
        }
    }

    /// <summary>Drops the messages from memory if nobody uses them.</summary>
    /// <param name="snapshot">What to store so that they are loaded fast again; null when that is there or not worth it.</param>
    public bool TryDrop(out StoredSnapshot? snapshot)
    {
        snapshot = null;
        lock (_lock)
        {
            if (!_isLoaded || Volatile.Read(ref Uses) > 0 || _views.Count > 0)
            {
                return false;
            }

            snapshot = TakeSnapshotLocked();
            _isLoaded = false;
            _columns.Clear();
            _ghosts.Clear();
            return true;
        }
    }

    /// <summary>What to store of the messages, so that they are loaded fast; null when that is there already or not worth it.</summary>
    public StoredSnapshot? TakeSnapshot()
    {
        lock (_lock)
        {
            return TakeSnapshotLocked();
        }
    }

    /// <summary>Takes over a commit, then wakes the views.</summary>
    public void Apply(MailboxChanges changes)
    {
        lock (_lock)
        {
            if (_isLoaded)
            {
                ApplyLoaded(changes);
            }
            else if (_loading is not null)
            {
                _early.Add(changes);
            }
        }

        SignalViews();
    }

    /// <summary>Wakes all views.</summary>
    public void SignalViews()
    {
        lock (_lock)
        {
            foreach (var view in _views)
            {
                view.Signal.Set();
            }
        }
    }

    /// <summary>A row, if the message is there. Ghosts are found too when asked for.</summary>
    public bool TryGet(Uid uid, bool ghosts, out MessageRow row)
    {
        lock (_lock)
        {
            Debug.Assert(_isLoaded, "Rows are read under a use.");
            return TryGetLocked(uid, ghosts, out row);
        }
    }

    /// <summary>Rows for ascending UIDs; missing ones are left out.</summary>
    /// <returns>How many rows were written.</returns>
    public int Read(ReadOnlySpan<uint> uids, Span<MessageRow> rows, bool ghosts)
    {
        lock (_lock)
        {
            if (_columns.FindRun(uids) is var first and >= 0)
            {
                for (var i = 0; i < uids.Length; i++)
                {
                    rows[i] = _columns.Row(first + i);
                }

                return uids.Length;
            }

            var count = 0;
            var at = 0;
            foreach (var uid in uids)
            {
                at = _columns.LowerBound(uid, at);
                if (at < _columns.Count && _columns.Uids[at] == uid)
                {
                    rows[count++] = _columns.Row(at);
                }
                else if (ghosts && _ghosts.TryGet(uid, out var ghost))
                {
                    rows[count++] = ghost;
                }
            }

            return count;
        }
    }

    /// <summary>UIDs of messages with all of these flags, ascending.</summary>
    public uint[] UidsWith(MessageFlags flags)
    {
        lock (_lock)
        {
            return _columns.UidsWith(flags);
        }
    }

    /// <summary>UID of the first message that lacks one of these flags; null when all have them.</summary>
    public Uid? FirstWithout(MessageFlags flags)
    {
        lock (_lock)
        {
            return _columns.FirstWithout(flags);
        }
    }

    /// <summary>All UIDs, ascending.</summary>
    public uint[] AllUids()
    {
        lock (_lock)
        {
            return _columns.Uids.AsSpan(0, _columns.Count).ToArray();
        }
    }

    /// <summary>Starts a view at this moment.</summary>
    public MailboxSnapshot Enter(MailboxView view)
    {
        lock (_lock)
        {
            Check.That(_isLoaded, "A view needs a loaded index.");
            _views.Add(view);
            view.Advance(_modSeq, _modSeq, _uidNext); // Here: one that stood at the beginning for a moment would count as the furthest behind.
            return new MailboxSnapshot(_columns.ShareUids(), _modSeq, _uidNext);
        }
    }

    /// <summary>Ends a view.</summary>
    public void Leave(MailboxView view)
    {
        lock (_lock)
        {
            _views.Remove(view);
            _ghosts.Forget(_views);
        }
    }

    /// <summary>What happened since the view last looked, and moves the view up to now unless expunges may not be told yet.</summary>
    /// <param name="view">View.</param>
    /// <param name="withExpunged">Whether expunges may be told at this moment; if not, they stay pending and stay readable.</param>
    /// <param name="withChanges">The same for changed flags and new messages.</param>
    public MailboxDelta Collect(MailboxView view, bool withExpunged, bool withChanges)
    {
        lock (_lock)
        {
            view.Signal.Reset();
            if (!_isLoaded || view.IsLagging || (view.Seen == _modSeq && view.ExpungedSeen >= view.Seen))
            {
                return MailboxDelta.Nothing;
            }

            var changed = new List<MessageRow>();
            var fresh = new List<MessageRow>();
            if (withChanges && _modSeq > view.Seen)
            {
                // New messages are at the end; changed ones anywhere.
                for (var i = 0; i < _columns.Count; i++)
                {
                    if (_columns.ModSeqs[i] > view.Seen.Value)
                    {
                        (_columns.Uids[i] >= view.UidNext.Value ? fresh : changed).Add(_columns.Row(i));
                    }
                }
            }

            view.FirstPendingExpunge = withExpunged || view.ExpungedSeen >= _modSeq ? null : _ghosts.FirstAfter(view);
            uint[] gone = [];
            var told = view.ExpungedSeen;
            if (withExpunged)
            {
                gone = _ghosts.After(view);
                told = _modSeq;
                view.NeverTold.Clear();
            }
            else if (withChanges)
            {
                _ghosts.NoteNeverTold(view);
            }

            var uidNext = view.UidNext;
            view.Advance(withChanges ? _modSeq : view.Seen, told, withChanges ? _uidNext : uidNext);
            _ghosts.Forget(_views);
            return new MailboxDelta(changed, fresh, gone, _modSeq, uidNext);
        }
    }

    /// <summary>Adds the emails that ghosts still need.</summary>
    public void AddGhostEmails(HashSet<(AccountId Account, EmailId Email)> emails)
    {
        lock (_lock)
        {
            emails.UnionWith(_ghosts.Rows.Select(row => (mailbox.Account.Id, row.Email)));
        }
    }

    /// <summary>Adds the keyword sets that ghosts still have.</summary>
    public void AddGhostSets(HashSet<KeywordSetId> sets)
    {
        lock (_lock)
        {
            sets.UnionWith(_ghosts.Rows.Select(row => row.Keywords));
        }
    }

    /// <summary>Keywords that some message has; ghosts do not count.</summary>
    public int[] KeywordsInUse()
    {
        int[] sets;
        lock (_lock)
        {
            sets = [.. _keywordSets.InUse];
        }

        // Members are looked up now and not when a set is noted: an index may be loaded a moment before the account's new keywords are published. Outside the
        // lock: an account may have many sets, and the writer waits for it.
        var keywords = mailbox.Account.Keywords;
        return [.. sets.SelectMany(set => keywords.Members(new KeywordSetId(set))).Distinct().Order()];
    }

    /// <summary>Compares with the engine, for the consistency check; called on the writer thread.</summary>
    /// <returns>The first difference, or null; also when the messages are not in memory.</returns>
    public string? FindDifference(IStoreEngine engine)
    {
        lock (_lock)
        {
            if (!_isLoaded)
            {
                return null;
            }

            string? difference = null;
            var count = 0;
            engine.LoadMessages(mailbox.Account.Id, mailbox.Id, (in row, _) =>
            {
                if (count >= _columns.Count || _columns.Row(count) != row)
                {
                    difference ??= $"UID {row.Uid} is another row";
                }

                count++;
            });
            if (count != _columns.Count)
            {
                difference ??= $"memory has {_columns.Count} messages, the database {count}";
            }

            return (_modSeq, _uidNext) == (mailbox.Info.ModSeq, mailbox.Info.UidNext)
                ? difference
                : difference ?? $"the index is at modseq {_modSeq} and UIDNEXT {_uidNext}, the mailbox at {mailbox.Info.ModSeq} and {mailbox.Info.UidNext}";
        }
    }

    // Everything committed up to here is in what the engine gives; what comes later is collected in _early.
    private void Load(IStoreEngine engine)
    {
        MessageColumns columns;
        var info = mailbox.Info;
        var modSeq = info.ModSeq;
        var isFromSnapshot = false;
        var changes = 0;
        try
        {
            var loaded = info.Messages < limits.SnapshotMessagesMin ? null : StoredSnapshot.TryLoad(engine, mailbox, info.Messages, out changes);
            isFromSnapshot = loaded is not null;
            columns = loaded ?? LoadRows(engine);
        }
        catch
        {
            lock (_lock)
            {
                _loading = null;
                _early.Clear();
            }

            throw;
        }

        foreach (var changed in columns.ModSeqs.AsSpan(0, columns.Count))
        {
            modSeq = new ModSeq(Math.Max(modSeq.Value, changed));
        }

        lock (_lock)
        {
            _columns.TakeFrom(columns);
            _modSeq = modSeq;
            _uidNext = _columns.Count == 0 ? info.UidNext : new Uid(Math.Max(info.UidNext.Value, _columns.Uids[_columns.Count - 1] + 1));
            _keywordSets.Reset(_columns.Keywords.AsSpan(0, _columns.Count));
            _haveFlagsChanged = !isFromSnapshot;
            _cameAndWent = changes;
            _isLoaded = true;
            _loading = null;
            foreach (var early in _early)
            {
                ApplyLoaded(early);
            }

            _early.Clear();
        }
    }

    private MessageColumns LoadRows(IStoreEngine engine)
    {
        var columns = new MessageColumns();
        columns.Reserve(mailbox.Info.Messages);
        engine.LoadMessages(mailbox.Account.Id, mailbox.Id, (in row, _) => columns.Append(row));
        return columns;
    }

    // A snapshot that lacks some messages at the end is brought up to date when it is read; one with other flags is useless.
    private StoredSnapshot? TakeSnapshotLocked()
    {
        if (!_isLoaded || _columns.Count < limits.SnapshotMessagesMin || (!_haveFlagsChanged && _cameAndWent <= _columns.Count / 8))
        {
            return null;
        }

        (_haveFlagsChanged, _cameAndWent) = (false, 0);
        return StoredSnapshot.Of(_columns, _modSeq, _uidNext);
    }

    private void ApplyLoaded(MailboxChanges changes)
    {
        foreach (var row in changes.Added)
        {
            if (_columns.TryInsert(row))
            {
                _keywordSets.Count(row.Keywords.Value, 1);
            }
            else
            {
                Update([row]);
            }
        }

        Update(CollectionsMarshal.AsSpan(changes.Changed));
        foreach (var rows in changes.ChangedMany)
        {
            Update(rows);
        }

        if (changes.Expunged.Count > 0)
        {
            Expunge(changes.Expunged);
        }

        _cameAndWent += changes.Added.Count + changes.Expunged.Count;
        _modSeq = new ModSeq(Math.Max(_modSeq.Value, changes.ModSeq.Value));
        _uidNext = new Uid(Math.Max(_uidNext.Value, changes.UidNext.Value));
    }

    private void Update(ReadOnlySpan<MessageRow> rows)
    {
        var at = 0;
        var before = 0u;
        foreach (ref readonly var row in rows)
        {
            at = row.Uid.Value < before ? 0 : at;
            before = row.Uid.Value;
            if (_columns.TryUpdate(row, ref at, out var old))
            {
                _haveFlagsChanged = true;
                if (old != row.Keywords.Value)
                {
                    _keywordSets.Count(old, -1);
                    _keywordSets.Count(row.Keywords.Value, 1);
                }
            }
        }
    }

    private void Expunge(List<(Uid Uid, ModSeq ModSeq)> expunged)
    {
        if (_views.Count > 0)
        {
            _ghosts.MakeRoom(expunged.Count, limits.GhostsPerMailboxMax, _views);
        }

        foreach (var (uid, modSeq) in expunged)
        {
            if (TryGetLocked(uid, ghosts: false, out var row))
            {
                _keywordSets.Count(row.Keywords.Value, -1);
                if (_views.Count > 0)
                {
                    _ghosts.Add(row, modSeq);
                }
            }
        }

        _columns.Remove(expunged.Select(entry => entry.Uid));
    }

    private bool TryGetLocked(Uid uid, bool ghosts, out MessageRow row)
    {
        var at = _columns.Find(uid.Value);
        if (at >= 0)
        {
            row = _columns.Row(at);
            return true;
        }

        row = default;
        return ghosts && _ghosts.TryGet(uid.Value, out row);
    }
}
