using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Changes the name of a key that logs in, or whether it opens IMAP connections (PREAUTH). NoSuchKey, BadName.</summary>
/// <param name="Fingerprint">Of the key.</param>
/// <param name="Change">Gives the key as it is to be; runs on the writer thread.</param>
public sealed record ChangeKey(string Fingerprint, Func<LoginKey, LoginKey> Change) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Keys.TryGetValue(Fingerprint, out var key))
        {
            return Refusal.NoSuchKey;
        }

        // Whose it is and what it logs in as never changes: that is another key.
        var wanted = Change(key);
        var changed = key with { Name = wanted.Name, MayPreauth = wanted.MayPreauth };
        if (changed.Name.Length == 0 || changed.Name.Length > context.Limits.KeyNameCharsMax || changed.Name.Any(char.IsControl))
        {
            return Refusal.BadName;
        }

        context.Directory.Update(state with { Keys = state.Keys.SetItem(Fingerprint, changed) });
        context.Batch.LoginKeys.Add(new(Fingerprint, changed));
        return Refusal.None;
    }
}
