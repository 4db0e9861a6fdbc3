using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Fetch;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>FETCH and UID FETCH: RFC 9051 §6.4.5, with CHANGEDSINCE and VANISHED (RFC 7162 §3.1.4, §3.2.6) and PARTIAL (RFC 9394).</summary>
internal static class Fetch
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, FetchCommand command, bool isUid)
    {
        if (command.Vanished && !(isUid && session.Has(ImapFeatures.QResync)))
        {
            return ImapResult.Bad("VANISHED is for UID FETCH after ENABLE QRESYNC.");
        }

        if (command.Partial is not null && !isUid)
        {
            return ImapResult.Bad("PARTIAL is for UID FETCH.");
        }

        if (!session.Open.TryResolve(command.Messages, isUid, out var uids))
        {
            return ImapResult.Bad("There are not so many messages.");
        }

        if (command.ChangedSince is { } since)
        {
            session.Enable(ImapFeatures.CondStore);
            if (command.Vanished)
            {
                var gone = History.Vanished(session, new ModSeq(since), session.Open.ResolveHistoric(command.Messages));
                await VanishedReply.WriteAsync(session, gone, isEarlier: true);
            }

            uids = session.Open.ChangedSince(uids, new ModSeq(since));
        }
        else if (command.Items.Any(item => item.Kind == FetchItemKind.ModSeq))
        {
            session.Enable(ImapFeatures.CondStore);
        }

        if (command.Partial is { } partial)
        {
            var (start, count) = partial.In(uids.Length);
            uids = uids[start..(start + count)];
        }

        using var run = new FetchRun(session, command.Items, withUid: isUid, withModSeq: command.ChangedSince is not null);
        await run.RunAsync(uids);
        return run.FoundDamage ? ImapResult.No(ResponseCode.Corruption, "Some stored data is damaged; the administrator's log says which.")
            : run.FoundUnknownEncoding ? ImapResult.No(ResponseCode.UnknownCte, "A part has a transfer encoding that is not known here.")
            : run.FoundExpunged && !isUid ? ImapResult.No(ResponseCode.ExpungeIssued, "Some of the messages are gone.")
            : ImapResult.Ok("Done.");
    }
}
