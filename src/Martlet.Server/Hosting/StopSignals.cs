using System.Runtime.InteropServices;

namespace Martlet.Server.Hosting;

/// <summary>Waits for Ctrl-C or SIGTERM. The first one asks for a clean stop; a second one ends the process at once.</summary>
public sealed class StopSignals : IDisposable
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Begins to listen for signals.</summary>
    /// <param name="reload">What SIGHUP does; null leaves it alone.</param>
    public StopSignals(Action? reload = null)
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask));
        if (reload is not null)
        {
            _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
            {
                context.Cancel = true;
                reload();
            }));
        }
    }

    /// <summary>Completes at the first signal.</summary>
    public Task Asked => _asked.Task;

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void Ask(PosixSignalContext context)
    {
        // The second time the signal does what it does by itself.
        context.Cancel = _asked.TrySetResult();
        if (context.Cancel)
        {
            _stop.Cancel();
        }
    }
}
