namespace Martlet.Server.Imap.Commands;

/// <summary>CLOSE: RFC 9051 §6.4.1. Expunges what is \Deleted without saying so, unless the mailbox is read-only.</summary>
internal static class Close
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        await Expunge.CloseAsync(session);
        return ImapResult.Ok("Done.");
    }
}
