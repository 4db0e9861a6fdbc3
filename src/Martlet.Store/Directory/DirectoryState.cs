using System.Collections.Immutable;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Directory;

/// <summary>Domains, accounts and addresses at one moment. Immutable.</summary>
/// <param name="Domains">Domains, lower case A-labels.</param>
/// <param name="Accounts">Accounts by number.</param>
/// <param name="Addresses">Accounts by address.</param>
/// <param name="NextAccount">Next account number.</param>
public sealed record DirectoryState(
    ImmutableSortedSet<string> Domains,
    ImmutableSortedDictionary<AccountId, AccountEntry> Accounts,
    ImmutableDictionary<string, AccountId> Addresses,
    AccountId NextAccount)
{
    internal static DirectoryState Load(DirectoryContents contents) => new(
        ImmutableSortedSet.CreateRange(StringComparer.Ordinal, contents.Domains),
        contents.Accounts.ToImmutableSortedDictionary(row => row.Id, row => new AccountEntry(row.Id, row.Name, row.PasswordHash)),
        contents.Addresses.Where(row => row.Account is not null).ToImmutableDictionary(row => row.Address, row => row.Account!.Value, StringComparer.Ordinal),
        contents.NextAccount);
}

/// <summary>An account as logins and deliveries see it.</summary>
/// <param name="Id">Number.</param>
/// <param name="Name">Name: its first address.</param>
/// <param name="PasswordHash">Encoded hash, or null when no password logs in.</param>
public sealed record AccountEntry(AccountId Id, string Name, string? PasswordHash);
