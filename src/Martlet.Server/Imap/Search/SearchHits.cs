using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Search;

/// <summary>What a search found in one mailbox, ascending, and what of it is answered.</summary>
/// <param name="command">The search.</param>
internal sealed class SearchHits(SearchCommand command)
{
    private readonly List<uint> _uids = [];
    private readonly List<long> _modSeqs = []; // Only when they are asked for.

    /// <summary>UIDs found; not all of them when the answer needs less.</summary>
    public IReadOnlyList<uint> Uids => _uids;

    /// <summary>How many hits from the first on are wanted; all when neither this nor <see cref="LastWanted"/> is above zero.</summary>
    public long FirstWanted { get; } = Wanted(command, fromEnd: false);

    /// <summary>How many from the last backwards.</summary>
    public long LastWanted { get; } = Wanted(command, fromEnd: true);

    /// <summary>Where the part that was asked for lies.</summary>
    public (int Start, int Length) Part => command.Returns.HasFlag(SearchReturns.Partial) ? command.Partial.In(_uids.Count) : default;

    /// <summary>Takes a hit.</summary>
    public void Add(uint uid, long modSeq)
    {
        _uids.Add(uid);
        if (command.UsesModSeq)
        {
            _modSeqs.Add(modSeq);
        }
    }

    /// <summary>The hits were found backwards.</summary>
    public void Reverse()
    {
        _uids.Reverse();
        _modSeqs.Reverse();
    }

    /// <summary>What <c>$</c> stands for afterwards: with MIN, MAX or PARTIAL and neither ALL nor COUNT only those (RFC 9051 §6.4.4.4, RFC 9394 §3.1).</summary>
    public uint[] Saved() => IsAll ? [.. _uids] : [.. Picked().Select(at => _uids[at])];

    /// <summary>The highest modseq of the messages that are answered (RFC 7162 §3.1.5, RFC 4731 §3.2); 0 when there are none, or nobody asked.</summary>
    public long HighestModSeq() => !command.UsesModSeq ? 0
        : IsAll ? _modSeqs.DefaultIfEmpty().Max()
        : Picked().Select(at => _modSeqs[at]).DefaultIfEmpty().Max();

    private bool IsAll => IsAllWanted(command.Returns);

    private static bool IsAllWanted(SearchReturns returns) =>
        (returns & (SearchReturns.All | SearchReturns.Count)) != SearchReturns.None
        || (returns & (SearchReturns.Min | SearchReturns.Max | SearchReturns.Partial)) == SearchReturns.None;

    // Both sides at once are not worth two searches that stop early.
    private static long Wanted(SearchCommand command, bool fromEnd)
    {
        var returns = command.Returns;
        var isPartial = returns.HasFlag(SearchReturns.Partial);
        var partial = isPartial ? command.Partial : default;
        var first = Math.Max(returns.HasFlag(SearchReturns.Min) ? 1 : 0, Math.Max(partial.First, partial.Last));
        var last = Math.Max(returns.HasFlag(SearchReturns.Max) ? 1 : 0, Math.Max(-partial.First, -partial.Last));
        return IsAllWanted(returns) || (first > 0 && last > 0) ? 0 : fromEnd ? last : first;
    }

    private SortedSet<int> Picked()
    {
        var picked = new SortedSet<int>();
        if (_uids.Count > 0 && command.Returns.HasFlag(SearchReturns.Min))
        {
            picked.Add(0);
        }

        if (_uids.Count > 0 && command.Returns.HasFlag(SearchReturns.Max))
        {
            picked.Add(_uids.Count - 1);
        }

        var (start, length) = Part;
        picked.UnionWith(Enumerable.Range(start, length));
        return picked;
    }
}
