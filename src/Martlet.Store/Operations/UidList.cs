using Martlet.Store.Model;

namespace Martlet.Store.Operations;

/// <summary>UIDs as callers give them.</summary>
internal static class UidList
{
    /// <summary>Numbers of the UIDs, each once, in the order given.</summary>
    /// <param name="uids">UIDs.</param>
    /// <param name="ascends">Whether the order is ascending.</param>
    public static uint[] Numbers(IReadOnlyList<Uid> uids, out bool ascends)
    {
        var numbers = new uint[uids.Count];
        ascends = true;
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = uids[i].Value;
            ascends &= i == 0 || numbers[i] > numbers[i - 1];
        }

        return ascends ? numbers : [.. numbers.Distinct()];
    }

    /// <summary>Each UID once, in the order given: a message counted twice would break the counters. Ascending lists, as nearly all are, cost no memory.</summary>
    public static IEnumerable<Uid> Distinct(IReadOnlyList<Uid> uids)
    {
        for (var i = 1; i < uids.Count; i++)
        {
            if (uids[i] <= uids[i - 1])
            {
                return Enumerable.Distinct(uids);
            }
        }

        return uids;
    }
}
