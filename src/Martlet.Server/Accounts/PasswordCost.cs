namespace Martlet.Server.Accounts;

/// <summary>What one Argon2id computation costs (RFC 9106 §4). The defaults are OWASP's second choice: little memory, so that two at once stay bounded.</summary>
/// <param name="MemoryKiB">Memory in KiB.</param>
/// <param name="Passes">Passes over the memory.</param>
/// <param name="Lanes">Lanes.</param>
public sealed record PasswordCost(int MemoryKiB = 19 * 1024, int Passes = 2, int Lanes = 1)
{
    /// <summary>Most memory that a stored hash may ask for, in KiB: a bad row must not take the server down.</summary>
    public const int MemoryKiBMax = 256 * 1024;

    /// <summary>Most passes that a stored hash may ask for.</summary>
    public const int PassesMax = 16;

    /// <summary>Most lanes that a stored hash may ask for.</summary>
    public const int LanesMax = 16;

    /// <summary>Whether the figures are possible (RFC 9106 §3.1) and within the limits.</summary>
    public bool IsSound => Lanes is >= 1 and <= LanesMax && Passes is >= 1 and <= PassesMax && MemoryKiB >= 8 * Lanes && MemoryKiB <= MemoryKiBMax;
}
