namespace Martlet.Store.Model;

/// <summary>What holds for the whole server and changes while it runs. Immutable.</summary>
public sealed record ServerSettings
{
    /// <summary>As a new store has them.</summary>
    public static ServerSettings Initial { get; } = new();

    /// <summary>Bytes that an account without a limit of its own may hold; 0 is no limit.</summary>
    public long QuotaBytes { get; init; }

    /// <summary>Messages that an account without a limit of its own may hold; 0 is no limit.</summary>
    public long QuotaMessages { get; init; }

    /// <summary>Normalized address that gets what goes to postmaster and abuse in domains that have neither; null for none.</summary>
    public string? Postmaster { get; init; }

    /// <summary>Log levels by area that the administrator has set, as in <c>info,smtp=debug</c>; empty for those of the command line.</summary>
    public string LogLevels { get; init; } = "";
}
