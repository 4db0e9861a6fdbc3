using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Gives an account one more address.</summary>
internal sealed class AddAddress(AccountId account, string address) : StoreOperation<Done>
{
    internal override StoreResult<Done> Apply(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (context.Find(account) is null)
        {
            return Refusal.NoSuchAccount;
        }

        if (!state.Domains.ContainsKey(address[(address.LastIndexOf('@') + 1)..]))
        {
            return Refusal.NoSuchDomain;
        }

        if (state.IsTarget(address))
        {
            return Refusal.AlreadyExists;
        }

        if (state.Addresses.Values.Count(owner => owner == account) >= context.Limits.AddressesPerAccountMax)
        {
            return Refusal.LimitReached;
        }

        context.Directory.Update(state with { Addresses = state.Addresses.Add(address, account) });
        context.Batch.Addresses.Add(new(address, account));
        return default(Done);
    }
}
