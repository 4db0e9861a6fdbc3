using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Takes an address from its account. The one that is the account's name stays as long as the account.</summary>
internal sealed class RemoveAddress(string address) : StoreOperation<AccountId>
{
    protected override StoreResult<AccountId> Apply(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Addresses.TryGetValue(address, out var account))
        {
            return Refusal.NoSuchAccount;
        }

        if (state.Accounts[account].Name == address)
        {
            return Refusal.InUse;
        }

        context.Directory.Update(state with { Addresses = state.Addresses.Remove(address) });
        context.Batch.Addresses.Add(new(address, Account: null));
        if (context.Find(account) is { } staged)
        {
            staged.IsAccessTouched = true;
        }

        return account;
    }
}
