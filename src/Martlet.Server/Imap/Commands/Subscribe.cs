using Martlet.Protocols.Imap;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>SUBSCRIBE and UNSUBSCRIBE: RFC 9051 §6.3.7, §6.3.8. A name need not exist; one that is not subscribed is no error to unsubscribe.</summary>
internal static class Subscribe
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, MailboxName name, bool isSubscribed)
    {
        var result = await session.Store.SetSubscribedAsync(session.LoggedIn, name.Value, isSubscribed);
        if (result.IsDone)
        {
            session.Notifications?.Watch?.NoteSubscribed(name.Value.Normalize(), isSubscribed);
        }

        return result.Refusal == Refusal.None ? ImapResult.Ok("Done.") : StoreReplies.For(result.Refusal);
    }
}
