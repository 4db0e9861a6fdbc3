using System.Net;
using Martlet.Network.Tls;
using Martlet.Store.Model;

namespace Martlet.Server.Delivery;

/// <summary>Where a message came from, as Received tells it.</summary>
internal sealed record TraceInfo
{
    /// <summary>Name from HELO or EHLO; letters, digits and <c>-._:[]</c> only.</summary>
    public required string HelloName { get; init; }

    /// <summary>The peer's address.</summary>
    public required IPAddress Remote { get; init; }

    /// <summary>TLS of the connection; null for none.</summary>
    public TlsInfo? Tls { get; init; }

    /// <summary>Whether the peer said EHLO.</summary>
    public bool IsExtended { get; init; }

    /// <summary>Whether somebody was logged in.</summary>
    public bool IsLoggedIn { get; init; }

    /// <summary>Address that was logged in; null for nobody.</summary>
    public string? Login { get; init; }

    /// <summary>Its account; null for nobody.</summary>
    public AccountId? LoginAccount { get; init; }

    /// <summary>Name of the connection.</summary>
    public required string Cid { get; init; }

    /// <summary>Name of the transaction in the logs.</summary>
    public required string Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Received { get; init; }
}
