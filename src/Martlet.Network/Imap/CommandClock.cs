using Martlet.Protocols.Imap.Client;

namespace Martlet.Network.Imap;

/// <summary>The time one command has: all in all, and between two signs of life of the server. One timer, moved on with each sign.</summary>
internal sealed class CommandClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan _silence;
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;
    private readonly long _start;
    private readonly TimeSpan _total;

    public CommandClock(ImapClientLimits limits, TimeSpan total, TimeProvider time, CancellationToken cancel)
    {
        _time = time;
        _silence = limits.SilenceTime;
        _total = total;
        _start = time.GetTimestamp();
        Caller = cancel;
        _source = new CancellationTokenSource(_silence < total ? _silence : total, time);
        _registration = cancel.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
    }

    /// <summary>Cancelled by the caller.</summary>
    public CancellationToken Caller { get; }

    /// <summary>Cancelled by the caller, or when time is up.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The server showed that it lives.</summary>
    public void Touch()
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        var left = _total - _time.GetElapsedTime(_start);
        _source.CancelAfter(left <= TimeSpan.Zero ? TimeSpan.Zero : left < _silence ? left : _silence);
    }

    /// <summary>Lets the server be silent until the next <see cref="Touch"/>: in IDLE there is nothing to say.</summary>
    public void Pause() => _source.CancelAfter(Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
