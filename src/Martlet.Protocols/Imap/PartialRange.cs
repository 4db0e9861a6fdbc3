using System.Globalization;

namespace Martlet.Protocols.Imap;

/// <summary>A part of a list of results, <c>partial-range</c> of RFC 9394 §4: <c>1:500</c> counts from the first, <c>-1:-500</c> from the last.</summary>
/// <param name="First">One end as the client wrote it, never 0.</param>
/// <param name="Last">The other end, with the same sign.</param>
public readonly record struct PartialRange(long First, long Last)
{
    /// <summary>Reads one.</summary>
    public static bool Read(ref ImapReader reader, out PartialRange range)
    {
        range = default;
        if (!ReadEnd(ref reader, out var first) || !reader.Byte((byte)':', "Expected ':'.") || !ReadEnd(ref reader, out var last))
        {
            return false;
        }

        range = new PartialRange(first, last);
        return first < 0 == last < 0 || reader.Fail("Both ends of the range must count from the same side.");
    }

    /// <summary>Where the part lies in a list.</summary>
    /// <param name="count">Entries of the list.</param>
    /// <returns>Index of the first entry, from 0, and number of entries: what lies outside the list is left out.</returns>
    public (int Start, int Length) In(int count)
    {
        var near = Math.Min(Math.Abs(First), Math.Abs(Last)) - 1;
        var far = Math.Min(Math.Max(Math.Abs(First), Math.Abs(Last)), count);
        var length = (int)Math.Max(0, far - near);
        return length == 0 ? (0, 0) : ((int)(First < 0 ? count - far : near), length);
    }

    /// <summary>As on the wire.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{First}:{Last}");

    private static bool ReadEnd(ref ImapReader reader, out long end)
    {
        var isNegative = reader.TryTake((byte)'-');
        var isRead = reader.NzNumber(out var number);
        end = isNegative ? -(long)number : number;
        return isRead;
    }
}
