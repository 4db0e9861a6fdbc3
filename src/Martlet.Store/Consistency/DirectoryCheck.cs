using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>Domains, accounts, addresses and keys.</summary>
internal static class DirectoryCheck
{
    public static void Run(CheckContext context, DirectoryContents directory)
    {
        var accounts = new HashSet<AccountId>();
        foreach (var account in directory.Accounts)
        {
            accounts.Add(account.Id);
            context.Name(account.Id, account.Name);
            if (account.Id >= directory.NextAccount || account.Id.Value < 1)
            {
                context.Derived(StoreInvariant.AccountNumbers, context.NameOf(account.Id), $"has number {account.Id}, and the next one is {directory.NextAccount}");
                context.Repair?.Put(account, $"{context.NameOf(account.Id)}: next account number set behind it");
            }
        }

        var domains = directory.Domains.Select(domain => domain.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var address in directory.Addresses)
        {
            if (address.Account is not { } account || !accounts.Contains(account))
            {
                context.Derived(StoreInvariant.Addresses, $"address {address.Address}", "belongs to no account that exists");
                context.Repair?.RemoveAddress(address.Address);
            }
            else if (!domains.Contains(address.Address[(address.Address.LastIndexOf('@') + 1)..]))
            {
                context.Lost(StoreInvariant.Addresses, $"address {address.Address}", "its domain is missing: add the domain again");
            }
        }

        foreach (var key in directory.Keys.Where(key => !accounts.Contains(key.Account)))
        {
            context.Derived(StoreInvariant.Addresses, $"key {key.Fingerprint}", "belongs to no account that exists");
            context.Repair?.RemoveKey(key.Fingerprint);
        }

        CheckTargets(context, directory, domains);
        CheckOwners(context, directory, accounts);
    }

    // Where an address sends mail on to is the administrator's to mend: nothing says where it was to go.
    private static void CheckTargets(CheckContext context, DirectoryContents directory, HashSet<string> domains)
    {
        var addresses = directory.Addresses.Select(row => row.Address).ToHashSet(StringComparer.Ordinal);
        var aliases = directory.Aliases.Select(alias => alias.Address).ToHashSet(StringComparer.Ordinal);
        foreach (var alias in directory.Aliases)
        {
            if (!domains.Contains(alias.Address[(alias.Address.LastIndexOf('@') + 1)..]) || addresses.Contains(alias.Address))
            {
                context.Lost(StoreInvariant.Targets, $"alias {alias.Address}", "has the address of an account, or its domain is missing: remove it");
            }

            foreach (var member in alias.Members.Where(member => !addresses.Contains(member)))
            {
                context.Lost(StoreInvariant.Targets, $"alias {alias.Address}", $"its member {member} does not exist: set its members anew");
            }
        }

        var others = directory.Domains.Select(domain => (Where: $"catch-all of {domain.Name}", Target: domain.CatchAll)).Append((Where: "postmaster of the server", Target: directory.Settings.Postmaster));
        foreach (var (where, target) in others.Where(other => other.Target is { } target && !addresses.Contains(target) && !aliases.Contains(target)))
        {
            context.Lost(StoreInvariant.Targets, where, $"{target} does not exist: set another");
        }
    }

    private static void CheckOwners(CheckContext context, DirectoryContents directory, HashSet<AccountId> accounts)
    {
        var administrators = directory.Administrators.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var token in directory.Tokens.Where(token => !administrators.Contains(token.Administrator)))
        {
            context.Derived(StoreInvariant.Sessions, $"token {token.Name}", "belongs to no administrator that exists");
            context.Repair?.RemoveToken(token.Hash);
        }

        foreach (var session in directory.Sessions.Where(session => session.Account is { } account ? !accounts.Contains(account) : !administrators.Contains(session.Administrator ?? "")))
        {
            context.Derived(StoreInvariant.Sessions, $"web session {session.Id[..8]}", "belongs to nobody who exists");
            context.Repair?.RemoveSession(session.Id);
        }
    }
}
