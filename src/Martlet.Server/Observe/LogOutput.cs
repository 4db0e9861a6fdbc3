using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe;

/// <summary>
/// Where log lines go: one line of logfmt an event (<c>time=… level=info area=smtp msg="…" cid=c1f</c>), easy to read and to search, on the terminal or in
/// the journal. Every part of the server gets the logger of its area from here; nothing else writes to it.
/// </summary>
/// <remarks>Thread safe: lines are written whole, one after the other.</remarks>
/// <param name="writer">Gets the lines; owned by the caller.</param>
/// <param name="levels">Which lines.</param>
/// <param name="time">Clock for the time stamps.</param>
public sealed class LogOutput(TextWriter writer, LogLevels levels, TimeProvider time)
{
    private readonly Lock _lock = new();

    /// <summary>The logger of an area: network, store, smtp, imap, control, host.</summary>
    public ILogger Area(string name) => new LogfmtLogger(this, name, levels.Of(name), time);

    internal void Write(string line)
    {
        lock (_lock)
        {
            writer.Write(line);
            writer.Flush();
        }
    }
}
