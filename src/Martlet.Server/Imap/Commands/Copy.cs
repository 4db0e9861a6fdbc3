using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Imap.Commands;

/// <summary>COPY and UID COPY: RFC 9051 §6.4.7. Messages that are gone are skipped; none left is still OK (clients loop on NO).</summary>
internal static class Copy
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, CopyCommand command, bool isUid)
    {
        var selected = session.Open;
        if (!selected.TryResolve(command.Messages, isUid, out var uids))
        {
            return ImapResult.Bad("There are not so many messages.");
        }

        if (session.LoggedIn.FindMailbox(command.Destination.Value) is not { } destination)
        {
            return StoreReplies.NoSuchMailbox(isDestination: true);
        }

        // All or none (RFC 9051 §6.4.7), so there is nothing to count on the way.
        var result = await new Progress(session, goal: null).WaitAsync(session.Store.CopyAsync(selected.Mailbox, [.. uids.Select(uid => new Uid(uid))], destination, session.Origin));
        if (result.IsDone)
        {
            session.NoteAdded(destination, result.Value.To, result.Value.ModSeq);
        }

        return !result.IsDone ? StoreReplies.For(result.Refusal, isDestination: true)
            : result.Value.To.Count == 0 ? ImapResult.Ok("Nothing to copy.")
            : ImapResult.Ok(CopyUid(result.Value), "Done.");
    }

    /// <summary>The response code COPYUID (RFC 4315 §3).</summary>
    public static string CopyUid(Copied copied) =>
        $"{ResponseCode.CopyUid} {copied.UidValidity} {Set(copied.From)} {Set(copied.To)}";

    // Both sets ascend, so that they pair up (CLIENTS: order of the sets).
    private static NumSet Set(IReadOnlyList<Uid> uids) => NumSet.OfNumbers([.. uids.Select(uid => uid.Value)]);
}
