namespace Martlet.Protocols.Imap;

/// <summary>A part of a list of results by position (RFC 9394): from the front with positive numbers, from the end with negative ones. Both are above zero, or both below.</summary>
/// <param name="First">The position nearer to the front of the list, or to its end.</param>
/// <param name="Last">The one further away.</param>
public readonly record struct PartialRange(long First, long Last)
{
    /// <summary>Reads <c>1:100</c> or <c>-1:-100</c>; the order of the two does not matter.</summary>
    public static bool Read(ref ImapReader reader, out PartialRange range)
    {
        range = default;
        if (!ReadPosition(ref reader, out var one) || !reader.Byte((byte)':', "Expected ':'.") || !ReadPosition(ref reader, out var other))
        {
            return false;
        }

        range = Math.Abs(one) <= Math.Abs(other) ? new(one, other) : new(other, one);
        return one < 0 == other < 0 || reader.Fail("Both ends of a partial range count from the same end.");
    }

    /// <summary>The part of a list of so many results: index of the first, and how many; none when the list is shorter.</summary>
    public (int Start, int Count) Of(int results)
    {
        var from = (int)Math.Min(Math.Abs(First) - 1, results);
        var to = (int)Math.Min(Math.Abs(Last), results);
        return (First > 0 ? from : results - to, to - from);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{First}:{Last}");

    private static bool ReadPosition(ref ImapReader reader, out long position)
    {
        var isFromEnd = reader.TryTake((byte)'-');
        var isRead = reader.NzNumber(out var number);
        position = isFromEnd ? -(long)number : number;
        return isRead;
    }
}
