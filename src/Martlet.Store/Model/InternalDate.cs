namespace Martlet.Store.Model;

/// <summary>Internal date of a message (RFC 9051 §2.3.3) with the zone it was given in, in eight bytes.</summary>
/// <param name="Packed">Unix seconds shifted left by 12, plus zone minutes + 2048.</param>
public readonly record struct InternalDate(long Packed)
{
    private const int ZoneBits = 12;
    private const int ZoneBias = 2048;

    /// <summary>Packs seconds since 1970 and minutes east of UTC.</summary>
    public InternalDate(long unixSeconds, int zoneMinutes)
        : this((unixSeconds << ZoneBits) | (uint)(zoneMinutes + ZoneBias))
    {
    }

    /// <summary>Packs a date; fractions of a second are dropped.</summary>
    public InternalDate(DateTimeOffset date)
        : this(date.ToUnixTimeSeconds(), (int)date.Offset.TotalMinutes)
    {
    }

    /// <summary>Seconds since 1970 (UTC).</summary>
    public long UnixSeconds => Packed >> ZoneBits;

    /// <summary>Minutes east of UTC.</summary>
    public int ZoneMinutes => (int)(Packed & ((1 << ZoneBits) - 1)) - ZoneBias;

    /// <summary>The date with its zone.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.FromUnixTimeSeconds(UnixSeconds).ToOffset(TimeSpan.FromMinutes(ZoneMinutes));
}
