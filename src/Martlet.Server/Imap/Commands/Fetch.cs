using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Fetch;

namespace Martlet.Server.Imap.Commands;

/// <summary>FETCH and UID FETCH: RFC 9051 §6.4.5.</summary>
internal static class Fetch
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, FetchCommand command, bool isUid)
    {
        if (command.ChangedSince is not null || command.Items.Any(item => item.Kind == FetchItemKind.ModSeq))
        {
            return ImapResult.Bad("CONDSTORE is not offered.");
        }

        if (!session.Open.TryResolve(command.Messages, isUid, out var uids))
        {
            return ImapResult.Bad("There are not so many messages.");
        }

        using var run = new FetchRun(session, command.Items, withUid: isUid);
        await run.RunAsync(uids, command.ChangedSince);
        return run.FoundDamage ? ImapResult.No(ResponseCode.Corruption, "Some stored data is damaged; the administrator's log says which.")
            : run.FoundUnknownEncoding ? ImapResult.No(ResponseCode.UnknownCte, "A part has a transfer encoding that is not known here.")
            : run.FoundExpunged && !isUid ? ImapResult.No(ResponseCode.ExpungeIssued, "Some of the messages are gone.")
            : ImapResult.Ok("Done.");
    }
}
