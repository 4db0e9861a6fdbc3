using System.Globalization;

namespace Martlet.Store.Model;

/// <summary>A set of keywords as one number, per account; 0 is the empty set. Most messages share a few sets.</summary>
public readonly record struct KeywordSetId(int Value) : IComparable<KeywordSetId>
{
    /// <inheritdoc/>
    public int CompareTo(KeywordSetId other) => Value.CompareTo(other.Value);

    /// <summary>The number as text.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Smaller than.</summary>
    public static bool operator <(KeywordSetId left, KeywordSetId right) => left.Value < right.Value;

    /// <summary>Greater than.</summary>
    public static bool operator >(KeywordSetId left, KeywordSetId right) => left.Value > right.Value;

    /// <summary>Smaller than or equal.</summary>
    public static bool operator <=(KeywordSetId left, KeywordSetId right) => left.Value <= right.Value;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(KeywordSetId left, KeywordSetId right) => left.Value >= right.Value;
}
