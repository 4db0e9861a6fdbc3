using System.Globalization;
using System.Text;

namespace Martlet.Protocols.Imap;

/// <summary>
/// A set of sequence numbers or UIDs as a command names it (sequence-set of RFC 9051 §9): ranges in any order, overlapping, with <c>*</c>,
/// or <c>$</c>, the saved result of the last search (RFC 9051 §6.4.4.1). <see cref="Resolve"/> makes it a set one can count and walk. Immutable.
/// </summary>
public sealed class NumSet : IEquatable<NumSet>
{
    private readonly NumRange[] _ranges;

    private NumSet(NumRange[] ranges, bool isSavedResult, bool isResolved)
    {
        _ranges = ranges;
        IsSavedResult = isSavedResult;
        IsResolved = isResolved;
    }

    /// <summary><c>$</c>: it has no ranges of its own.</summary>
    public static NumSet SavedResult { get; } = new([], isSavedResult: true, isResolved: false);

    /// <summary>No number at all. Cannot be written to the wire.</summary>
    public static NumSet Empty { get; } = new([], isSavedResult: false, isResolved: true);

    /// <summary>It is <c>$</c>.</summary>
    public bool IsSavedResult { get; }

    /// <summary>The ranges are ascending, apart from each other and without <c>*</c>.</summary>
    public bool IsResolved { get; }

    /// <summary>It names nothing.</summary>
    public bool IsEmpty => _ranges.Length == 0 && !IsSavedResult;

    /// <summary>The ranges, in the client's order unless <see cref="IsResolved"/>.</summary>
    public ReadOnlySpan<NumRange> Ranges => _ranges;

    /// <summary>Some end is <c>*</c>.</summary>
    public bool HasStar => Array.Exists(_ranges, static range => range.HasStar);

    /// <summary>The largest number named as such, without <c>*</c>; 0 if none. Sequence numbers beyond the last message are an error (RFC 9051 §9, seq-number).</summary>
    public uint LargestNamed
    {
        get
        {
            var largest = 0u;
            foreach (var range in _ranges)
            {
                largest = Math.Max(largest, Math.Max(range.First, range.Last));
            }

            return largest;
        }
    }

    /// <summary>How many numbers a resolved set names. O(ranges).</summary>
    /// <exception cref="InvalidOperationException">The set is not resolved.</exception>
    public long Count
    {
        get
        {
            RequireResolved();
            var count = 0L;
            foreach (var range in _ranges)
            {
                count += range.Count;
            }

            return count;
        }
    }

    /// <summary>The numbers of a resolved set, ascending. May be 2³²-1 of them: walk what exists and ask <see cref="Contains"/> where that is less.</summary>
    /// <exception cref="InvalidOperationException">The set is not resolved.</exception>
    public NumSetNumbers Numbers
    {
        get
        {
            RequireResolved();
            return new NumSetNumbers(_ranges);
        }
    }

    /// <summary>A set with these ranges, as they are.</summary>
    public static NumSet Of(params ReadOnlySpan<NumRange> ranges) => new(ranges.ToArray(), isSavedResult: false, isResolved: false);

    /// <summary>A resolved set of these numbers, in any order. O(n log n); O(n) when ascending.</summary>
    public static NumSet OfNumbers(params ReadOnlySpan<uint> numbers)
    {
        var builder = new NumSetBuilder();
        foreach (var number in numbers)
        {
            builder.Add(number);
        }

        return builder.ToSet();
    }

    /// <summary>Replaces <c>*</c>, sorts and merges. O(n log n) in the number of ranges.</summary>
    /// <param name="largest">
    /// What <c>*</c> stands for: the last sequence number or UID. For VANISHED it must be UIDNEXT-1, so that expunged messages at the end are
    /// found (RFC 7162 §3.2.6). With 0, nothing is in use: <c>*</c> alone names nothing.
    /// </param>
    /// <returns>The same set, resolved. <c>$</c> has no numbers here and gives itself: the session puts the saved result in its place first.</returns>
    public NumSet Resolve(uint largest)
    {
        if (IsResolved || IsSavedResult)
        {
            return this;
        }

        var builder = new NumSetBuilder(_ranges.Length);
        foreach (var range in _ranges)
        {
            var (first, last) = range.Resolve(largest);
            if (last > 0)
            {
                builder.AddRange(Math.Max(first, 1), last);
            }
        }

        return builder.ToSet();
    }

    /// <summary>Whether a resolved set names a number. O(log ranges).</summary>
    /// <exception cref="InvalidOperationException">The set is not resolved.</exception>
    public bool Contains(uint number)
    {
        RequireResolved();
        var low = 0;
        var high = _ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (number < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (number > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public bool Equals(NumSet? other) => other is not null && IsSavedResult == other.IsSavedResult && _ranges.AsSpan().SequenceEqual(other._ranges);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NumSet);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsSavedResult, _ranges.Length, _ranges.Length == 0 ? default : _ranges[0]);

    /// <summary>The set as on the wire.</summary>
    public override string ToString()
    {
        if (IsSavedResult)
        {
            return "$";
        }

        var text = new StringBuilder();
        foreach (var (first, last) in _ranges)
        {
            text.Append(text.Length > 0 ? "," : "").Append(ToText(first)).Append(first != last ? ":" + ToText(last) : "");
        }

        return text.ToString();
    }

    /// <summary>The same without a copy: the array is the set's from now on.</summary>
    internal static NumSet OfOwned(NumRange[] ranges) => new(ranges, isSavedResult: false, isResolved: false);

    internal static NumSet FromSorted(NumRange[] ranges) => ranges.Length == 0 ? Empty : new(ranges, isSavedResult: false, isResolved: true);

    private static string ToText(uint number) => number == NumRange.Star ? "*" : number.ToString(CultureInfo.InvariantCulture);

    private void RequireResolved()
    {
        if (!IsResolved)
        {
            throw new InvalidOperationException("Call Resolve first.");
        }
    }
}
