using System.Globalization;
using System.Text;
using Martlet.Server.Admin;

namespace Martlet.Cli;

/// <summary>Shows how an import goes: a bar where somebody looks, a line now and then where a file does; and what is not taken, as it comes.</summary>
/// <param name="terminal">Where.</param>
/// <param name="file">Gives bytes read and their total; a total of 0 is unknown.</param>
/// <param name="time">Clock.</param>
internal sealed class ImportDisplay(Terminal terminal, Func<(long Read, long Total)> file, TimeProvider time)
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
    public void Show(ImportProgress news)
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
                var line = Bar(news.Taken, file(), time.GetElapsedTime(_started));
                terminal.Hint("\r" + (line.Length < terminal.WindowWidth ? line.PadRight(terminal.WindowWidth - 1) : line[..(terminal.WindowWidth - 1)]));
                _isBarShown = true;
            }
            else
            {
                terminal.Tell(Line(news.Taken, file()));
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
                terminal.Tell(string.Create(CultureInfo.InvariantCulture, $"not taken: {_problems - ProblemsShownMax} more"));
            }
        }
    }

    /// <summary>The bar: <c>[######······]  52%  12345 messages  104 MB of 200 MB  11 s left</c>.</summary>
    internal static string Bar(long taken, (long Read, long Total) file, TimeSpan elapsed)
    {
        var text = new StringBuilder();
        if (file.Total > 0)
        {
            var part = Math.Clamp((double)file.Read / file.Total, 0, 1);
            var full = (int)(part * BarColumns);
            text.Append('[').Append('#', full).Append('.', BarColumns - full).Append(CultureInfo.InvariantCulture, $"] {part * 100,3:0}%  ");
        }

        text.Append(CultureInfo.InvariantCulture, $"{taken} messages  {Text.Size(file.Read)}");
        if (file.Total > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" of {Text.Size(file.Total)}");
            if (file.Read > 0 && elapsed.TotalSeconds >= 2)
            {
                text.Append("  ").Append(Left(TimeSpan.FromSeconds(elapsed.TotalSeconds * Math.Max(0, file.Total - file.Read) / file.Read)));
            }
        }

        return text.ToString();
    }

    private static string Left(TimeSpan left) => left.TotalSeconds < 90
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalSeconds)} s left")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(left.TotalMinutes)} min left");

    private static string Line(long taken, (long Read, long Total) file) => file.Total > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{taken} messages taken, {100.0 * file.Read / file.Total:0}% of the file read")
        : string.Create(CultureInfo.InvariantCulture, $"{taken} messages taken, {Text.Size(file.Read)} read");

    private void ShowProblem(string problem)
    {
        if (++_problems <= ProblemsShownMax)
        {
            HideBar();
            terminal.Tell($"not taken: {problem}");
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
}
