using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Search;
using Martlet.Store;
using Martlet.Store.Changes;

namespace Martlet.Server.Imap.Commands;

/// <summary>ESEARCH: the selected mailbox or others, one response for each that has hits (RFC 7377).</summary>
internal static class ESearch
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, ESearchCommand command)
    {
        var search = command.Search;
        if (session.Selected is null && command.Sources.Any(source => source.Kind == MailboxFilterKind.Selected))
        {
            return ImapResult.Bad("Select a mailbox first.");
        }

        if (Commands.Search.Begin(session, search) is { } refusal)
        {
            return refusal;
        }

        IReadOnlyList<Mailbox> mailboxes = command.IsSelectedOnly
            ? [session.Open.Mailbox]
            : MailboxFilters.Resolve(session.LoggedIn, session.Selected?.Mailbox, command.Sources);
        if (mailboxes.Count > session.Options.SearchMailboxesMax)
        {
            return ImapResult.No(ResponseCode.Limit, "Too many mailboxes for one search."); // RFC 7377 §2.4.
        }

        using var run = new SearchRun(session, search, mailboxes.Sum(mailbox => (long)mailbox.Info.Messages));
        SearchHits? last = null;
        foreach (var mailbox in mailboxes)
        {
            session.Connection.Stopping.ThrowIfCancellationRequested();
            last = await FindAsync(session, run, mailbox);
            if (last.Uids.Count > 0 && search.Returns != SearchReturns.Save)
            {
                ESearchWriter.Write(session, search, last, mailbox);
                await session.FlushIfLargeAsync();
            }
        }

        // With SAVE there is one mailbox only, the selected one.
        return Commands.Search.Finish(session, search, run, last);
    }

    private static async ValueTask<SearchHits> FindAsync(ImapSession session, SearchRun run, Mailbox mailbox)
    {
        if (session.Selected is { } selected && selected.Mailbox == mailbox)
        {
            // As its client knows it: no message that it has not been told of.
            return await run.FindAsync(SearchedMailbox.Of(selected));
        }

        using var view = await session.Store.OpenViewAsync(mailbox, new ChangeSignal());
        return await run.FindAsync(SearchedMailbox.Of(view));
    }
}
