using System.Globalization;

namespace Martlet.Server.Imap;

/// <summary>Tells a client that waits for a long command how far it is, not more often than <see cref="ImapOptions.ProgressInterval"/> (RFC 9585).</summary>
/// <remarks>To be called between responses, never in the middle of one.</remarks>
/// <param name="session">Whose running command it is.</param>
/// <param name="goal">Of how many; null for a command that is done all at once.</param>
internal sealed class Progress(ImapSession session, long? goal)
{
    private long _last = session.Time.GetTimestamp();
    private long _done;

    /// <summary>Says so if it is time to.</summary>
    /// <param name="done">How many are done; at the goal the reply itself says so.</param>
    public async ValueTask ReportAsync(long done)
    {
        _done = done;
        if (done < goal && Left <= TimeSpan.Zero)
        {
            await TellAsync();
        }
    }

    /// <summary>Waits for the store, and says at every interval that the command goes on. The operation holds nothing of the session's, and goes on if the client leaves.</summary>
    /// <param name="operation">What the command waits for.</param>
    public async ValueTask<T> WaitAsync<T>(Task<T> operation)
    {
        while (!operation.IsCompleted)
        {
            var left = Left;
            try
            {
                return await operation.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, session.Time);
            }
            catch (TimeoutException) when (!operation.IsCompleted)
            {
                await TellAsync();
            }
        }

        return await operation;
    }

    private TimeSpan Left => session.Options.ProgressInterval - session.Time.GetElapsedTime(_last);

    private async ValueTask TellAsync()
    {
        _last = session.Time.GetTimestamp();
        var writer = session.Writer.Raw("* OK [INPROGRESS ("u8).NString(session.CurrentTag).Space();
        if (goal is > 0 and var known)
        {
            writer.Number(_done).Space().Number(known).Raw(")] "u8).Text(string.Create(CultureInfo.InvariantCulture, $"{100 * _done / known}% done.")).CrLf();
        }
        else
        {
            writer.Raw("NIL NIL)] Working.\r\n"u8);
        }

        await session.Connection.FlushAsync();
    }
}
