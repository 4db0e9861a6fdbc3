using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Changes password or limits of an account.</summary>
/// <param name="account">Account.</param>
/// <param name="change">Gives the new row, or null when it is not as expected any more; must leave counters alone.</param>
internal sealed class ChangeAccount(AccountId account, Func<AccountRow, AccountRow?> change) : StoreOperation<Done>
{
    internal override StoreResult<Done> Apply(WriteContext context)
    {
        if (context.Find(account) is not { } staged)
        {
            return Refusal.NoSuchAccount;
        }

        if (change(staged.Row) is not { } row)
        {
            return Refusal.Changed;
        }

        var (before, name) = (staged.Row.Access, staged.Row.DisplayName);
        staged.Update(row);
        if (row.Access != before || row.DisplayName != name)
        {
            var state = context.Directory.Contents;
            context.Directory.Update(state with { Accounts = state.Accounts.SetItem(account, state.Accounts[account] with { Access = row.Access, DisplayName = row.DisplayName }) });
            staged.IsAccessTouched = row.Access != before;
        }

        // Another password, or a disabled account: whoever is signed in on the pages with the one before is not any more.
        if (row.Access.PasswordNumber != before.PasswordNumber || row.Access.IsDisabled)
        {
            new RemoveSessions(session => session.Account == account).Stage(context);
        }

        return default(Done);
    }
}
