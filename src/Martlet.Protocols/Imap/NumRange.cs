namespace Martlet.Protocols.Imap;

/// <summary>A range of a <see cref="NumSet"/>, both ends included, in the order the client gave them (RFC 9051 §9, seq-range).</summary>
/// <param name="First">One end; <see cref="Star"/> is the largest number in use.</param>
/// <param name="Last">The other end, the same for a single number; <see cref="Star"/> is the largest number in use.</param>
public readonly record struct NumRange(uint First, uint Last)
{
    /// <summary>Stands for <c>*</c>. Zero is no sequence number and no UID.</summary>
    public const uint Star = 0;

    /// <summary>One end is <c>*</c>.</summary>
    public bool HasStar => First == Star || Last == Star;

    /// <summary>Numbers in the range, once both ends are known.</summary>
    public long Count => (long)Last - First + 1;

    /// <summary>Puts the largest number in use for <c>*</c> and the ends in ascending order.</summary>
    /// <param name="largest">The largest number in use; 0 if there is none.</param>
    /// <returns>First ≤ Last; First may be 0 only if <paramref name="largest"/> is.</returns>
    public NumRange Resolve(uint largest)
    {
        var first = First == Star ? largest : First;
        var last = Last == Star ? largest : Last;
        return first <= last ? new NumRange(first, last) : new NumRange(last, first);
    }
}
