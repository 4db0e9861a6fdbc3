using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Subscribes or unsubscribes a name. The name need not exist as a mailbox (RFC 9051 §6.3.7).</summary>
internal sealed class SetSubscribed(Account account, string name, bool isSubscribed) : StoreOperation<Done>
{
    internal override StoreResult<Done> Apply(WriteContext context)
    {
        if (context.Find(account.Id) is not { } staged)
        {
            return Refusal.NoSuchAccount;
        }

        if (!MailboxPath.TryNormalize(name, context.Limits, out var path))
        {
            return Refusal.BadName;
        }

        if (isSubscribed && staged.Subscriptions.Count >= context.Limits.SubscriptionsMax && !staged.Subscriptions.Contains(path))
        {
            return Refusal.LimitReached;
        }

        staged.SetSubscribed(context, path, isSubscribed);
        return default(Done);
    }
}
