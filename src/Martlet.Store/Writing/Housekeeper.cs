using Martlet.Store.Model;
using Martlet.Store.Operations;
using Microsoft.Extensions.Logging;

namespace Martlet.Store.Writing;

/// <summary>The background job that forgets what nobody needs, gives disk space back and makes the next load fast, a little at a time and only when there may be something to do.</summary>
internal sealed partial class Housekeeper : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // While silent sessions keep messages readable, looking again and again would only take the writer's time.
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(5);

    private readonly MailStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(1);
    private readonly CompactionState _compaction = new();
    private readonly Task _running;
    private TimeSpan _pause = Pause;

    public Housekeeper(MailStore store, TimeProvider time, ILogger logger)
    {
        _store = store;
        _time = time;
        _logger = logger;
        _running = Task.Run(RunAsync);
    }

    /// <summary>There may be something to do. Any thread.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _wake.WaitAsync(_stop.Token).ConfigureAwait(false);
                // A moment for sessions to be told of expunges, and for more to come together.
                await Task.Delay(_pause, _time, _stop.Token).ConfigureAwait(false);
                await TidyAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping; what is left is found again at the next start.
        }
    }

    private async Task TidyAsync()
    {
        try
        {
            var (reaped, areLeft) = (new Reaped(MayBeMore: true, AreLeft: false, default), false);
            while (!_stop.IsCancellationRequested && reaped.MayBeMore)
            {
                reaped = (await _store.ReapAsync(reaped.Last).ConfigureAwait(false)).Value;
                areLeft |= reaped.AreLeft;
            }

            _pause = areLeft ? TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, PauseMax.Ticks)) : Pause;
            if (areLeft)
            {
                Wake();
            }

            while (!_stop.IsCancellationRequested && (await _store.CompactAsync(_compaction).ConfigureAwait(false)).Value)
            {
                // Each turn is a batch of its own, so that others get theirs in between.
            }

            await _store.TidyRowsAsync(_stop.Token).ConfigureAwait(false);
        }
        catch (StoreException e) when (e.Failure == StoreFailure.Stopping)
        {
            // What is left is found again at the next start.
        }
        catch (StoreException e)
        {
            LogTidyFailed(_logger, e);
        }
    }

    [LoggerMessage(EventId = 1203, Level = LogLevel.Warning, Message = "housekeeping put off")]
    private static partial void LogTidyFailed(ILogger logger, Exception fault);
}
