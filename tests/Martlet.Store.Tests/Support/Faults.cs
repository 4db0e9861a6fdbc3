using Martlet.Store.Model;

namespace Martlet.Store.Tests.Support;

/// <summary>Places at which a store can be made to fail or to wait.</summary>
internal enum FaultPoint
{
    BeforeCommit,
    AfterCommit,
    EngineRecover,
    Append,
    BeforeFlush,
    AfterFlush,
    BlobRecover,
    DeleteLarge,
    DeleteSegment,
    LoadMessages,
    LoadSnapshot,
    BeforeFold,
    AfterFold,
    Committed,
    StoreLarge,
}

/// <summary>What happens at each place; nothing unless armed.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FaultPoint, Action> _actions = [];

    /// <summary>Runs at every pass until removed by another call.</summary>
    public void On(FaultPoint point, Action? action)
    {
        lock (_lock)
        {
            if (action is null)
            {
                _actions.Remove(point);
            }
            else
            {
                _actions[point] = action;
            }
        }
    }

    /// <summary>Fails so many times.</summary>
    public void Fail(FaultPoint point, StoreFailure failure = StoreFailure.Unavailable, int times = 1) => On(point, () =>
    {
        if (--times <= 0)
        {
            On(point, null);
        }

        throw new StoreException(failure, $"armed: {point}");
    });

    public void Hit(FaultPoint point)
    {
        Action? action;
        lock (_lock)
        {
            action = _actions.GetValueOrDefault(point);
        }

        action?.Invoke();
    }
}
