using Martlet.Store.Model;

namespace Martlet.Store;

/// <summary>The rows of a mailbox as one array for each column, sorted by UID. Not thread safe: its index locks.</summary>
internal sealed class MessageColumns
{
    private bool _areUidsShared;

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

    /// <summary>Emails.</summary>
    public long[] Emails { get; private set; } = [];

    /// <summary>Sizes.</summary>
    public uint[] Sizes { get; private set; } = [];

    /// <summary>Internal dates, packed.</summary>
    public long[] Received { get; private set; } = [];

    /// <summary>When saved, Unix seconds.</summary>
    public uint[] Saved { get; private set; } = [];

    /// <summary>One row.</summary>
    public MessageRow Row(int at) => new(
        new Uid(Uids[at]), new EmailId(Emails[at]), new ModSeq(ModSeqs[at]), (MessageFlags)Flags[at], new KeywordSetId(Keywords[at]), Sizes[at],
        new InternalDate(Received[at]), Saved[at]);

    /// <summary>
    /// The UIDs of this moment, without a copy: what stands in the array is not changed from now on, only what comes behind it. So a session that opens a
    /// mailbox of a million messages costs as little as one of ten.
    /// </summary>
    public ReadOnlyMemory<uint> ShareUids()
    {
        _areUidsShared = true;
        return Uids.AsMemory(0, Count);
    }

    /// <summary>UIDs of messages with all of these flags, ascending.</summary>
    public uint[] UidsWith(MessageFlags flags)
    {
        var found = new List<uint>();
        for (var i = 0; i < Count; i++)
        {
            if ((Flags[i] & (byte)flags) == (byte)flags)
            {
                found.Add(Uids[i]);
            }
        }

        return [.. found];
    }

    /// <summary>UID of the first message that lacks one of these flags; null when all have them.</summary>
    public Uid? FirstWithout(MessageFlags flags)
    {
        for (var i = 0; i < Count; i++)
        {
            if ((Flags[i] & (byte)flags) != (byte)flags)
            {
                return new Uid(Uids[i]);
            }
        }

        return null;
    }

    /// <summary>Index of a UID, or negative.</summary>
    public int Find(uint uid) => Array.BinarySearch(Uids, 0, Count, uid);

    /// <summary>Index of the first of these UIDs, if they stand side by side as given: what is asked for most. Negative if not.</summary>
    public int FindRun(ReadOnlySpan<uint> uids)
    {
        var at = uids.IsEmpty ? -1 : Find(uids[0]);
        return at >= 0 && uids.Length <= Count - at && Uids.AsSpan(at, uids.Length).SequenceEqual(uids) ? at : -1;
    }

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

    /// <summary>Adds a row in its place; one with that UID stays.</summary>
    /// <returns>Whether it was added.</returns>
    public bool TryInsert(in MessageRow row)
    {
        if (Count == 0 || Uids[Count - 1] < row.Uid.Value)
        {
            Append(row);
            return true;
        }

        if (Find(row.Uid.Value) >= 0)
        {
            return false;
        }

        Grow();
        OwnUids();
        var at = ~Find(row.Uid.Value);
        var tail = Count - at;
        Array.Copy(Uids, at, Uids, at + 1, tail);
        Array.Copy(Emails, at, Emails, at + 1, tail);
        Array.Copy(ModSeqs, at, ModSeqs, at + 1, tail);
        Array.Copy(Flags, at, Flags, at + 1, tail);
        Array.Copy(Keywords, at, Keywords, at + 1, tail);
        Array.Copy(Sizes, at, Sizes, at + 1, tail);
        Array.Copy(Received, at, Received, at + 1, tail);
        Array.Copy(Saved, at, Saved, at + 1, tail);
        Count++;
        Set(at, row);
        return true;
    }

    /// <summary>Takes over flags, keywords and modseq if the row is there and older.</summary>
    /// <param name="row">Row.</param>
    /// <param name="at">Where to look from; rows of one change come ascending. Then its place.</param>
    /// <param name="keywordsBefore">The keyword set it had.</param>
    public bool TryUpdate(in MessageRow row, ref int at, out int keywordsBefore)
    {
        at = LowerBound(row.Uid.Value, at);
        keywordsBefore = 0;
        if (at == Count || Uids[at] != row.Uid.Value || ModSeqs[at] >= row.ModSeq.Value)
        {
            return false;
        }

        keywordsBefore = Keywords[at];

        ModSeqs[at] = row.ModSeq.Value;
        Flags[at] = (byte)row.Flags;
        Keywords[at] = row.Keywords.Value;
        return true;
    }

    /// <summary>Removes rows in one pass.</summary>
    public void Remove(IEnumerable<Uid> expunged)
    {
        var gone = new HashSet<uint>();
        var first = uint.MaxValue;
        foreach (var uid in expunged)
        {
            gone.Add(uid.Value);
            first = Math.Min(first, uid.Value);
        }

        OwnUids();
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
        (Count, Uids, Emails, ModSeqs, Flags) = (other.Count, other.Uids, other.Emails, other.ModSeqs, other.Flags);
        (Keywords, Sizes, Received, Saved) = (other.Keywords, other.Sizes, other.Received, other.Saved);
        _areUidsShared = other._areUidsShared;
        other.Clear();
    }

    /// <summary>Forgets all rows and gives the memory back.</summary>
    public void Clear()
    {
        Count = 0;
        (Uids, Emails, ModSeqs, Flags) = ([], [], [], []);
        (Keywords, Sizes, Received, Saved) = ([], [], [], []);
        _areUidsShared = false;
    }

    /// <summary>Makes room, so that as many rows as that are added without moving the others.</summary>
    public void Reserve(int rows)
    {
        if (rows > Uids.Length)
        {
            Resize(rows);
        }
    }

    /// <summary>Adds rows that the caller writes into the columns from the old count on; UIDs ascend.</summary>
    public void Extend(int rows)
    {
        Reserve(Count + rows);
        Count += rows;
    }

    private void Set(int at, in MessageRow row)
    {
        Uids[at] = row.Uid.Value;
        Emails[at] = row.Email.Value;
        ModSeqs[at] = row.ModSeq.Value;
        Flags[at] = (byte)row.Flags;
        Keywords[at] = row.Keywords.Value;
        Sizes[at] = row.Size;
        Received[at] = row.Received.Packed;
        Saved[at] = row.SavedSeconds;
    }

    private void Grow()
    {
        if (Count < Uids.Length)
        {
            return;
        }

        // A quarter more: large mailboxes must not waste as much as they use.
        Resize(Math.Max(16, Count + (Count / 4)));
    }

    private void Resize(int size)
    {
        Uids = Resized(Uids, size);
        Emails = Resized(Emails, size);
        ModSeqs = Resized(ModSeqs, size);
        Flags = Resized(Flags, size);
        Keywords = Resized(Keywords, size);
        Sizes = Resized(Sizes, size);
        Received = Resized(Received, size);
        Saved = Resized(Saved, size);
        _areUidsShared = false;
    }

    // Before UIDs that others read are moved.
    private void OwnUids()
    {
        if (_areUidsShared)
        {
            Uids = Resized(Uids, Uids.Length);
            _areUidsShared = false;
        }
    }

    private T[] Resized<T>(T[] old, int size)
    {
        var larger = new T[size];
        old.AsSpan(0, Count).CopyTo(larger);
        return larger;
    }
}
