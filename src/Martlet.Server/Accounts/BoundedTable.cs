namespace Martlet.Server.Accounts;

/// <summary>
/// A dictionary that never grows beyond its limit and never walks over its entries: each key has eight places where it may be, and when all are taken the entry that
/// is worth least makes room. Keys must be spread evenly and not be predictable by a peer, that is, keyed hashes.
/// </summary>
/// <param name="entriesMax">Entries at most, rounded up to a power of two; memory is taken as they come.</param>
/// <param name="worth">What an entry is worth.</param>
/// <remarks>Not thread safe.</remarks>
internal sealed class BoundedTable<TValue>(int entriesMax, Func<TValue, long> worth)
    where TValue : struct
{
    private const int Places = 8;

    private readonly Entry[]?[] _sets = new Entry[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, (entriesMax + Places - 1) / Places))][];

    /// <summary>Entries now.</summary>
    public int Count { get; private set; }

    /// <summary>Entries at most.</summary>
    public int CountMax => _sets.Length * Places;

    /// <summary>The entry of a key; the default value when there is none.</summary>
    public TValue Get(UInt128 key)
    {
        foreach (ref readonly var entry in _sets[Set(key)].AsSpan())
        {
            if (entry.IsTaken && entry.Key == key)
            {
                return entry.Value;
            }
        }

        return default;
    }

    /// <summary>Sets the entry of a key.</summary>
    public void Put(UInt128 key, in TValue value)
    {
        var set = _sets[Set(key)] ??= new Entry[Places];
        var place = 0;
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i].IsTaken && set[i].Key == key)
            {
                place = i;
                break;
            }

            if (set[place].IsTaken && (!set[i].IsTaken || worth(set[i].Value) < worth(set[place].Value)))
            {
                place = i;
            }
        }

        Count += set[place].IsTaken ? 0 : 1;
        set[place] = new Entry(IsTaken: true, key, value);
    }

    private int Set(UInt128 key) => (int)((ulong)key & (uint)(_sets.Length - 1));

    private readonly record struct Entry(bool IsTaken, UInt128 Key, TValue Value);
}
