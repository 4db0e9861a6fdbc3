using Martlet.Server.Observe;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Web.Hosting;

/// <summary>Gives the web server the log of the program: what it calls categories is one area, and what it says below a warning nobody needs.</summary>
internal sealed class WebLoggers(LogOutput log) : ILoggerFactory
{
    /// <summary>The area of all web logs.</summary>
    public const string Area = "web";

    private readonly ILogger _warnings = new WarningsOnly(log.Area(Area));

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) ? _warnings : NullLogger.Instance;

    public void AddProvider(ILoggerProvider provider)
    {
        // There is one log; the framework's own are not wanted.
    }

    public void Dispose()
    {
        // The log is the program's.
    }

    private sealed class WarningsOnly(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                // Numbers of events are given by area here; the framework's would be taken for ours.
                inner.Log(logLevel, eventId: 0, state, exception, formatter);
            }
        }
    }
}
