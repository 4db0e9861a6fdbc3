using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Takes a key away: it logs in no more, and sessions that it opened are woken to find that out.</summary>
internal sealed class RemoveKey(string fingerprint) : StoreOperation<LoginKey>
{
    internal override StoreResult<LoginKey> Apply(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Keys.TryGetValue(fingerprint, out var key))
        {
            return Refusal.NoSuchKey;
        }

        context.Directory.Update(state with { Keys = state.Keys.Remove(fingerprint) });
        context.Batch.LoginKeys.Add(new(fingerprint, Key: null));
        if (context.Find(key.Account) is { } staged)
        {
            staged.IsAccessTouched = true;
        }

        return key;
    }
}
