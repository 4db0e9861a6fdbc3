using Martlet.Store.Model;

namespace Martlet.Store;

/// <summary>The rows of a mailbox as one array for each column, sorted by UID. Not thread safe: its index locks.</summary>
internal sealed class MessageColumns
{
    private long[] _emails = [];
    private uint[] _sizes = [];
    private long[] _received = [];
    private uint[] _saved = [];

    /// <summary>Rows.</summary>
    public int Count { get; private set; }

    /// <summary>UIDs, ascending.</summary>
    public uint[] Uids { get; private set; } = [];

    /// <summary>Modseqs.</summary>
    public long[] ModSeqs { get; private set; } = [];

    /// <summary>Flags.</summary>
    public byte[] Flags { get; private set; } = [];

    /// <summary>Keyword sets.</summary>
    public int[] Keywords { get; private set; } = [];

    /// <summary>One row.</summary>
    public MessageRow Row(int at) => new(
        new Uid(Uids[at]), new EmailId(_emails[at]), new ModSeq(ModSeqs[at]), (MessageFlags)Flags[at], new KeywordSetId(Keywords[at]), _sizes[at],
        new InternalDate(_received[at]), _saved[at]);

    /// <summary>Index of a UID, or negative.</summary>
    public int Find(uint uid) => Array.BinarySearch(Uids, 0, Count, uid);

    /// <summary>First index from <paramref name="from"/> on whose UID is not below.</summary>
    public int LowerBound(uint uid, int from)
    {
        // Callers ask in ascending order, mostly for the very next row.
        if (from < Count && Uids[from] >= uid)
        {
            return from;
        }

        if (from + 1 < Count && Uids[from + 1] >= uid)
        {
            return from + 1;
        }

        var at = Array.BinarySearch(Uids, Math.Min(from, Count), Count - Math.Min(from, Count), uid);
        return at < 0 ? ~at : at;
    }

    /// <summary>Adds a row behind all others.</summary>
    public void Append(in MessageRow row)
    {
        Check.That(Count == 0 || Uids[Count - 1] < row.Uid.Value, "UIDs ascend.");
        Grow();
        Set(Count++, row);
    }

    /// <summary>Adds a row in its place; a row with that UID stays when it is newer.</summary>
    public void AppendOrInsert(in MessageRow row)
    {
        if (Count == 0 || Uids[Count - 1] < row.Uid.Value)
        {
            Append(row);
            return;
        }

        if (Update(row) || Find(row.Uid.Value) >= 0)
        {
            return;
        }

        Grow();
        var at = ~Find(row.Uid.Value);
        var tail = Count - at;
        Array.Copy(Uids, at, Uids, at + 1, tail);
        Array.Copy(_emails, at, _emails, at + 1, tail);
        Array.Copy(ModSeqs, at, ModSeqs, at + 1, tail);
        Array.Copy(Flags, at, Flags, at + 1, tail);
        Array.Copy(Keywords, at, Keywords, at + 1, tail);
        Array.Copy(_sizes, at, _sizes, at + 1, tail);
        Array.Copy(_received, at, _received, at + 1, tail);
        Array.Copy(_saved, at, _saved, at + 1, tail);
        Count++;
        Set(at, row);
    }

    /// <summary>Takes over flags, keywords and modseq if the row is there and older.</summary>
    public bool Update(in MessageRow row)
    {
        var at = Find(row.Uid.Value);
        if (at < 0 || ModSeqs[at] >= row.ModSeq.Value)
        {
            return false;
        }

        ModSeqs[at] = row.ModSeq.Value;
        Flags[at] = (byte)row.Flags;
        Keywords[at] = row.Keywords.Value;
        return true;
    }

    /// <summary>Removes rows in one pass.</summary>
    public void Remove(List<(Uid Uid, ModSeq ModSeq)> expunged)
    {
        var gone = new HashSet<uint>(expunged.Count);
        var first = uint.MaxValue;
        foreach (var (uid, _) in expunged)
        {
            gone.Add(uid.Value);
            first = Math.Min(first, uid.Value);
        }

        var to = LowerBound(first, 0);
        for (var from = to; from < Count; from++)
        {
            if (!gone.Contains(Uids[from]))
            {
                if (to != from)
                {
                    Set(to, Row(from));
                }

                to++;
            }
        }

        Count = to;
    }

    /// <summary>Takes over the arrays of another one, which is empty afterwards.</summary>
    public void TakeFrom(MessageColumns other)
    {
        (Count, Uids, _emails, ModSeqs, Flags) = (other.Count, other.Uids, other._emails, other.ModSeqs, other.Flags);
        (Keywords, _sizes, _received, _saved) = (other.Keywords, other._sizes, other._received, other._saved);
        other.Clear();
    }

    /// <summary>Forgets all rows and gives the memory back.</summary>
    public void Clear()
    {
        Count = 0;
        (Uids, _emails, ModSeqs, Flags) = ([], [], [], []);
        (Keywords, _sizes, _received, _saved) = ([], [], [], []);
    }

    private void Set(int at, in MessageRow row)
    {
        Uids[at] = row.Uid.Value;
        _emails[at] = row.Email.Value;
        ModSeqs[at] = row.ModSeq.Value;
        Flags[at] = (byte)row.Flags;
        Keywords[at] = row.Keywords.Value;
        _sizes[at] = row.Size;
        _received[at] = row.Received.Packed;
        _saved[at] = row.SavedSeconds;
    }

    private void Grow()
    {
        if (Count < Uids.Length)
        {
            return;
        }

        // A quarter more: large mailboxes must not waste as much as they use.
        var size = Math.Max(16, Count + (Count / 4));
        Uids = Resized(Uids, size);
        _emails = Resized(_emails, size);
        ModSeqs = Resized(ModSeqs, size);
        Flags = Resized(Flags, size);
        Keywords = Resized(Keywords, size);
        _sizes = Resized(_sizes, size);
        _received = Resized(_received, size);
        _saved = Resized(_saved, size);
    }

    private T[] Resized<T>(T[] old, int size)
    {
        var larger = new T[size];
        old.AsSpan(0, Count).CopyTo(larger);
        return larger;
    }
}
