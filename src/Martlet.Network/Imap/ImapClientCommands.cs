using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Commands;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Network.Imap;

/// <summary>Short forms of the commands of every day. Sets are UIDs. Each gives the result of <see cref="ImapClient.ExecuteAsync"/>; what is not here is run with that.</summary>
public static class ImapClientCommands
{
    extension(ImapClient client)
    {
        /// <summary>NOOP: also how changes are learnt without IDLE.</summary>
        public Task<ImapResult> NoopAsync(CancellationToken cancel = default) => client.ExecuteAsync(BareRequest.Noop, handlers: null, cancel);

        /// <summary>SELECT; what the server says of the mailbox is in <see cref="ImapClient.Selected"/>.</summary>
        public Task<ImapResult> SelectAsync(string mailbox, CancellationToken cancel = default) =>
            client.ExecuteAsync(new SelectRequest(new MailboxName(mailbox)), handlers: null, cancel);

        /// <summary>EXAMINE: SELECT for reading only.</summary>
        public Task<ImapResult> ExamineAsync(string mailbox, CancellationToken cancel = default) =>
            client.ExecuteAsync(new SelectRequest(new MailboxName(mailbox)) { IsReadOnly = true }, handlers: null, cancel);

        /// <summary>ENABLE. UTF8=ACCEPT and IMAP4rev2 make mailbox names and strings UTF-8 from now on.</summary>
        public Task<ImapResult> EnableAsync(params IReadOnlyList<string> capabilities) => client.ExecuteAsync(new EnableRequest(capabilities));

        /// <summary>LIST: <see cref="ListData"/> for each mailbox.</summary>
        /// <param name="pattern">With <c>*</c> and <c>%</c>.</param>
        /// <param name="cancel">As in <see cref="ImapClient.ExecuteAsync"/>.</param>
        public Task<ImapResult> ListAsync(string pattern = "*", CancellationToken cancel = default) =>
            client.ExecuteAsync(new ListRequest(default, pattern), handlers: null, cancel);

        /// <summary>STATUS: one <see cref="StatusData"/>.</summary>
        public Task<ImapResult> StatusAsync(string mailbox, StatusItems items, CancellationToken cancel = default) =>
            client.ExecuteAsync(new StatusRequest(new MailboxName(mailbox), items), handlers: null, cancel);

        /// <summary>UID FETCH without message data, or with little of it: <see cref="FetchData"/> for each message, also for those that changed meanwhile.</summary>
        public Task<ImapResult> FetchAsync(NumSet uids, params IReadOnlyList<FetchItem> items) => client.ExecuteAsync(new FetchRequest(uids, items));

        /// <summary>UID FETCH of whole messages, without setting \Seen, each streamed to a handler. UID comes with each.</summary>
        /// <param name="uids">Which.</param>
        /// <param name="onMessage">Gets each message while it comes in.</param>
        /// <param name="cancel">Ends the connection.</param>
        public Task<ImapResult> DownloadAsync(NumSet uids, ImapDataHandler onMessage, CancellationToken cancel = default) => client.ExecuteAsync(
            new FetchRequest(uids, new FetchItem(FetchItemKind.Uid), new FetchItem(FetchItemKind.Section) { Section = Section.Message, IsPeek = true }),
            new ImapHandlers { OnData = onMessage, OnResponse = static response => response is FetchData },
            cancel);

        /// <summary>UID SEARCH. Works with old and new servers: SEARCH and ESEARCH give the same.</summary>
        /// <returns>The result, and the UIDs found in it.</returns>
        public async Task<(ImapResult Result, NumSet Uids)> SearchAsync(SearchKey key, CancellationToken cancel = default)
        {
            var returns = client.Capabilities.Has(Capability.ESearch) || client.Capabilities.Has(Capability.Imap4Rev2) ? SearchReturns.All : SearchReturns.None;
            var result = await client.ExecuteAsync(new SearchRequest(key) { Returns = returns }, handlers: null, cancel).ConfigureAwait(false);
            if (result.Last<ESearchData>() is { All: { } all })
            {
                return (result, all.Resolve(0)); // No "*" is in it.
            }

            var uids = new NumSetBuilder();
            foreach (var uid in result.All<SearchData>().SelectMany(static data => data.Numbers))
            {
                if (uid > 0)
                {
                    uids.Add(uid);
                }
            }

            return (result, uids.ToSet());
        }

        /// <summary>UID STORE.</summary>
        public Task<ImapResult> StoreAsync(NumSet uids, StoreAction action, params IReadOnlyList<Flag> flags) => client.ExecuteAsync(new StoreRequest(uids, action, flags));

        /// <summary>UID COPY; the new UIDs are in <see cref="CopyUidCode"/>.</summary>
        public Task<ImapResult> CopyAsync(NumSet uids, string mailbox, CancellationToken cancel = default) =>
            client.ExecuteAsync(new CopyRequest(uids, new MailboxName(mailbox)), handlers: null, cancel);

        /// <summary>UID MOVE; the new UIDs are in <see cref="CopyUidCode"/>.</summary>
        public Task<ImapResult> MoveAsync(NumSet uids, string mailbox, CancellationToken cancel = default) =>
            client.ExecuteAsync(new MoveRequest(uids, new MailboxName(mailbox)), handlers: null, cancel);

        /// <summary>APPEND of messages; the new UIDs are in <see cref="AppendUidCode"/>.</summary>
        public Task<ImapResult> AppendAsync(string mailbox, params IReadOnlyList<OutgoingMessage> messages) =>
            client.ExecuteAsync(new AppendRequest(new MailboxName(mailbox), messages));

        /// <summary>UID EXPUNGE of these, where the server can; it removes only those with \Deleted.</summary>
        public Task<ImapResult> ExpungeAsync(NumSet uids, CancellationToken cancel = default) => client.ExecuteAsync(new UidExpungeRequest(uids), handlers: null, cancel);
    }
}
