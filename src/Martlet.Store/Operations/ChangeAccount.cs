using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Changes password or limits of an account.</summary>
/// <param name="account">Account.</param>
/// <param name="change">Gives the new row; must leave counters alone.</param>
internal sealed class ChangeAccount(AccountId account, Func<AccountRow, AccountRow> change) : StoreOperation<Done>
{
    protected override StoreResult<Done> Apply(WriteContext context)
    {
        if (context.Find(account) is not { } staged)
        {
            return Refusal.NoSuchAccount;
        }

        staged.Update(change(staged.Row));
        var state = context.Directory.Contents;
        context.Directory.Update(state with { Accounts = state.Accounts.SetItem(account, state.Accounts[account] with { PasswordHash = staged.Row.PasswordHash }) });
        return default(Done);
    }
}
