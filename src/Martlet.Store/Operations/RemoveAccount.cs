using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Removes an account with all its mail; InUse while an alias, a catch-all or the postmaster sends mail to it. Open sessions on it end; the bytes are freed in the background.</summary>
internal sealed class RemoveAccount(AccountId account) : StoreOperation<Done>
{
    internal override StoreResult<Done> Apply(WriteContext context)
    {
        if (context.Find(account) is not { } staged)
        {
            return Refusal.NoSuchAccount;
        }

        var state = context.Directory.Contents;
        var addresses = state.Addresses.Where(entry => entry.Value == account).Select(entry => entry.Key).ToArray();
        if (addresses.Any(state.RefersTo))
        {
            return Refusal.InUse;
        }

        new RemoveSessions(session => session.Account == account).Stage(context);
        state = context.Directory.Contents;
        var keys = state.Keys.Values.Where(key => key.Account == account).Select(key => key.Fingerprint).ToArray();
        context.Directory.Update(state with
        {
            Accounts = state.Accounts.Remove(account),
            Addresses = state.Addresses.RemoveRange(addresses),
            Keys = state.Keys.RemoveRange(keys),
        });
        foreach (var address in addresses)
        {
            context.Batch.Addresses.Add(new(address, Account: null));
        }

        foreach (var key in keys)
        {
            context.Batch.LoginKeys.Add(new(key, Key: null));
        }

        context.Note(new AccountRemoved(account, Origin));
        staged.IsRemoved = true;
        context.Batch.RemovedAccounts.Add(account);
        context.LeavesWork = true;
        return default(Done);
    }
}
