using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>MOVE and UID MOVE: RFC 9051 §6.4.8. COPYUID comes untagged before the EXPUNGEs, so that a client can match them.</summary>
internal static class Move
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, MoveCommand command, bool isUid)
    {
        var selected = session.Open;
        if (!selected.TryResolve(command.Messages, isUid, out var uids))
        {
            return ImapResult.Bad("There are not so many messages.");
        }

        if (selected.IsReadOnly)
        {
            return Expunge.ReadOnly;
        }

        if (session.LoggedIn.FindMailbox(command.Destination.Value) is not { } destination)
        {
            return StoreReplies.NoSuchMailbox(isDestination: true);
        }

        var result = await new Progress(session, goal: null).WaitAsync(session.Store.MoveAsync(selected.Mailbox, [.. uids.Select(uid => new Uid(uid))], destination, session.Origin));
        if (!result.IsDone)
        {
            return StoreReplies.For(result.Refusal, isDestination: true);
        }

        session.NoteAdded(destination, result.Value.To, result.Value.ModSeq);
        if (result.Value.To.Count > 0)
        {
            session.Writer.Raw("* OK ["u8).Atom(Copy.CopyUid(result.Value)).Raw("] Moved.\r\n"u8);
        }

        // RFC 7162 §3.2.7 read for MOVE: its EXPUNGEs or VANISHED come before the tagged reply.
        return ImapResult.Ok("Done.") with { NamesModSeq = true };
    }
}
