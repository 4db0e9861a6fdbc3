using Microsoft.Extensions.Logging;

namespace Martlet.Server.Observe;

/// <summary>
/// The logger of one area. The message template's text up to its first field is the message; the fields follow by name. How a line looks is the format's business,
/// which lines are written that of the levels, and both may change while it is used.
/// </summary>
internal sealed class AreaLogger(LogOutput output, string area) : ILogger
{
    private const string TemplateKey = "{OriginalFormat}";

    private readonly long[] _lines = new long[(int)LogLevel.Critical + 1];
    private volatile int _least = (int)LogLevel.None;

    public string Area => area;

    /// <summary>From which level on lines are written.</summary>
    public LogLevel Least
    {
        get => (LogLevel)_least;
        set => _least = (int)value;
    }

    /// <summary>Lines written of a level.</summary>
    public long Lines(LogLevel level) => Interlocked.Read(ref _lines[(int)level]);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => (int)logLevel >= _least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        Interlocked.Increment(ref _lines[(int)logLevel]);
        var fields = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        var template = fields.FirstOrDefault(field => field.Key == TemplateKey).Value as string;
        var message = template is null ? formatter(state, exception) : Message(template);
        output.Write(new LogEvent(logLevel, area, message, Named(fields), eventId.Id, exception));
    }

    /// <summary>The text of a template before its first field: <c>opened cid={Cid}</c> gives <c>opened</c>.</summary>
    internal static string Message(string template)
    {
        var brace = template.IndexOf('{', StringComparison.Ordinal);
        if (brace < 0)
        {
            return template;
        }

        var text = template[..brace];
        return text.EndsWith('=') ? text[..(text.LastIndexOf(' ') + 1)].TrimEnd() : text.TrimEnd(' ', ':', ',');
    }

    private static IEnumerable<KeyValuePair<string, object?>> Named(IReadOnlyList<KeyValuePair<string, object?>> fields) =>
        fields.Where(field => field.Key != TemplateKey);
}
