using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Takes an address from its account, and the keys that log in as it. The one that is the account's name stays as long as the account.</summary>
internal sealed class RemoveAddress(string address) : StoreOperation<AccountId>
{
    internal override StoreResult<AccountId> Apply(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Addresses.TryGetValue(address, out var account))
        {
            return Refusal.NoSuchAccount;
        }

        if (state.Accounts[account].Name == address || state.RefersTo(address))
        {
            return Refusal.InUse;
        }

        var keys = state.Keys.Values.Where(key => key.Address == address).Select(key => key.Fingerprint).ToArray();
        context.Directory.Update(state with { Addresses = state.Addresses.Remove(address), Keys = state.Keys.RemoveRange(keys) });
        context.Batch.Addresses.Add(new(address, Account: null));
        context.Batch.LoginKeys.AddRange(keys.Select(key => new LoginKeyRow(key, Key: null)));
        if (context.Find(account) is { } staged)
        {
            staged.IsAccessTouched = true;
        }

        return account;
    }
}
