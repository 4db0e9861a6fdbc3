using Martlet.Server.Accounts;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Connections of mail programs that are logged in to an account now, the newest first.</summary>
/// <param name="Address">An address of the account.</param>
public sealed record ListConnections(string Address) : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(
        AdminNames.Address(Address, context) is not { } address ? AdminNames.BadAddress(Address)
        : context.Store.Directory.FindAddress(address) is not { } account ? AdminRunner.Refused(Refusal.NoSuchAccount, address)
        : AdminReply.Done("") with { Connections = [.. (context.Logins?.Open.Of(account.Id) ?? []).Select(ConnectionSummary.Of)] });
}

/// <summary>A connection of a mail program.</summary>
/// <param name="Cid">Name of the connection, in logs too.</param>
/// <param name="Protocol">imap, submission.</param>
/// <param name="Address">Address that was logged in as.</param>
/// <param name="Key">Fingerprint of the key it was done with; null for a password.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="Tls">TLS version; empty without TLS.</param>
/// <param name="Client">What the client says it is; empty when it did not.</param>
/// <param name="Since">When it logged in, UTC.</param>
public sealed record ConnectionSummary(string Cid, string Protocol, string Address, string? Key, string Remote, string Tls, string Client, DateTimeOffset Since)
{
    private const int ClientCharsMax = 200;

    internal static ConnectionSummary Of(OpenLogin login) => new(
        login.Cid, login.Protocol, login.Address, login.Key, (login.Remote.IsIPv4MappedToIPv6 ? login.Remote.MapToIPv4() : login.Remote).ToString(), login.Tls,
        LogText.Line(login.Client, ClientCharsMax), login.Since);
}
