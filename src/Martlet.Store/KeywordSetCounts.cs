using System.Runtime.InteropServices;

namespace Martlet.Store;

/// <summary>How many messages of a mailbox have each keyword set. Not thread safe: its index locks.</summary>
internal sealed class KeywordSetCounts
{
    private readonly Dictionary<int, int> _counts = [];

    /// <summary>Sets that some message has; not the empty one.</summary>
    public IEnumerable<int> InUse => _counts.Keys;

    /// <summary>A message has the set, or <paramref name="change"/> = -1: has it no longer.</summary>
    public void Count(int set, int change)
    {
        if (set == 0)
        {
            return;
        }

        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, set, out _);
        count += change;
        if (count == 0)
        {
            _counts.Remove(set);
        }
    }

    /// <summary>Counts anew.</summary>
    public void Reset(ReadOnlySpan<int> sets)
    {
        _counts.Clear();
        foreach (var set in sets)
        {
            Count(set, 1);
        }
    }
}
