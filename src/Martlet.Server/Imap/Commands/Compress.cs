using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>COMPRESS: RFC 4978 §3. Only after login: before it there is nothing worth compressing, and no bombs need be borne; so no password is ever compressed.</summary>
internal static class Compress
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, CompressCommand command)
    {
        if (!command.IsDeflate)
        {
            return ImapResult.Bad("Only DEFLATE is known here.");
        }

        if (session.Connection.IsCompressed)
        {
            return ImapResult.No(ResponseCode.CompressionActive, "DEFLATE is on already.");
        }

        // RFC 4978 §3: the client MUST NOT send anything before it has seen the result. Whether this is plain or compressed nobody can know.
        if (!session.Connection.CanStartCompression)
        {
            throw new ProtocolException(ResponseCode.ClientBug, "Something came behind COMPRESS before its reply.");
        }

        session.WriteTagged(ImapResult.Ok("DEFLATE is on from here."));
        await session.Connection.FlushAsync();
        session.Connection.StartCompression();
        return ImapResult.Silent;
    }
}
