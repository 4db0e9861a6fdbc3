using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>CREATE: RFC 9051 §6.3.4, with the special uses of RFC 6154 §3.</summary>
internal static class Create
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, CreateCommand command)
    {
        var use = SpecialUse.None;
        if (command.SpecialUses.Count > 1 || (command.SpecialUses.Count == 1 && !SpecialUses.TryParse(command.SpecialUses[0], out use)))
        {
            return ImapResult.No(ResponseCode.UseAttr, "One of \\Archive, \\Drafts, \\Junk, \\Sent and \\Trash can be given.");
        }

        // RFC 9051 §6.3.4: a trailing separator only says that children will follow.
        var name = command.Mailbox.Value.TrimEnd(MailboxPath.Separator);
        if (name == MailboxPath.Inbox)
        {
            return StoreReplies.For(Refusal.MailboxExists);
        }

        var result = await session.Store.CreateMailboxAsync(session.LoggedIn, name, use);
        if (result.IsDone)
        {
            session.Notifications?.Watch?.NoteCreated(result.Value);
        }

        return result.IsDone ? ImapResult.Ok("Done.") : StoreReplies.For(result.Refusal);
    }
}
