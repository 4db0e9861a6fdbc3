using Martlet.Store.Model;

namespace Martlet.Store.Operations;

/// <summary>UIDs as callers give them.</summary>
internal static class UidList
{
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
