using System.Diagnostics;

namespace Martlet.Store.Writing;

/// <summary>
/// Lets the writer wait a moment for the operations that are on their way. Without, those who wait while a group is flushed and those who were in it take
/// turns: every flush serves half of them. The wait is a share of the last commit's time, and ends as soon as as many have come as were there the last time;
/// a single deliverer never waits, and where commits are short nobody does.
/// </summary>
/// <remarks>Everything but <see cref="IsWaiting"/> and <see cref="Arrived"/> is called by the writer thread.</remarks>
internal sealed class Gathering : IDisposable
{
    private const double ShareOfCommit = 0.3;
    private const double LongestMilliseconds = 10;
    private const double ShortestMilliseconds = 0.5; // Waits are whole milliseconds; shorter ones would be longer than what they save.

    private readonly ManualResetEventSlim _complete = new();
    private long _started;
    private double _milliseconds;
    private bool _wasAll;
    private int _expected;
    private int _wanted = int.MaxValue;

    /// <summary>Whether the writer waits for more. Read by any thread.</summary>
    public bool IsWaiting => Volatile.Read(ref _wanted) != int.MaxValue;

    /// <summary>Another operation waits. Called by any thread after it was queued.</summary>
    /// <param name="waiting">How many wait now.</param>
    public void Arrived(int waiting)
    {
        if (waiting >= Volatile.Read(ref _wanted))
        {
            _complete.Set();
        }
    }

    /// <summary>Waits for as many as are expected, if it is worth it.</summary>
    /// <param name="waiting">How many wait now.</param>
    public void Wait(Func<int> waiting)
    {
        if (_expected < 2 || _milliseconds < ShortestMilliseconds || !IsWorthIt(waiting()))
        {
            return;
        }

        _complete.Reset();
        Volatile.Write(ref _wanted, _expected);
        if (waiting() < _expected)
        {
#pragma warning disable VSTHRD103, MA0042, MA0045 // The writer thread blocks by design.
            _complete.Wait(TimeSpan.FromMilliseconds(Math.Max(1, _milliseconds)));
#pragma warning restore VSTHRD103, MA0042, MA0045
        }

        Volatile.Write(ref _wanted, int.MaxValue);
    }

    /// <summary>A group was taken and will be written now.</summary>
    /// <param name="wasAll">Whether nothing was left behind for the limits of a group; else there is enough to do without waiting.</param>
    public void Taken(bool wasAll)
    {
        _wasAll = wasAll;
        _started = Stopwatch.GetTimestamp();
    }

    /// <summary>The group was written and answered.</summary>
    /// <param name="operations">How many were in it.</param>
    /// <param name="waiting">How many came meanwhile.</param>
    public void Written(int operations, int waiting)
    {
        _expected = _wasAll ? operations + waiting : 0;
        _milliseconds = Math.Min(LongestMilliseconds, ShareOfCommit * Stopwatch.GetElapsedTime(_started).TotalMilliseconds);
    }

    public void Dispose() => _complete.Dispose();

    private bool IsWorthIt(int waiting) => waiting > 0 && waiting < _expected;
}
