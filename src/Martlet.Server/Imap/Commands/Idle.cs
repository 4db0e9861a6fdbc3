using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>IDLE: RFC 9051 §6.3.13. Waits for DONE and for changes at once; changes are told as they are committed.</summary>
internal static class Idle
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        session.Writer.Raw("+ Waiting for DONE.\r\n"u8);
        var line = session.Commands.NextLineAsync().AsTask();
        await session.TellWhileAsync(line, () => true);
        var text = await line;
        return text is null ? throw new IOException("The client went away while idle.")
            : IdleCommand.IsDone(text) ? ImapResult.Ok("Done.")
            : throw new ProtocolException(code: null, "Only DONE ends IDLE.");
    }
}
