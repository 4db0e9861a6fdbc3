using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>DELETE: RFC 9051 §6.3.5.</summary>
internal static class Delete
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, DeleteCommand command)
    {
        if (command.Mailbox.IsInbox)
        {
            return ImapResult.No(ResponseCode.Cannot, "INBOX cannot be deleted.");
        }

        if (session.LoggedIn.FindMailbox(command.Mailbox.Value) is not { } mailbox)
        {
            return StoreReplies.NoSuchMailbox();
        }

        var result = await session.Store.DeleteMailboxAsync(mailbox, session.Origin);
        if (result.IsDone)
        {
            session.Notifications?.Watch?.NoteDeleted(mailbox);
        }

        return result.Refusal == Refusal.None ? ImapResult.Ok("Done.") : StoreReplies.For(result.Refusal);
    }
}
