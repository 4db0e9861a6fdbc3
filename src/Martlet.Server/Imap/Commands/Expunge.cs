using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>EXPUNGE and UID EXPUNGE: RFC 9051 §6.4.3, §6.4.9. Only messages this client knows go: others may have arrived with \Deleted since.</summary>
internal static class Expunge
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session) => RunAsync(session, session.Open.Map.Uids.ToArray());

    public static ValueTask<ImapResult> RunAsync(ImapSession session, UidExpungeCommand command)
    {
        session.Open.TryResolve(command.Uids, isUid: true, out var uids);
        return RunAsync(session, uids);
    }

    private static async ValueTask<ImapResult> RunAsync(ImapSession session, uint[] uids)
    {
        if (session.Open.IsReadOnly)
        {
            return ReadOnly;
        }

        var result = await session.Store.ExpungeAsync(session.Open.Mailbox, [.. uids.Select(uid => new Uid(uid))]);
        // The EXPUNGE responses come with what else is pending, before the tagged reply.
        return result.IsDone ? ImapResult.Ok("Done.") : StoreReplies.For(result.Refusal);
    }

    /// <summary>Reply to changes in a mailbox opened with EXAMINE.</summary>
    public static readonly ImapResult ReadOnly = ImapResult.No(ResponseCode.NoPerm, "The mailbox is open read-only.");
}
