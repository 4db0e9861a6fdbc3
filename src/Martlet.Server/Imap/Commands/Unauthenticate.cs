using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Commands;

/// <summary>UNAUTHENTICATE: RFC 8437 §3. The mailbox is closed without expunging; TLS stays, compression ends (RFC 8437 §4.1).</summary>
internal static class Unauthenticate
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        if (!session.Options.AllowUnauthenticate)
        {
            return ImapResult.Bad("Not offered here.");
        }

        var connection = session.Connection;
        if (connection.IsCompressed && !connection.Unread.IsEmpty)
        {
            throw new ProtocolException(ResponseCode.ClientBug, "Something compressed came behind UNAUTHENTICATE.");
        }

        session.Unauthenticate();
        var done = ImapResult.Ok($"{ResponseCode.Capability} {Capabilities.For(session)}", "Nobody is logged in.");
        if (!connection.IsCompressed)
        {
            return done;
        }

        session.WriteTagged(done);
        connection.EndCompression();
        await connection.FlushAsync();
        return ImapResult.Silent;
    }
}
