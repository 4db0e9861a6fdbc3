using Martlet.Network.Connections;

namespace Martlet.Server.Imap;

/// <summary>The part of <see cref="ImapSession"/> that waits for the client and tells it meanwhile what others do.</summary>
internal sealed partial class ImapSession
{
    /// <summary>Waits for more from the client; between commands it is told meanwhile what it asked for with NOTIFY.</summary>
    /// <returns>False when the client has closed the connection.</returns>
    public async ValueTask<bool> FillAsync()
    {
        if (Notifications is not { IsImmediate: true } || Connection.Unread.Length > 0)
        {
            return await Connection.FillAsync();
        }

        var fill = Connection.FillAsync().AsTask();
        await TellWhileAsync(fill, () => Notifications is { TellsExpungesAtOnce: true });
        return await fill;
    }

    /// <summary>Tells what happens as it happens, until something has come from the client. That read is then over: nobody else may read before.</summary>
    /// <param name="input">The read.</param>
    /// <param name="withExpunged">Whether expunges may be told now.</param>
    public async ValueTask TellWhileAsync(Task input, Func<bool> withExpunged)
    {
        try
        {
            while (!input.IsCompleted)
            {
                // Before the look: what happens after it signals again. Nobody else resets what a closed mailbox has left behind.
                Changed.Reset();
                await Updates.TellAsync(withExpunged());
                // After the updates, which reset the signal once more: a removal in between would wake nobody.
                RequireServed();

                await Connection.FlushAsync();
                await Task.WhenAny(input, Changed.WaitAsync());
            }
        }
        finally
        {
            if (!input.IsCompleted)
            {
                // Nobody else may read while this read is under way, and no buffer may go back to the pool: the session ends, and only after the read has.
                Connection.RequestClose(EndReason.None);
            }

            await input.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
