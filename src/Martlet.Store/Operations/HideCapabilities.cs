using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Hides IMAP capabilities from an account's clients, and shows them again. Which names there are is the server's knowledge.</summary>
internal sealed class HideCapabilities(AccountId account, IReadOnlyCollection<string> hide, IReadOnlyCollection<string> show) : StoreOperation<Done>
{
    private const int NameBytesMax = 64;

    internal override StoreResult<Done> Apply(WriteContext context)
    {
        if (context.Find(account) is not { } staged)
        {
            return Refusal.NoSuchAccount;
        }

        if (hide.Any(name => name.Length is 0 or > NameBytesMax || name.AsSpan().ContainsAnyExceptInRange('!', '~')))
        {
            return Refusal.BadName;
        }

        var names = new SortedSet<string>(staged.Row.HiddenCapabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
        var before = names.Count;
        names.UnionWith(hide);
        names.ExceptWith(show);
        if (names.Count > context.Limits.HiddenCapabilitiesMax && names.Count > before)
        {
            return Refusal.LimitReached;
        }

        staged.Update(staged.Row with { HiddenCapabilities = string.Join(' ', names) });
        return default(Done);
    }
}
