using System.Net;
using Martlet.Store.Model;

namespace Martlet.Server.Accounts;

/// <summary>An attempt to log in, as log and history get it. Texts are as they came; the journal makes them safe.</summary>
public sealed record LoginAttempt
{
    /// <summary>The account that was asked for; null when there is none.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Its name; empty without an account.</summary>
    public string AccountName { get; init; } = "";

    /// <summary>Address as the client gave it; of a key, the address it stands for.</summary>
    public string Address { get; init; } = "";

    /// <summary>SASL mechanism, or LOGIN.</summary>
    public required string Mechanism { get; init; }

    /// <summary>imap, submission.</summary>
    public required string Protocol { get; init; }

    /// <summary>TLS version, as in TLS1.3; empty without TLS.</summary>
    public string Tls { get; init; } = "";

    /// <summary>Fingerprint of the client's key; empty when it showed none.</summary>
    public string Key { get; init; } = "";

    /// <summary>The peer.</summary>
    public required IPAddress Remote { get; init; }

    /// <summary>Name of the connection.</summary>
    public required string Cid { get; init; }

    /// <summary>What the client says it is; empty when it has not said yet (<see cref="LoginTicket.SetClient"/>).</summary>
    public string Client { get; init; } = "";

    /// <summary>How it ended.</summary>
    public required LoginOutcome Outcome { get; init; }
}
