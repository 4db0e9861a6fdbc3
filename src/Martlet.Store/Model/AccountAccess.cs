namespace Martlet.Store.Model;

/// <summary>What decides who gets into an account. The store keeps it and looks at none of it; what hashes and secrets mean is the server's knowledge.</summary>
public sealed record AccountAccess
{
    /// <summary>Nobody gets in by a password.</summary>
    public static AccountAccess None { get; } = new();

    /// <summary>Encoded password hash, or null when no password logs in.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Encoded secrets of the same password for mechanisms that do not send it, one a line.</summary>
    public string Secrets { get; init; } = "";

    /// <summary>Number of the password: another one after each change, the same when only its encoding became stronger.</summary>
    public int PasswordNumber { get; init; }

    /// <summary>What whoever logs in is told instead of being let in; null when the account is not disabled.</summary>
    public string? DisabledText { get; init; }

    /// <summary>Whether logins are refused.</summary>
    public bool IsDisabled => DisabledText is not null;

    /// <summary>Without hash and secrets: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(AccountAccess)} {{ {PasswordNumber} }}";
}
