using System.Collections.Immutable;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Directory;

/// <summary>Domains, accounts, addresses and keys at one moment. Immutable.</summary>
/// <param name="Domains">Domains, lower case A-labels.</param>
/// <param name="Accounts">Accounts by number.</param>
/// <param name="Addresses">Accounts by address.</param>
/// <param name="Keys">Keys that log in, by fingerprint.</param>
/// <param name="NextAccount">Next account number.</param>
public sealed record DirectoryState(
    ImmutableSortedSet<string> Domains,
    ImmutableSortedDictionary<AccountId, AccountEntry> Accounts,
    ImmutableDictionary<string, AccountId> Addresses,
    ImmutableDictionary<string, LoginKey> Keys,
    AccountId NextAccount)
{
    internal static DirectoryState Load(DirectoryContents contents) => new(
        ImmutableSortedSet.CreateRange(StringComparer.Ordinal, contents.Domains),
        contents.Accounts.ToImmutableSortedDictionary(row => row.Id, row => new AccountEntry(row.Id, row.Name, row.Access)),
        contents.Addresses.Where(row => row.Account is not null).ToImmutableDictionary(row => row.Address, row => row.Account!.Value, StringComparer.Ordinal),
        contents.Keys.ToImmutableDictionary(key => key.Fingerprint, StringComparer.Ordinal),
        contents.NextAccount);
}

/// <summary>An account as logins and deliveries see it.</summary>
/// <param name="Id">Number.</param>
/// <param name="Name">Name: its first address.</param>
/// <param name="Access">Who gets in.</param>
public sealed record AccountEntry(AccountId Id, string Name, AccountAccess Access);
