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

        var domains = directory.Domains.ToHashSet(StringComparer.Ordinal);
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
    }
}
