using Martlet.Store.Changes;
using Martlet.Store.Model;

namespace Martlet.Store.Writing;

/// <summary>One change to the store: rules that run on the writer thread, and a task for whoever waits for the disk.</summary>
internal abstract class StoreOperation
{
    /// <summary>Bytes of messages or values it brings, to bound a batch.</summary>
    public virtual long Bytes => 0;

    /// <summary>Who asked for it; null when nobody said.</summary>
    public ChangeOrigin? Origin { get; init; }

    /// <summary>Whether the engine was asked to commit it: when it then fails, it may be on disk all the same until the writer has recovered.</summary>
    public bool MayBeStored { get; set; }

    /// <summary>Runs the rules: looks at the staged state, refuses or stages rows. Must stage nothing when it refuses.</summary>
    public abstract void Execute(WriteContext context);

    /// <summary>The batch is on disk and published.</summary>
    public abstract void Complete();

    /// <summary>The batch was not written.</summary>
    public abstract void Fail(Exception fault);
}

/// <summary>An operation with a result.</summary>
internal abstract class StoreOperation<T> : StoreOperation
{
    private readonly TaskCompletionSource<StoreResult<T>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StoreResult<T> _result;

    /// <summary>Completes when the batch is on disk; fails with <see cref="StoreException"/>.</summary>
    public Task<StoreResult<T>> Completion => _completion.Task;

    public sealed override void Execute(WriteContext context) => _result = Apply(context);

    public override void Complete() => _completion.TrySetResult(_result);

    public override void Fail(Exception fault) => _completion.TrySetException(fault);

    /// <summary>The rules of the operation.</summary>
    internal abstract StoreResult<T> Apply(WriteContext context);
}
