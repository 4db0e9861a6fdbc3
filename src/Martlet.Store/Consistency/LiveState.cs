using Martlet.Store.Directory;
using Martlet.Store.Engine;
using Martlet.Store.Writing;

namespace Martlet.Store.Consistency;

/// <summary>What a running store holds in memory, against what its engine says. Used on the writer thread, where nothing changes.</summary>
/// <param name="accounts">Accounts in memory.</param>
/// <param name="directory">Directory in memory.</param>
/// <param name="largeUnderWay">How many sessions are writing large messages.</param>
/// <param name="openSegment">The segment being written.</param>
internal sealed class LiveState(AccountCache accounts, AccountDirectory directory, Func<int> largeUnderWay, long openSegment)
{
    /// <summary>The segment being written, which has no row before its first commit.</summary>
    public long OpenSegment => openSegment;

    /// <summary>Whether files of large messages may be there before their rows.</summary>
    public bool HasLargeUnderWay => largeUnderWay() > 0;

    public void Compare(CheckContext context, DirectoryContents? stored)
    {
        if (stored is not null)
        {
            CompareDirectory(context, DirectoryState.Load(stored));
        }

        foreach (var account in accounts.Loaded)
        {
            context.TryRead(context.NameOf(account.Id), () => Compare(context, account));
        }
    }

    private void CompareDirectory(CheckContext context, DirectoryState stored)
    {
        if (!directory.Current.IsSame(stored))
        {
            context.Lost(StoreInvariant.Memory, "directory of accounts", "memory and database differ: restart the server");
        }
    }

    private static void Compare(CheckContext context, Account account)
    {
        var where = context.NameOf(account.Id);
        if (context.Engine.LoadAccount(account.Id) is not { } stored)
        {
            Differs(context, where, "it is in memory only");
            return;
        }

        if (account.Row != stored.Account)
        {
            Differs(context, where, $"memory has {account.Row}, the database {stored.Account}");
        }

        if (!account.Keywords.IsSame(stored.Keywords))
        {
            Differs(context, where, "the keywords are others");
        }

        if (!account.Subscriptions.SetEquals(stored.Subscriptions))
        {
            Differs(context, where, "the subscriptions are others");
        }

        var annotations = stored.ToTable();
        if (annotations.ChangesSince(account.Annotations).Count > 0 || (annotations.Count, annotations.Bytes) != (account.Annotations.Count, account.Annotations.Bytes))
        {
            Differs(context, where, "the annotations are others");
        }

        if (account.Mailboxes.Count != stored.Mailboxes.Count)
        {
            Differs(context, where, $"memory has {account.Mailboxes.Count} mailboxes, the database {stored.Mailboxes.Count}");
        }

        foreach (var row in stored.Mailboxes)
        {
            if (account.FindMailbox(row.Info.Name) is not { } mailbox || mailbox.Id != row.Id || mailbox.Info != row.Info)
            {
                Differs(context, context.NameOf(account.Id, row.Id), "its row is another");
            }
            else if (mailbox.Index.FindDifference(context.Engine) is { } difference)
            {
                Differs(context, context.NameOf(account.Id, row.Id), difference);
            }
        }
    }

    private static void Differs(CheckContext context, string where, string what) =>
        context.Lost(StoreInvariant.Memory, where, $"memory and database differ: {what}; restart the server");
}
