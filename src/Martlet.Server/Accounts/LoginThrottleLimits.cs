namespace Martlet.Server.Accounts;

/// <summary>
/// Limits of the <see cref="LoginThrottle"/>. The defaults are far above what people with a mistyped password and programs with an old one do, and leave one address
/// some 4,000 guesses a day, a name some 1,200 from the whole world.
/// </summary>
public sealed record LoginThrottleLimits
{
    /// <summary>No limits, for a server that only its own machine reaches (localserve), where all clients share one address and tests try wrong passwords on purpose.</summary>
    public static LoginThrottleLimits Off { get; } = new() { IsOn = false };

    /// <summary>Whether anything is refused.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>An IPv4 address, or an IPv6 /64: a house, or a company behind one address, whose programs may all come back at once.</summary>
    public ThrottleLimit Narrow { get; init; } = new(30, TimeSpan.FromMinutes(10), 100);

    /// <summary>An IPv4 /26, or an IPv6 /48.</summary>
    public ThrottleLimit Middle { get; init; } = new(90, TimeSpan.FromMinutes(10), 200);

    /// <summary>An IPv4 /21, or an IPv6 /32: a provider's range.</summary>
    public ThrottleLimit Wide { get; init; } = new(300, TimeSpan.FromMinutes(10), 500);

    /// <summary>A login name, from all networks where it did not log in lately.</summary>
    public ThrottleLimit Name { get; init; } = new(50, TimeSpan.FromHours(1), 20);

    /// <summary>Networks that are remembered, of all widths, about 48 bytes each.</summary>
    public int NetworksMax { get; init; } = 65_536;

    /// <summary>Names that are remembered.</summary>
    public int NamesMax { get; init; } = 65_536;

    /// <summary>How long after a login its name is at home in its network.</summary>
    public TimeSpan HomeFor { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Pairs of name and home network that are remembered.</summary>
    public int HomesMax { get; init; } = 32_768;
}
