using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Puts logins into the history. Limits hold within the same transaction, so that no flood of attempts makes the table grow beyond them.</summary>
internal sealed class AddLogins(IReadOnlyList<LoginEntry> logins) : StoreOperation<Done>
{
    private const int EntryBytes = 300;

    public override long Bytes => (long)logins.Count * EntryBytes;

    internal override StoreResult<Done> Apply(WriteContext context)
    {
        if (logins.Count > context.Limits.LoginsAtOnceMax)
        {
            return Refusal.LimitReached;
        }

        var touched = new HashSet<(AccountId Account, bool IsSuccess)>();
        foreach (var login in logins)
        {
            if (login.Account == LoginEntry.Nobody || context.Directory.Contents.Accounts.ContainsKey(login.Account))
            {
                var fitted = login.Fitted(context.Limits.LoginTextCharsMax);
                context.Batch.Logins.Add(new(fitted.Key(), fitted));
                touched.Add((login.Account, login.IsSuccess));
            }
        }

        foreach (var (account, isSuccess) in touched)
        {
            context.Batch.LoginBounds.Add(new(account, isSuccess, Most(context.Limits, account, isSuccess)));
        }

        context.LeavesWork |= context.Engine.ReadOldestLogin() < context.Now - context.Limits.LoginsKept;
        return default(Done);
    }

    private static int Most(StoreLimits limits, AccountId account, bool isSuccess) =>
        account == LoginEntry.Nobody ? limits.LoginsOfNobodyMax : isSuccess ? limits.LoginSuccessesMax : limits.LoginFailuresMax;
}
