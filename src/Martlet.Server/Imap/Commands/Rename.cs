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

        var result = await session.Store.RenameMailboxAsync(mailbox, command.To.Value);
        return result.IsDone ? ImapResult.Ok("Done.") : StoreReplies.For(result.Refusal);
    }
}
