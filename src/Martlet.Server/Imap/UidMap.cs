namespace Martlet.Server.Imap;

/// <summary>Sequence numbers of one session: the UIDs it has been told of, ascending. Four bytes a message.</summary>
internal sealed class UidMap(uint[] uids)
{
    private uint[] _uids = uids;
    private int _next; // Where the one after the last one found is: replies go through the messages in order.

    /// <summary>Messages the client knows of (EXISTS).</summary>
    public int Count { get; private set; } = uids.Length;

    /// <summary>The UIDs in order of sequence numbers.</summary>
    public ReadOnlySpan<uint> Uids => _uids.AsSpan(0, Count);

    /// <summary>UID of a sequence number from 1.</summary>
    public uint this[int seq] => _uids[seq - 1];

    /// <summary>Sequence number of a UID; 0 when the client does not know it.</summary>
    public int Find(uint uid)
    {
        var at = _next < Count && _uids[_next] == uid ? _next : Array.BinarySearch(_uids, 0, Count, uid);
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
        var at = Array.BinarySearch(_uids, 0, Count, uid);
        return (at < 0 ? ~at : at) + 1;
    }

    /// <summary>The client is told of a new message.</summary>
    public void Add(uint uid)
    {
        if (Count == _uids.Length)
        {
            Array.Resize(ref _uids, Math.Max(16, Count + (Count / 4)));
        }

        _uids[Count++] = uid;
    }

    /// <summary>The client is told that messages are gone.</summary>
    /// <param name="gone">Ascending UIDs.</param>
    /// <returns>Sequence numbers to send in this order: each as it is after the ones before it have gone.</returns>
    public List<int> Remove(IReadOnlyList<uint> gone)
    {
        var seqs = new List<int>(gone.Count);
        var next = 0;
        var to = 0;
        for (var from = 0; from < Count; from++)
        {
            while (next < gone.Count && gone[next] < _uids[from])
            {
                next++;
            }

            if (next < gone.Count && gone[next] == _uids[from])
            {
                seqs.Add(to + 1);
                next++;
            }
            else
            {
                _uids[to++] = _uids[from];
            }
        }

        Count = to;
        return seqs;
    }
}
