using System.Globalization;
using System.Text;
using Martlet.Server.Transfer;

namespace Martlet.Cli;

/// <summary>Shows how an import or export goes: a bar where somebody looks, a line now and then where a file does; and what is left out, as it comes.</summary>
/// <param name="terminal">Where.</param>
/// <param name="verb">What happens to messages: taken, written.</param>
/// <param name="file">Gives bytes of the file done and their total; a total of 0 is unknown. Null: there is no file, or it is not known how it will be read.</param>
/// <param name="time">Clock.</param>
internal sealed class TransferDisplay(Terminal terminal, string verb, Func<(long Read, long Total)>? file, TimeProvider time)
{
    private const int ProblemsShownMax = 100;
    private const int BarColumns = 30;
    private static readonly TimeSpan BarPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LinePeriod = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly long _started = time.GetTimestamp();
    private long _last = time.GetTimestamp();
    private int _problems;
    private bool _isBarShown;

    /// <summary>Takes news.</summary>
    public void Show(TransferProgress news)
    {
        lock (_lock)
        {
            if (news.Problem is { } problem)
            {
                ShowProblem(problem);
            }

            if (time.GetElapsedTime(_last) < (terminal.IsErrorWatched ? BarPeriod : LinePeriod))
            {
                return;
            }

            _last = time.GetTimestamp();
            if (terminal.IsErrorWatched)
            {
                var line = Bar(news.Done, Figures(news), time.GetElapsedTime(_started));
                terminal.Hint("\r" + (line.Length < terminal.WindowWidth ? line.PadRight(terminal.WindowWidth - 1) : line[..(terminal.WindowWidth - 1)]));
                _isBarShown = true;
            }
            else
            {
                terminal.Tell(Line(verb, news.Done, Figures(news)));
            }
        }
    }

    /// <summary>Takes the bar away, for the last word.</summary>
    public void Finish()
    {
        lock (_lock)
        {
            HideBar();
            if (_problems > ProblemsShownMax)
            {
                terminal.Tell(string.Create(CultureInfo.InvariantCulture, $"not {verb}: {_problems - ProblemsShownMax} more"));
            }
        }
    }

    /// <summary>The bar: <c>[######······]  52%  12345 messages  104 MB of 200 MB  11 s left</c>.</summary>
    internal static string Bar(long done, Part part, TimeSpan elapsed)
    {
        var text = new StringBuilder();
        if (part.Total > 0)
        {
            var share = Math.Clamp((double)part.Done / part.Total, 0, 1);
            var full = (int)(share * BarColumns);
            text.Append('[').Append('#', full).Append('.', BarColumns - full).Append(CultureInfo.InvariantCulture, $"] {share * 100,3:0}%  ");
        }

        text.Append(CultureInfo.InvariantCulture, $"{done}{(part.IsBytes || part.Total == 0 ? "" : $" of {part.Total}")} messages");
        text.Append(part.IsBytes ? "  " + Text.Size(part.Done) + (part.Total > 0 ? $" of {Text.Size(part.Total)}" : "") : "");
        if (part.Total > 0 && part.Done > 0 && elapsed.TotalSeconds >= 2)
        {
            text.Append("  ").Append(Left(TimeSpan.FromSeconds(elapsed.TotalSeconds * Math.Max(0, part.Total - part.Done) / part.Done)));
        }

        return text.ToString();
    }

    private Part Figures(TransferProgress news)
    {
        if (news.Total > 0 || file is null)
        {
            return new Part(news.Done, news.Total, IsBytes: false);
        }

        var (read, total) = file();
        return new Part(read, total, IsBytes: true);
    }

    private static string Left(TimeSpan left) => left.TotalSeconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalSeconds)} s left")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalMinutes)} min left");

    private static string Line(string verb, long done, Part part) => part switch
    {
        { Total: > 0, IsBytes: true } => string.Create(CultureInfo.InvariantCulture, $"{done} messages {verb}, {100.0 * part.Done / part.Total:0}% of the file read"),
        { Total: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{done} of {part.Total} messages {verb}"),
        { IsBytes: true } => string.Create(CultureInfo.InvariantCulture, $"{done} messages {verb}, {Text.Size(part.Done)} read"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{done} messages {verb}"),
    };

    private void ShowProblem(string problem)
    {
        if (++_problems <= ProblemsShownMax)
        {
            HideBar();
            terminal.Tell($"not {verb}: {problem}");
        }
    }

    private void HideBar()
    {
        if (_isBarShown)
        {
            terminal.Hint("\r" + new string(' ', terminal.WindowWidth - 1) + "\r");
            _isBarShown = false;
        }
    }

    /// <summary>How much is done.</summary>
    /// <param name="Done">Bytes of the file, or messages.</param>
    /// <param name="Total">Of how many; 0 when that is not known.</param>
    /// <param name="IsBytes">Which of the two.</param>
    internal readonly record struct Part(long Done, long Total, bool IsBytes);
}
