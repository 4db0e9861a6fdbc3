using System.Globalization;

namespace Martlet.Store.Model;

/// <summary>UIDVALIDITY of a mailbox (RFC 9051 §2.3.1.1): never 0, never used twice in an account.</summary>
public readonly record struct UidValidity(uint Value) : IComparable<UidValidity>
{
    /// <inheritdoc/>
    public int CompareTo(UidValidity other) => Value.CompareTo(other.Value);

    /// <summary>The number as text.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Smaller than.</summary>
    public static bool operator <(UidValidity left, UidValidity right) => left.Value < right.Value;

    /// <summary>Greater than.</summary>
    public static bool operator >(UidValidity left, UidValidity right) => left.Value > right.Value;

    /// <summary>Smaller than or equal.</summary>
    public static bool operator <=(UidValidity left, UidValidity right) => left.Value <= right.Value;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(UidValidity left, UidValidity right) => left.Value >= right.Value;
}
