namespace Martlet.Protocols.Imap;

/// <summary>
/// Collects numbers into the compact, resolved <see cref="NumSet"/> of responses: COPYUID, ESEARCH ALL, VANISHED, MODIFIED. Cheapest when
/// numbers come in ascending order, which needs no sort.
/// </summary>
/// <param name="capacity">Ranges to expect, if that is known.</param>
public sealed class NumSetBuilder(int capacity = 0)
{
    private readonly List<NumRange> _ranges = new(capacity);
    private bool _isSorted = true;

    /// <summary>Nothing was added.</summary>
    public bool IsEmpty => _ranges.Count == 0;

    /// <summary>Adds one number above zero.</summary>
    public void Add(uint number) => AddRange(number, number);

    /// <summary>Adds a range.</summary>
    /// <param name="first">Above zero.</param>
    /// <param name="last">Not below <paramref name="first"/>.</param>
    public void AddRange(uint first, uint last)
    {
        ArgumentOutOfRangeException.ThrowIfZero(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(last, first);
        if (_ranges.Count > 0)
        {
            var previous = _ranges[^1];
            if (first >= previous.First && first - 1 <= previous.Last)
            {
                _ranges[^1] = previous with { Last = Math.Max(previous.Last, last) };
                return;
            }

            _isSorted &= first > previous.Last;
        }

        _ranges.Add(new NumRange(first, last));
    }

    /// <summary>The numbers so far, ascending and merged. The builder may go on.</summary>
    public NumSet ToSet()
    {
        if (!_isSorted)
        {
            var unsorted = _ranges.ToArray();
            Array.Sort(unsorted, static (a, b) => a.First.CompareTo(b.First));
            _ranges.Clear();
            _isSorted = true;
            foreach (var range in unsorted)
            {
                AddRange(range.First, range.Last);
            }
        }

        return NumSet.FromSorted([.. _ranges]);
    }
}
