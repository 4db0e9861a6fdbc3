namespace Martlet.Store.Changes;

/// <summary>Tells one waiter that something changed. Carries no data, so signals merge: a hundred changes before the waiter looks are one wake-up.</summary>
/// <remarks>Any thread may signal; one waiter at a time.</remarks>
public sealed class ChangeSignal
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _waiter;
    private bool _isSet;

    /// <summary>Whether something changed since the last <see cref="Reset"/>.</summary>
    public bool IsSet => Volatile.Read(ref _isSet);

    /// <summary>Something changed.</summary>
    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            _isSet = true;
            waiter = _waiter;
            _waiter = null;
        }

        waiter?.TrySetResult();
    }

    /// <summary>The waiter is about to look; later changes signal again.</summary>
    public void Reset() => Volatile.Write(ref _isSet, false);

    /// <summary>Completes when something has changed since the last <see cref="Reset"/>.</summary>
    public Task WaitAsync()
    {
        lock (_lock)
        {
            if (_isSet)
            {
                return Task.CompletedTask;
            }

            // The writer thread sets; it must not run the session's code.
            _waiter ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _waiter.Task;
        }
    }
}
