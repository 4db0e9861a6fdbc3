using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Drops the keywords and sets that no message of an account has, and no session can still see.</summary>
/// <param name="account">Account.</param>
/// <param name="use">What its messages have. Looked up before, because it takes long; worth nothing when the account has changed since.</param>
/// <returns>Whether it was done; otherwise look again.</returns>
internal sealed class DropKeywords(Account account, KeywordUse use) : StoreOperation<bool>
{
    internal override StoreResult<bool> Apply(WriteContext context)
    {
        if (context.Find(account.Id) is not { } staged || staged.Account != account)
        {
            return Refusal.NoSuchAccount;
        }

        if (staged.Row.ModSeq != use.ModSeq)
        {
            return false;
        }

        var wanted = use.Sets.ToHashSet();
        foreach (var (_, mailbox) in account.Mailboxes)
        {
            mailbox.Index.AddGhostSets(wanted);
        }

        staged.Keywords = staged.Keywords.KeepingOnly(wanted);
        return true;
    }
}
