using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Gives an account a key that logs in.</summary>
internal sealed class AddKey(LoginKey key) : StoreOperation<Done>
{
    internal override StoreResult<Done> Apply(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (context.Find(key.Account) is null || !state.Addresses.TryGetValue(key.Address, out var owner) || owner != key.Account)
        {
            return Refusal.NoSuchAccount;
        }

        if (state.Keys.ContainsKey(key.Fingerprint))
        {
            return Refusal.AlreadyExists;
        }

        if (key.Name.Length == 0 || key.Name.Length > context.Limits.KeyNameCharsMax || key.Name.Any(char.IsControl))
        {
            return Refusal.BadName;
        }

        if (state.Keys.Values.Count(other => other.Account == key.Account) >= context.Limits.KeysPerAccountMax)
        {
            return Refusal.LimitReached;
        }

        context.Directory.Update(state with { Keys = state.Keys.Add(key.Fingerprint, key) });
        context.Batch.LoginKeys.Add(new(key.Fingerprint, key));
        return default(Done);
    }
}
