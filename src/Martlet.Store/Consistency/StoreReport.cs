namespace Martlet.Store.Consistency;

/// <summary>Something in the store that is not as it must be.</summary>
/// <param name="Invariant">What does not hold.</param>
/// <param name="Where">What is affected, as an administrator calls it: account, mailbox, UID, segment.</param>
/// <param name="What">What was found.</param>
/// <param name="CanBeRebuilt">Whether repair can make it right from what else is stored.</param>
public sealed record StoreFinding(StoreInvariant Invariant, string Where, string What, bool CanBeRebuilt)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"{Where}: {What} ({Invariant.Name}{(CanBeRebuilt ? ", can be rebuilt" : "")})";
}

/// <summary>What a consistency check found.</summary>
public sealed record StoreReport
{
    /// <summary>What is wrong; of one kind at most <see cref="FindingList.KeptMax"/> are listed.</summary>
    public required IReadOnlyList<StoreFinding> Findings { get; init; }

    /// <summary>All that is wrong, also what is not listed.</summary>
    public required long FindingCount { get; init; }

    /// <summary>What repair did; empty when none was asked for.</summary>
    public IReadOnlyList<string> Repairs { get; init; } = [];

    /// <summary>What is still wrong after the repair.</summary>
    public IReadOnlyList<StoreFinding> Remaining { get; init; } = [];

    /// <summary>Accounts looked at.</summary>
    public long Accounts { get; init; }

    /// <summary>Mailboxes looked at.</summary>
    public long Mailboxes { get; init; }

    /// <summary>Messages looked at.</summary>
    public long Messages { get; init; }

    /// <summary>Emails looked at; copies share one.</summary>
    public long Emails { get; init; }

    /// <summary>Bytes of these emails.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether everything holds.</summary>
    public bool IsClean => FindingCount == 0;
}

/// <summary>Collects findings; memory is bounded however broken a store is.</summary>
internal sealed class FindingList
{
    /// <summary>Findings of one invariant that are listed.</summary>
    public const int KeptMax = 100;

    private readonly Dictionary<StoreInvariant, int> _counts = [];
    private readonly List<StoreFinding> _kept = [];

    public IReadOnlyList<StoreFinding> Kept => _kept;

    public long Count { get; private set; }

    public void Add(StoreInvariant invariant, string where, string what, bool canBeRebuilt)
    {
        Count++;
        var count = _counts.GetValueOrDefault(invariant) + 1;
        _counts[invariant] = count;
        if (count <= KeptMax)
        {
            _kept.Add(new StoreFinding(invariant, where, what, canBeRebuilt));
        }
    }
}
