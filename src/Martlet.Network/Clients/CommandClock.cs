namespace Martlet.Network.Clients;

/// <summary>The time one command has: all in all, and between two signs of life of the server. One timer, moved on with each sign.</summary>
internal sealed class CommandClock : IDisposable
{
    /// <summary>No bound on the whole.</summary>
    public static readonly TimeSpan Unlimited = TimeSpan.MaxValue;

    // Longest time that a timer takes.
    private static readonly TimeSpan TimerMax = TimeSpan.FromDays(40);

    private readonly TimeProvider _time;
    private readonly TimeSpan _silence;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly long _start;
    private readonly TimeSpan _total;

    /// <param name="silence">Longest time without a sign of life.</param>
    /// <param name="total">Longest time of all, or <see cref="Unlimited"/>.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancel">The caller's.</param>
    public CommandClock(TimeSpan silence, TimeSpan total, TimeProvider time, CancellationToken cancel)
    {
        _time = time;
        _silence = silence;
        _total = total;
        _start = time.GetTimestamp();
        _source = new CancellationTokenSource(TimerMax, time);
        EndWithin(_silence);
        _registration = cancel.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Cancelled by the caller, or when time is up.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The server showed that it lives.</summary>
    public void Touch() => EndWithin(_silence);

    /// <summary>Ends the command now. Any thread.</summary>
    public void Cancel() => _source.Cancel();

    /// <summary>Lets the server be silent until the next <see cref="Touch"/>: in IDLE there is nothing to say.</summary>
    public void Pause() => EndWithin(TimerMax);

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }

    private void EndWithin(TimeSpan allowed)
    {
        var left = _total - _time.GetElapsedTime(_start);
        left = left < allowed ? left : allowed;
        _source.CancelAfter(left <= TimeSpan.Zero ? TimeSpan.Zero : left < TimerMax ? left : TimerMax);
    }
}
