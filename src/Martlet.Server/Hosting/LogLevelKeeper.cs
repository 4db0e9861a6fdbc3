using Martlet.Server.Observe;
using Martlet.Store.Directory;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Hosting;

/// <summary>Brings the levels that the settings have into the log: at the start, and within a second when they change. Without any, those of the start hold.</summary>
internal sealed class LogLevelKeeper
{
    private readonly LogOutput _log;
    private readonly AccountDirectory _directory;
    private readonly LogLevels _atStart;
    private string _seen = "";

    /// <summary>Begins.</summary>
    /// <param name="log">The log.</param>
    /// <param name="directory">Has the settings.</param>
    /// <param name="usesStored">Whether the settings go before the levels that the log has now; otherwise only once they change.</param>
    public LogLevelKeeper(LogOutput log, AccountDirectory directory, bool usesStored)
    {
        (_log, _directory, _atStart) = (log, directory, log.Levels);
        if (usesStored)
        {
            Check();
        }
        else
        {
            _seen = directory.Current.Settings.LogLevels;
        }
    }

    /// <summary>Looks whether they have changed.</summary>
    public void Check()
    {
        var levels = _directory.Current.Settings.LogLevels;
        if (levels == _seen)
        {
            return;
        }

        _seen = levels;
        // Settings are checked before they are stored; what an older program does not know changes nothing.
        _log.Levels = levels.Length == 0 ? _atStart : LogLevels.Parse(levels, LogLevel.Information, out _) ?? _log.Levels;
    }
}
