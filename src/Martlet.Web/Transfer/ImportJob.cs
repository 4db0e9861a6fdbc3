using Martlet.Server.Admin;
using Martlet.Server.Transfer;

namespace Martlet.Web.Transfer;

/// <summary>An import that runs while its owner looks on, or that has ended.</summary>
internal sealed class ImportJob(string fileName, bool isDryRun, DateTimeOffset started) : IDisposable
{
    private const int ProblemsShown = 50;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _problems = [];
    private TransferProgress _news = new(0);
    private volatile AdminReply? _reply;

    /// <summary>Name of the file, as the browser gave it.</summary>
    public string FileName => fileName;

    /// <summary>Whether nothing is changed.</summary>
    public bool IsDryRun => isDryRun;

    /// <summary>When it began.</summary>
    public DateTimeOffset Started => started;

    /// <summary>How it ended; null while it runs.</summary>
    public AdminReply? Reply => _reply;

    /// <summary>Stops it.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>How far it is, and what was left out so far: the first of it.</summary>
    public (TransferProgress News, IReadOnlyList<string> Problems) Look()
    {
        lock (_lock)
        {
            return (_news, [.. _problems]);
        }
    }

    /// <summary>News.</summary>
    public ValueTask TellAsync(TransferProgress news)
    {
        lock (_lock)
        {
            _news = news with { Total = Math.Max(news.Total, _news.Total) };
            if (news.Problem is { } problem && _problems.Count < ProblemsShown)
            {
                _problems.Add(problem);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>It has ended.</summary>
    public void End(AdminReply reply) => _reply = reply;

    /// <summary>Asks it to stop; what is taken by then stays.</summary>
    public void Stop()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has ended in the same moment.
        }
    }

    public void Dispose() => _stop.Dispose();
}
