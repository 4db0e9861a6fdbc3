using System.Collections.Immutable;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Directory;

/// <summary>Domains, accounts, addresses, aliases and keys at one moment, and how the server is set up. Immutable.</summary>
/// <param name="Domains">Domains by name.</param>
/// <param name="Accounts">Accounts by number.</param>
/// <param name="Addresses">Accounts by address.</param>
/// <param name="Keys">Keys that log in, by fingerprint.</param>
/// <param name="NextAccount">Next account number.</param>
public sealed record DirectoryState(
    ImmutableSortedDictionary<string, DomainEntry> Domains,
    ImmutableSortedDictionary<AccountId, AccountEntry> Accounts,
    ImmutableDictionary<string, AccountId> Addresses,
    ImmutableDictionary<string, LoginKey> Keys,
    AccountId NextAccount)
{
    /// <summary>Aliases by address.</summary>
    public required ImmutableSortedDictionary<string, AliasEntry> Aliases { get; init; }

    /// <summary>Settings of the server.</summary>
    public required ServerSettings Settings { get; init; }

    /// <summary>Administrators by name.</summary>
    public required ImmutableSortedDictionary<string, Administrator> Administrators { get; init; }

    /// <summary>Tokens of administrators, by hash.</summary>
    public required ImmutableDictionary<string, ApiToken> Tokens { get; init; }

    /// <summary>Sessions of the web pages, by id.</summary>
    public required ImmutableDictionary<string, WebSession> Sessions { get; init; }

    /// <summary>Whether mail can be sent on to the address: an account has it, or it is an alias.</summary>
    public bool IsTarget(string address) => Addresses.ContainsKey(address) || Aliases.ContainsKey(address);

    /// <summary>Whether an account or alias has an address in the domain. O(addresses).</summary>
    public bool HasAddressesIn(string domain)
    {
        var end = "@" + domain;
        return Addresses.Keys.Any(address => address.EndsWith(end, StringComparison.Ordinal)) || Aliases.Keys.Any(address => address.EndsWith(end, StringComparison.Ordinal));
    }

    /// <summary>Whether a catch-all, an alias or the server's postmaster sends mail on to the address, which so cannot go away. O(domains and aliases).</summary>
    public bool RefersTo(string address) =>
        Settings.Postmaster == address || Domains.Values.Any(domain => domain.CatchAll == address) || Aliases.Values.Any(alias => alias.Members.Contains(address, StringComparer.Ordinal));

    internal static DirectoryState Load(DirectoryContents contents) => new(
        contents.Domains.ToImmutableSortedDictionary(domain => domain.Name, domain => domain, StringComparer.Ordinal),
        contents.Accounts.ToImmutableSortedDictionary(row => row.Id, row => new AccountEntry(row.Id, row.Name, row.Access) { DisplayName = row.DisplayName }),
        contents.Addresses.Where(row => row.Account is not null).ToImmutableDictionary(row => row.Address, row => row.Account!.Value, StringComparer.Ordinal),
        contents.Keys.ToImmutableDictionary(key => key.Fingerprint, StringComparer.Ordinal),
        contents.NextAccount)
    {
        Aliases = contents.Aliases.ToImmutableSortedDictionary(alias => alias.Address, alias => alias, StringComparer.Ordinal),
        Settings = contents.Settings,
        Administrators = contents.Administrators.ToImmutableSortedDictionary(entry => entry.Name, entry => entry, StringComparer.Ordinal),
        Tokens = contents.Tokens.ToImmutableDictionary(token => token.Hash, StringComparer.Ordinal),
        Sessions = contents.Sessions.ToImmutableDictionary(session => session.Id, StringComparer.Ordinal),
    };

    /// <summary>Whether nothing differs; for the consistency check.</summary>
    internal bool IsSame(DirectoryState other) =>
        Domains.SequenceEqual(other.Domains) && Accounts.SequenceEqual(other.Accounts) && NextAccount == other.NextAccount && Settings == other.Settings
        && Aliases.SequenceEqual(other.Aliases) && Administrators.SequenceEqual(other.Administrators)
        && IsSame(Addresses, other.Addresses) && IsSame(Keys, other.Keys) && IsSame(Tokens, other.Tokens) && IsSame(Sessions, other.Sessions);

    private static bool IsSame<T>(ImmutableDictionary<string, T> one, ImmutableDictionary<string, T> other) =>
        one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var value) && EqualityComparer<T>.Default.Equals(value, entry.Value));
}

/// <summary>An account as logins and deliveries see it.</summary>
/// <param name="Id">Number.</param>
/// <param name="Name">Name: its first address.</param>
/// <param name="Access">Who gets in.</param>
public sealed record AccountEntry(AccountId Id, string Name, AccountAccess Access)
{
    /// <summary>Name of the person, for people; may be empty.</summary>
    public string DisplayName { get; init; } = "";
}
