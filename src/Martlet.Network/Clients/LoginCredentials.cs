using Martlet.Protocols.Sasl;

namespace Martlet.Network.Clients;

/// <summary>What the owner of an account gives a client to log in with. The client's key, for EXTERNAL, is with the options of its connection.</summary>
public sealed record LoginCredentials
{
    /// <summary>Whose password it is; empty when only the key is to say who we are.</summary>
    public string Username { get; init => field = WithoutNul(value); } = "";

    /// <summary>The password; null for none.</summary>
    public string? Password { get; init => field = value is null ? null : WithoutNul(value); }

    /// <summary>Whom to act for; empty for the account itself.</summary>
    public string AuthorizationId { get; init => field = WithoutNul(value); } = "";

    /// <summary>
    /// The caller has made sure who the server is, where TLS and the system's rules have not: its validation callback knows the certificate, or the server is on the
    /// same machine, or behind a tunnel. Without it a password is never sent in the clear of an exchange (PLAIN, LOGIN) to a server that was not verified.
    /// </summary>
    public bool IsServerTrusted { get; init; }

    /// <summary>
    /// What <see cref="LoginAttempts.Strongest"/> said after the last login with these credentials at this server; null when it is not known. The caller keeps it: a
    /// server whose list has shrunk since then gets no weaker login.
    /// </summary>
    public string? StrongestBefore { get; init; }

    /// <summary>Limits of the exchange.</summary>
    public SaslLimits Limits { get; init; } = SaslLimits.Default;

    /// <summary>Without the password: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(LoginCredentials)} {{ {Username} }}";

    // RFC 4616 §2: NUL separates the fields of PLAIN; with one inside, the password would be read as something else.
    private static string WithoutNul(string value) =>
        value.Contains('\0', StringComparison.Ordinal) ? throw new ArgumentException("Names and passwords have no NUL.", nameof(value)) : value;
}
