using Martlet.Network.Connections;
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
        try
        {
            return await RunAsync(session, line);
        }
        finally
        {
            if (!line.IsCompleted)
            {
                // Nobody else may read while this read is under way, and no buffer may go back to the pool: the session ends, and only after the read has.
                session.Connection.RequestClose(EndReason.None);
            }

            await ((Task)line).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async ValueTask<ImapResult> RunAsync(ImapSession session, Task<byte[]?> line)
    {
        while (true)
        {
            // Without a mailbox nobody else resets what a closed one has left behind, and this would spin.
            session.Changed.Reset();
            await session.Updates.WriteAsync(withExpunged: true);
            if (session.MetadataUpdates is { } metadata)
            {
                await metadata.WriteAsync();
            }

            // After the updates, which reset the signal once more: a removal in between would wake nobody.
            if (session.LoggedIn.IsRemoved)
            {
                throw new ProtocolException(ResponseCode.Unavailable, "The account is not available any more.");
            }

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
