using Martlet.Store.Writing;

namespace Martlet.Store;

/// <summary>What the store holds in memory and has to do at one moment, for metrics.</summary>
/// <param name="Waiting">Operations that wait for the writer.</param>
/// <param name="Accounts">Accounts in memory.</param>
/// <param name="Mailboxes">Mailboxes whose messages are in memory.</param>
/// <param name="CachedMessages">Messages in memory, about 41 bytes each.</param>
/// <param name="IsFailing">Whether the last write failed.</param>
public readonly record struct StoreLoad(int Waiting, int Accounts, int Mailboxes, long CachedMessages, bool IsFailing)
{
    internal static StoreLoad Of(AccountCache accounts, StoreWriter writer)
    {
        var loaded = accounts.Loaded;
        var (mailboxes, messages) = (0, 0L);
        foreach (var account in loaded)
        {
            foreach (var (_, mailbox) in account.Mailboxes)
            {
                if (mailbox.Index.IsLoaded)
                {
                    mailboxes++;
                    messages += mailbox.Index.CachedRows;
                }
            }
        }

        return new StoreLoad(writer.Waiting, loaded.Count, mailboxes, messages, writer.IsFailing);
    }
}
