using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Observe.Journal;

/// <summary>Asks the journal of a server.</summary>
public static class MailTrace
{
    /// <summary>Journeys of messages; what was recorded before the call is in them.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="store">Knows the accounts' names.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="IOException">The journal's files cannot be read.</exception>
    public static async Task<TraceResult> FindAsync(MailJournal journal, MailStore store, TraceQuery query, CancellationToken cancel)
    {
        await journal.FlushAsync(cancel);
        var words = new TraceWords(account => store.Directory.Find(new AccountId(account))?.Name);
        return await new TraceFinder(journal.Folder, query, words).FindAsync(cancel);
    }
}
