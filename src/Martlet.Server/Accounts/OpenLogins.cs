using System.Collections.Concurrent;
using System.Net;
using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Server.Accounts;

/// <summary>
/// Connections of mail programs that are logged in, so that people can see who uses their account and end it. A list to look at and no more: whether a login holds, it is
/// asked itself (<see cref="LoginGrant.Holds"/>), so nothing depends on this being complete.
/// </summary>
/// <remarks>Thread safe. Bounded by the connections there may be.</remarks>
public sealed class OpenLogins(TimeProvider time)
{
    private readonly ConcurrentDictionary<Entry, byte> _entries = [];

    /// <summary>Enters a connection.</summary>
    /// <param name="grant">Who is logged in.</param>
    /// <param name="context">The connection.</param>
    /// <param name="end">Asks the session to say goodbye and end; any thread.</param>
    /// <returns>Takes it out again.</returns>
    public IDisposable Add(LoginGrant grant, LoginContext context, Action end)
    {
        var entry = new Entry(this, grant, context, end, time.GetUtcNow());
        _entries[entry] = 0;
        return entry;
    }

    /// <summary>Connections of an account, the newest first.</summary>
    public IReadOnlyList<OpenLogin> Of(AccountId account) =>
        [.. _entries.Keys.Where(entry => entry.Grant.Account.Id == account).Select(entry => entry.Describe()).OrderByDescending(login => login.Since).ThenBy(login => login.Cid, StringComparer.Ordinal)];

    /// <summary>Ends a connection of an account.</summary>
    /// <param name="account">Whose it has to be.</param>
    /// <param name="cid">Its name.</param>
    /// <returns>False when the account has no such connection, whoever else may have it.</returns>
    public bool End(AccountId account, string cid)
    {
        var found = _entries.Keys.Where(entry => entry.Grant.Account.Id == account && entry.Context.Cid == cid).ToList();
        found.ForEach(entry => entry.End());
        return found.Count > 0;
    }

    /// <summary>Ends connections whose login does not hold any more, also those that wait for nothing but their client.</summary>
    public void EndThoseNotHeld(AccountDirectory directory)
    {
        foreach (var entry in _entries.Keys.Where(entry => !entry.Grant.Holds(directory)).ToList())
        {
            entry.End();
        }
    }

    private sealed class Entry(OpenLogins owner, LoginGrant grant, LoginContext context, Action end, DateTimeOffset since) : IDisposable
    {
        public LoginGrant Grant => grant;

        public LoginContext Context => context;

        public Action End => end;

        public OpenLogin Describe() => new(context.Cid, context.Protocol, grant.Address, grant.Key, context.Remote, context.Tls?.Version ?? "", context.Client, since);

        public void Dispose() => owner._entries.TryRemove(this, out _);
    }
}

/// <summary>A connection of a mail program.</summary>
/// <param name="Cid">Name of the connection.</param>
/// <param name="Protocol">imap, submission.</param>
/// <param name="Address">Address that was logged in as.</param>
/// <param name="Key">Fingerprint of the key it was done with; null for a password.</param>
/// <param name="Remote">The peer.</param>
/// <param name="Tls">TLS version; empty without TLS.</param>
/// <param name="Client">What the client says it is: anybody's text; empty when it did not say.</param>
/// <param name="Since">When it logged in.</param>
public sealed record OpenLogin(string Cid, string Protocol, string Address, string? Key, IPAddress Remote, string Tls, string Client, DateTimeOffset Since);
