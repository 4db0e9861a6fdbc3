namespace Martlet.Server.Imap.Commands;

/// <summary>UNSELECT: RFC 9051 §6.4.2. Closes the mailbox and expunges nothing.</summary>
internal static class Unselect
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        session.Deselect();
        return new(ImapResult.Ok("Done."));
    }
}
