using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>
/// Checks that the store is what <see cref="StoreInvariant"/> says: every row, every sum, every place, and on request every byte. Runs on the writer thread of
/// a running store (so that nothing changes meanwhile) or alone on a stopped one; it never changes anything unless it is given a repair.
/// </summary>
internal static class StoreCheck
{
    /// <summary>Checks everything.</summary>
    /// <param name="context">What to check with.</param>
    /// <param name="live">Compares memory too; null for a stopped store.</param>
    public static StoreReport Run(CheckContext context, LiveState? live)
    {
        context.TryRead("database", () =>
        {
            foreach (var complaint in context.Engine.CheckIntegrity())
            {
                context.Lost(StoreInvariant.Engine, "database", complaint);
            }

            foreach (var stray in context.Engine.FindStrays())
            {
                context.Lost(StoreInvariant.Owners, "database", stray);
            }
        });
        DirectoryContents? directory = null;
        context.TryRead("directory of accounts", () => directory = context.Engine.LoadDirectory());
        if (directory is not null)
        {
            DirectoryCheck.Run(context, directory);
            foreach (var account in directory.Accounts)
            {
                context.TryRead(context.NameOf(account.Id), () => AccountCheck.Run(context, account.Id));
                context.TryRead(context.NameOf(account.Id), () => LoginCheck.Run(context, account.Id, context.NameOf(account.Id)));
                context.Repair?.Commit(isLast: false);
            }

            const string Nobody = "logins of no account";
            context.TryRead(Nobody, () => LoginCheck.Run(context, LoginEntry.Nobody, Nobody));
        }

        var messages = context.Uses.Count;
        context.Uses.Sort();
        new EmailCheck(context, live).Run();
        live?.Compare(context, directory);
        context.Repair?.Commit(isLast: true);
        return new StoreReport
        {
            Findings = context.Findings.Kept,
            FindingCount = context.Findings.Count,
            Repairs = context.Repair?.Done ?? [],
            Accounts = context.Accounts,
            Mailboxes = context.Mailboxes,
            Messages = messages,
            Emails = context.Emails,
            Bytes = context.Bytes,
        };
    }
}
