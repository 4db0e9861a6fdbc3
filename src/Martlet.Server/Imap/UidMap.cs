namespace Martlet.Server.Imap;

/// <summary>
/// Sequence numbers of one session: the UIDs it has been told of, ascending. They are shared with the store until the client is told of a message that came or
/// went, and four bytes a message from then on.
/// </summary>
internal sealed class UidMap(ReadOnlyMemory<uint> uids)
{
    private ReadOnlyMemory<uint> _uids = uids;
    private uint[] _own = []; // Where _uids is, once they are not shared any more.
    private int _next; // Where the one after the last one found is: replies go through the messages in order.

    /// <summary>Messages the client knows of (EXISTS).</summary>
    public int Count => _uids.Length;

    /// <summary>The UIDs in order of sequence numbers.</summary>
    public ReadOnlySpan<uint> Uids => _uids.Span;

    /// <summary>UID of a sequence number from 1.</summary>
    public uint this[int seq] => _uids.Span[seq - 1];

    /// <summary>Sequence number of a UID; 0 when the client does not know it.</summary>
    public int Find(uint uid)
    {
        var known = Uids;
        var at = _next < known.Length && known[_next] == uid ? _next : known.BinarySearch(uid);
        if (at < 0)
        {
            return 0;
        }

        _next = at + 1;
        return at + 1;
    }

    /// <summary>First sequence number whose UID is not below; Count + 1 when there is none.</summary>
    public int LowerBound(uint uid)
    {
        var at = _uids.Span.BinarySearch(uid);
        return (at < 0 ? ~at : at) + 1;
    }

    /// <summary>The client is told of a new message.</summary>
    public void Add(uint uid)
    {
        var count = Count;
        if (count >= _own.Length)
        {
            var larger = new uint[Math.Max(16, count + (count / 4))];
            Uids.CopyTo(larger);
            _own = larger;
        }

        _own[count] = uid;
        _uids = _own.AsMemory(0, count + 1);
    }

    /// <summary>The client is told that messages are gone.</summary>
    /// <param name="gone">Ascending UIDs.</param>
    /// <returns>Sequence numbers to send in this order: each as it is after the ones before it have gone.</returns>
    public List<int> Remove(IReadOnlyList<uint> gone)
    {
        var seqs = new List<int>(gone.Count);
        var from = Uids;
        var to = _own.Length > 0 ? _own : new uint[from.Length];
        var (count, next) = (0, 0);
        foreach (var uid in from)
        {
            while (next < gone.Count && gone[next] < uid)
            {
                next++;
            }

            if (next < gone.Count && gone[next] == uid)
            {
                seqs.Add(count + 1);
                next++;
            }
            else
            {
                to[count++] = uid;
            }
        }

        _own = to;
        _uids = to.AsMemory(0, count);
        return seqs;
    }
}
