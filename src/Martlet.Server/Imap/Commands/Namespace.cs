namespace Martlet.Server.Imap.Commands;

/// <summary>NAMESPACE: RFC 9051 §6.3.10. One personal namespace without a prefix.</summary>
internal static class Namespace
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        session.Writer.Raw("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n"u8);
        return new(ImapResult.Ok("Done."));
    }
}
