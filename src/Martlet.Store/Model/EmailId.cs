using System.Globalization;

namespace Martlet.Store.Model;

/// <summary>Number of an email in its account: the bytes and what was read from them, which copies in several mailboxes share. Below 2^36.</summary>
public readonly record struct EmailId(long Value) : IComparable<EmailId>
{
    /// <inheritdoc/>
    public int CompareTo(EmailId other) => Value.CompareTo(other.Value);

    /// <summary>The number as text.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Smaller than.</summary>
    public static bool operator <(EmailId left, EmailId right) => left.Value < right.Value;

    /// <summary>Greater than.</summary>
    public static bool operator >(EmailId left, EmailId right) => left.Value > right.Value;

    /// <summary>Smaller than or equal.</summary>
    public static bool operator <=(EmailId left, EmailId right) => left.Value <= right.Value;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(EmailId left, EmailId right) => left.Value >= right.Value;
}
