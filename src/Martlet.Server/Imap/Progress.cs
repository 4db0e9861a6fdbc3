using System.Globalization;

namespace Martlet.Server.Imap;

/// <summary>Tells a client that waits for a long command how far it is, not more often than <see cref="ImapOptions.ProgressInterval"/> (RFC 9585).</summary>
/// <remarks>To be called between responses, never in the middle of one.</remarks>
/// <param name="session">Whose running command it is.</param>
/// <param name="goal">Of how many; null when nobody knows.</param>
internal sealed class Progress(ImapSession session, long? goal)
{
    private long _last = session.Time.GetTimestamp();

    /// <summary>Says so if it is time to.</summary>
    /// <param name="done">How many are done; at the goal the reply itself says so.</param>
    public async ValueTask ReportAsync(long done)
    {
        var now = session.Time.GetTimestamp();
        if (done >= goal || session.Time.GetElapsedTime(_last, now) < session.Options.ProgressInterval)
        {
            return;
        }

        _last = now;
        var writer = session.Writer.Raw("* OK [INPROGRESS ("u8).NString(session.CurrentTag).Space().Number(done).Space();
        _ = goal is { } known ? writer.Number(known) : writer.Nil();
        writer.Raw(")] "u8).Text(goal > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * done / goal}% done.") : "Working.").CrLf();
        await session.Connection.FlushAsync();
    }
}
