using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Martlet.Testing;

/// <summary>Keeps log lines, so that tests can ask what an operator would have seen.</summary>
public sealed class TestLog : ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>Lines so far: level, then the message, then a fault if there is one.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue(exception is null ? $"{logLevel}: {formatter(state, exception)}" : $"{logLevel}: {formatter(state, exception)} {exception}");
}
