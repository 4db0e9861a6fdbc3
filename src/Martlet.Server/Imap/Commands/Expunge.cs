using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>EXPUNGE and UID EXPUNGE: RFC 9051 §6.4.3, §6.4.9. Only messages this client knows go: others may have arrived with \Deleted since.</summary>
internal static class Expunge
{
    private const int MessagesAtOnce = 10_000;

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

        // The EXPUNGE responses come with what else is pending, before the tagged reply.
        var refusal = await ExpungeAsync(session, uids);
        return refusal == Refusal.None ? ImapResult.Ok("Done.") with { NamesModSeq = true } : StoreReplies.For(refusal);
    }

    /// <summary>Expunges those of the messages that have \Deleted, in pieces, so that a large mailbox does not hold up everybody else's mail.</summary>
    public static async ValueTask<Refusal> ExpungeAsync(ImapSession session, uint[] uids)
    {
        var selected = session.Open;
        if (selected.Mailbox.IsDeleted)
        {
            return Refusal.NoSuchMailbox;
        }

        var deleted = selected.View.UidsWith(MessageFlags.Deleted).Where(uid => Array.BinarySearch(uids, uid) >= 0).Select(uid => new Uid(uid));
        foreach (var piece in deleted.Chunk(MessagesAtOnce))
        {
            var result = await session.Store.ExpungeAsync(selected.Mailbox, piece);
            if (!result.IsDone)
            {
                return result.Refusal;
            }
        }

        return Refusal.None;
    }

    /// <summary>Reply to changes in a mailbox opened with EXAMINE.</summary>
    public static readonly ImapResult ReadOnly = ImapResult.No(ResponseCode.NoPerm, "The mailbox is open read-only.");
}
