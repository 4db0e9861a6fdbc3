using System.Net;
using Martlet.Network.Connections;
using Martlet.Network.Tls;

namespace Martlet.Testing;

/// <summary>A protocol to be run by a <see cref="TestServer"/>.</summary>
/// <param name="Name">Name in scripts.</param>
/// <param name="Create">Makes the service over the server's store, accounts and clock.</param>
/// <param name="UsesTls">TLS from the first byte on.</param>
/// <param name="Prelude">Script that each new connection plays first: greeting, login.</param>
public sealed record TestService(string Name, Func<TestServer, IConnectionService> Create, bool UsesTls = false, string Prelude = "")
{
    /// <summary>The key that connections of scripts to it show in their handshakes; null for none.</summary>
    public ClientIdentity? ClientIdentity { get; init; }

    /// <summary>Whether clients are asked for a key: not on port 25.</summary>
    public bool AsksForClientKey { get; init; } = true;
}

/// <summary>Where a service listens.</summary>
public sealed record TestEndpoint(IPEndPoint Address, bool UsesTls, string Prelude, ClientIdentity? ClientIdentity);
