using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>RENAME: RFC 9051 §6.3.6.</summary>
internal static class Rename
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, RenameCommand command)
    {
        if (session.LoggedIn.FindMailbox(command.From.Value) is not { } mailbox)
        {
            return StoreReplies.NoSuchMailbox();
        }

        var result = await session.Store.RenameMailboxAsync(mailbox, command.To.Value, session.Origin);
        if (result.IsDone && session.Notifications?.Watch is { } watch)
        {
            // Of INBOX, a new mailbox has taken the messages.
            if (result.Value == mailbox)
            {
                watch.NoteRenamed(mailbox);
            }
            else
            {
                watch.NoteCreated(result.Value);
            }
        }

        return result.IsDone ? ImapResult.Ok("Done.") : StoreReplies.For(result.Refusal);
    }
}
