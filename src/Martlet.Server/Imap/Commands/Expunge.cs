using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>EXPUNGE and UID EXPUNGE: RFC 9051 §6.4.3, §6.4.9. Only messages this client knows go: others may have arrived with \Deleted since.</summary>
internal static class Expunge
{
    private const int MessagesAtOnce = 10_000;

    public static ValueTask<ImapResult> RunAsync(ImapSession session) => RunAsync(session, Deleted(session.Open));

    public static ValueTask<ImapResult> RunAsync(ImapSession session, UidExpungeCommand command)
    {
        session.Open.TryResolve(command.Uids, isUid: true, out var uids);
        return RunAsync(session, [.. Deleted(session.Open).Where(uid => Array.BinarySearch(uids, uid.Value) >= 0)]);
    }

    private static async ValueTask<ImapResult> RunAsync(ImapSession session, Uid[] deleted)
    {
        if (session.Open.IsReadOnly)
        {
            return ReadOnly;
        }

        var mailbox = session.Open.Mailbox;
        if (mailbox.IsDeleted)
        {
            return StoreReplies.For(Refusal.NoSuchMailbox);
        }

        // In pieces, so that a large mailbox does not hold up everybody else's mail. Each is told before the next, the last one before the tagged reply.
        foreach (var piece in deleted.Chunk(MessagesAtOnce))
        {
            var result = await session.Store.ExpungeAsync(mailbox, piece, origin: session.Origin);
            if (!result.IsDone)
            {
                return StoreReplies.For(result.Refusal);
            }

            if (piece.Length == MessagesAtOnce)
            {
                await session.Updates.TellAsync(withExpunged: true, isExpunge: true);
            }
        }

        return ImapResult.Ok("Done.") with { NamesModSeq = true };
    }

    /// <summary>CLOSE: what has \Deleted goes, and nobody is told here.</summary>
    public static async ValueTask CloseAsync(ImapSession session)
    {
        var mailbox = session.Open.Mailbox;
        var deleted = session.Open.IsReadOnly ? [] : Deleted(session.Open);
        session.Deselect();
        foreach (var piece in deleted.Chunk(MessagesAtOnce))
        {
            await session.Store.ExpungeAsync(mailbox, piece, origin: session.Origin);
        }
    }

    private static Uid[] Deleted(SelectedMailbox selected) =>
        [.. selected.View.UidsWith(MessageFlags.Deleted).Where(uid => selected.Map.Find(uid) > 0).Select(uid => new Uid(uid))];

    /// <summary>Reply to changes in a mailbox opened with EXAMINE.</summary>
    public static readonly ImapResult ReadOnly = ImapResult.No(ResponseCode.NoPerm, "The mailbox is open read-only.");
}
