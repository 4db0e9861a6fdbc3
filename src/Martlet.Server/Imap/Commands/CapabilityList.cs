namespace Martlet.Server.Imap.Commands;

/// <summary>CAPABILITY: RFC 9051 §6.1.1.</summary>
internal static class CapabilityList
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        session.Writer.Raw("* CAPABILITY "u8).Atom(Capabilities.For(session)).CrLf();
        return new(ImapResult.Ok("Done."));
    }
}
