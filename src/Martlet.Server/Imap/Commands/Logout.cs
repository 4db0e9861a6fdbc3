using Martlet.Network.Connections;

namespace Martlet.Server.Imap.Commands;

/// <summary>LOGOUT: RFC 9051 §6.1.3.</summary>
internal static class Logout
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        session.Writer.Raw("* BYE Logging out.\r\n"u8);
        session.Leave(EndReason.Logout);
        return new(ImapResult.Ok("Goodbye."));
    }
}
