using Martlet.Store.Model;

namespace Martlet.Store;

/// <summary>Expunged messages of a mailbox that stay readable until every view has been told. Not thread safe: its index locks.</summary>
internal sealed class Ghosts
{
    private readonly Dictionary<uint, Ghost> _ghosts = [];

    // Modseqs of the expunges, so that sessions that are up to date do not walk through what others have to be told of.
    private long _lowest = long.MaxValue;
    private long _highest;

    private readonly record struct Ghost(MessageRow Row, ModSeq Expunged);

    /// <summary>How many there are.</summary>
    public int Count => _ghosts.Count;

    /// <summary>Keeps a message that is being expunged.</summary>
    public void Add(in MessageRow row, ModSeq expunged)
    {
        _ghosts[row.Uid.Value] = new Ghost(row, expunged);
        _lowest = Math.Min(_lowest, expunged.Value);
        _highest = Math.Max(_highest, expunged.Value);
    }

    /// <summary>A ghost's row.</summary>
    public bool TryGet(uint uid, out MessageRow row)
    {
        var isThere = _ghosts.TryGetValue(uid, out var ghost);
        row = ghost.Row;
        return isThere;
    }

    /// <summary>All rows.</summary>
    public IEnumerable<MessageRow> Rows => _ghosts.Values.Select(ghost => ghost.Row);

    /// <summary>UIDs to be told to a view as expunged, ascending.</summary>
    public uint[] After(MailboxView view)
    {
        if (IsUpToDate(view))
        {
            return [];
        }

        var gone = new List<uint>();
        foreach (var (uid, ghost) in _ghosts)
        {
            if (ghost.Expunged > view.ExpungedSeen && uid < view.UidNext.Value && !view.NeverTold.Contains(uid))
            {
                gone.Add(uid);
            }
        }

        gone.Sort();
        return [.. gone];
    }

    /// <summary>The lowest modseq of an expunge that a view has still to be told of; null when there is none.</summary>
    public ModSeq? FirstAfter(MailboxView view)
    {
        if (IsUpToDate(view))
        {
            return null;
        }

        ModSeq? first = null;
        foreach (var (uid, ghost) in _ghosts)
        {
            if (ghost.Expunged > view.ExpungedSeen && uid < view.UidNext.Value && !view.NeverTold.Contains(uid) && !(first <= ghost.Expunged))
            {
                first = ghost.Expunged;
            }
        }

        return first;
    }

    /// <summary>
    /// Messages that came and went since a view last looked, and the view moves on: it will never hear of them, so it must not hear of the expunge either.
    /// </summary>
    public void NoteNeverTold(MailboxView view)
    {
        if (IsUpToDate(view))
        {
            return;
        }

        foreach (var (uid, ghost) in _ghosts)
        {
            if (uid >= view.UidNext.Value && ghost.Expunged > view.ExpungedSeen)
            {
                view.NeverTold.Add(uid);
            }
        }
    }

    /// <summary>Forgets those that all views have been told of, but for the views that are cut off.</summary>
    public void Forget(List<MailboxView> views)
    {
        if (_ghosts.Count == 0)
        {
            return;
        }

        var told = long.MaxValue;
        foreach (var view in views)
        {
            told = view.IsLagging ? told : Math.Min(told, view.ExpungedSeen.Value);
        }

        if (told < _lowest)
        {
            return;
        }

        _lowest = long.MaxValue;
        foreach (var (uid, ghost) in _ghosts)
        {
            if (ghost.Expunged.Value <= told)
            {
                _ghosts.Remove(uid);
            }
            else
            {
                _lowest = Math.Min(_lowest, ghost.Expunged.Value);
            }
        }
    }

    /// <summary>Makes room for more by cutting off the views that are furthest behind, until it is enough or there is nothing left to forget.</summary>
    public void MakeRoom(int more, int most, List<MailboxView> views)
    {
        while (_ghosts.Count > 0 && _ghosts.Count + more > most)
        {
            var furthest = views.Where(view => !view.IsLagging).MinBy(view => view.ExpungedSeen);
            if (furthest is null)
            {
                Clear();
                return;
            }

            furthest.IsLagging = true;
            furthest.NeverTold.Clear();
            Forget(views);
        }
    }

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        _ghosts.Clear();
        _lowest = long.MaxValue;
    }

    private bool IsUpToDate(MailboxView view) => _ghosts.Count == 0 || view.ExpungedSeen.Value >= _highest;
}
