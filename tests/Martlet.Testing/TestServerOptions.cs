using Martlet.Server.Accounts;
using Martlet.Store.Model;
using Microsoft.Extensions.Logging;

namespace Martlet.Testing;

/// <summary>How a <see cref="TestServer"/> is set up.</summary>
public sealed record TestServerOptions
{
    /// <summary>Clock that only moves when a test says so (<c>T:</c> in scripts); the real one otherwise.</summary>
    public bool UsesFakeTime { get; init; }

    /// <summary>Gets the log of logins; <see cref="TestServer.Log"/> when null.</summary>
    public ILogger? Log { get; init; }

    /// <summary>Whether there is a journal of mail.</summary>
    public bool KeepsJournal { get; init; }

    /// <summary>What is decided about logins.</summary>
    public AuthenticatorOptions Logins { get; init; } = new();

    /// <summary>Limits of the store.</summary>
    public StoreLimits Limits { get; init; } = new();

    /// <summary>Services to run, none when null.</summary>
    public IReadOnlyList<TestService>? Services { get; init; }

    /// <summary>Addresses, each with an account of its own and the password <see cref="TestServer.Password"/>.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [TestServer.Alice, TestServer.Bob];
}
