using System.Globalization;

namespace Martlet.Store.Model;

/// <summary>Number of a mailbox in its account; never given to another mailbox, whatever it is named.</summary>
public readonly record struct MailboxId(int Value) : IComparable<MailboxId>
{
    /// <inheritdoc/>
    public int CompareTo(MailboxId other) => Value.CompareTo(other.Value);

    /// <summary>The number as text.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Smaller than.</summary>
    public static bool operator <(MailboxId left, MailboxId right) => left.Value < right.Value;

    /// <summary>Greater than.</summary>
    public static bool operator >(MailboxId left, MailboxId right) => left.Value > right.Value;

    /// <summary>Smaller than or equal.</summary>
    public static bool operator <=(MailboxId left, MailboxId right) => left.Value <= right.Value;

    /// <summary>Greater than or equal.</summary>
    public static bool operator >=(MailboxId left, MailboxId right) => left.Value >= right.Value;
}
