using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>IDLE: RFC 9051 §6.3.13. Waits for DONE and for changes at once; changes are told as they are committed.</summary>
internal static class Idle
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        session.Writer.Raw("+ Waiting for DONE.\r\n"u8);
        var line = session.Commands.NextLineAsync().AsTask();
        while (true)
        {
            // Without a mailbox nobody else resets what a closed one has left behind, and this would spin.
            session.Changed.Reset();
            if (session.LoggedIn.IsRemoved)
            {
                throw new ProtocolException(ResponseCode.Unavailable, "The account is not available any more.");
            }

            session.Updates.Write(withExpunged: true);
            await session.Connection.FlushAsync();
            var changed = session.Changed.WaitAsync();
            if (await Task.WhenAny(line, changed) == line)
            {
                var text = await line;
                return text is null ? throw new IOException("The client went away while idle.")
                    : IdleCommand.IsDone(text) ? ImapResult.Ok("Done.")
                    : throw new ProtocolException(code: null, "Only DONE ends IDLE.");
            }
        }
    }
}
