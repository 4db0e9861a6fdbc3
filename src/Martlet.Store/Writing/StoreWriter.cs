using System.Collections.Concurrent;
using System.Diagnostics;
using Martlet.Store.Changes;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Microsoft.Extensions.Logging;

namespace Martlet.Store.Writing;

/// <summary>
/// The one thread that changes the store. It takes all operations that wait, runs their rules one after the other over staged state, writes all message bytes
/// with one flush and all rows with one commit, makes the result visible, and only then answers. On a failure nothing of the batch becomes visible.
/// </summary>
internal sealed partial class StoreWriter : IDisposable
{
    private readonly ConcurrentQueue<StoreOperation> _queue = new();
    private readonly Gathering _gathering = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly IStoreEngine _engine;
    private readonly IBlobStore _blobs;
    private readonly StoreLimits _limits;
    private readonly Func<WriteContext> _newContext;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly List<StoreOperation> _batch = [];
    private volatile bool _isStopping;
    private readonly Action<AccountId> _forget;
    private readonly Lock _lock = new();
    private WriteContext? _failed;
    private volatile bool _mustRecover;
    private volatile IStoreObserver _observer = NoObserver.Instance;

    public StoreWriter(IStoreEngine engine, IBlobStore blobs, StoreLimits limits, Func<WriteContext> newContext, Action<AccountId> forget, ILogger logger)
    {
        _forget = forget;
        _engine = engine;
        _blobs = blobs;
        _limits = limits;
        _newContext = newContext;
        _logger = logger;
        // A thread of its own: flushes block, and blocked pool threads would stall every session. Above normal, because all acknowledgements wait for it.
        _thread = new Thread(Run) { IsBackground = true, Name = "store writer", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Called on the writer thread after a commit that may have left dead emails.</summary>
    public Action? WorkLeft { get; set; }

    /// <summary>Told which accounts are so full that their owners should hear of it. On the writer thread: it must not wait.</summary>
    public Action<AccountId>? QuotaCrossed { get; set; }

    /// <summary>Committed batches, for figures.</summary>
    public long Batches { get; private set; }

    /// <summary>Operations that wait.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Whether the last batch failed: the store is put right before the next one.</summary>
    public bool IsFailing => _mustRecover;

    /// <summary>Looks on.</summary>
    public IStoreObserver Observer
    {
        get => _observer;
        set => _observer = value;
    }

    /// <summary>Queues an operation.</summary>
    public void Enqueue(StoreOperation operation)
    {
        lock (_lock)
        {
            // Under the lock, so that nothing is queued behind the thread's back when it ends.
            if (!_isStopping)
            {
                _queue.Enqueue(operation);
                _waiting.Release();
                if (_gathering.IsWaiting)
                {
                    _gathering.Arrived(_queue.Count);
                }

                return;
            }
        }

        operation.Fail(new StoreException(StoreFailure.Stopping, "The store is stopping."));
    }

    /// <summary>Finishes what waits, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isStopping)
            {
                return;
            }

            _isStopping = true;
            _waiting.Release();
        }

        _thread.Join();
        _waiting.Dispose();
        _gathering.Dispose();
    }

    private void Run()
    {
        while (true)
        {
#pragma warning disable VSTHRD103, MA0042, MA0045 // The writer thread blocks by design.
            _waiting.Wait();
#pragma warning restore VSTHRD103, MA0042, MA0045
            _gathering.Wait(() => _queue.Count);
            if (TakeBatch())
            {
                _gathering.Taken(wasAll: _queue.IsEmpty);
                WriteBatch();
                _gathering.Written(_batch.Count, _queue.Count);
            }
            else if (_isStopping && _queue.IsEmpty)
            {
                return;
            }
        }
    }

    private bool TakeBatch()
    {
        _batch.Clear();
        var bytes = 0L;
        while (_batch.Count < _limits.BatchOperationsMax && bytes < _limits.BatchBytesMax && _queue.TryDequeue(out var operation))
        {
            if (_batch.Count > 0)
            {
                // The first one's release brought us here; the others' are used up with them. A missing one only means a turn that finds nothing.
                _waiting.Wait(0);
            }

            _batch.Add(operation);
            bytes += operation.Bytes;
        }

        return _batch.Count > 0;
    }

    private void WriteBatch()
    {
        if (TryWrite(_batch, out var rulesFailed) || _batch.Count == 1 || !rulesFailed)
        {
            return;
        }

        // One operation's fault must not fail its neighbours: run them one by one.
        List<StoreOperation> single = [_batch[0]];
        foreach (var operation in _batch)
        {
            single[0] = operation;
            TryWrite(single, out _);
        }
    }

    /// <summary>Writes a batch and answers its operations, unless the rules of one of several failed.</summary>
    private bool TryWrite(List<StoreOperation> batch, out bool rulesFailed)
    {
        WriteContext? context = null;
        rulesFailed = false;
        var started = Stopwatch.GetTimestamp();
        try
        {
            Recover();
            context = _newContext();
            rulesFailed = true;
            foreach (var operation in batch)
            {
                operation.Execute(context);
            }

            context.Close();
            rulesFailed = false;
            Write(batch, context);
            context.Publish(fault => LogAfterCommitFailed(_logger, fault));
        }
#pragma warning disable CA1031 // Writer boundary: whatever went wrong, the waiters must hear of it and the store must go on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _failed = context ?? _failed;
            _mustRecover = true;
            LogBatchFailed(_logger, batch.Count, fault);
            Observe(static observer => observer.Failed());
            if (!rulesFailed || batch.Count == 1)
            {
                var told = fault as StoreException ?? new StoreException(StoreFailure.Unavailable, "The store could not write.", fault);
                batch.ForEach(operation => operation.Fail(told));
            }

            return false;
        }

        batch.ForEach(operation => operation.Complete());
        if (context.LeavesWork)
        {
            WorkLeft?.Invoke();
        }

        foreach (var account in context.QuotaCrossed)
        {
            QuotaCrossed?.Invoke(account);
        }

        // Last of all: whoever waits has been answered, and nobody new has to wait for more than this.
        if (context.IsCommitted)
        {
            var commit = StoreCommit.Of(context.Batch, batch.Count, Stopwatch.GetElapsedTime(started), context.Changes);
            Observe(observer => observer.Committed(commit));
        }

        return true;
    }

    private void Observe(Action<IStoreObserver> tell)
    {
        try
        {
            tell(_observer);
        }
#pragma warning disable CA1031 // Who looks on must never stop the writer.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogObserverFailed(_logger, fault);
        }
    }

    private void Write(List<StoreOperation> batch, WriteContext context)
    {
        if (context.HasBlobs)
        {
            _blobs.Flush();
        }

        if (!context.Batch.IsEmpty)
        {
            batch.ForEach(operation => operation.MayBeStored = true);
            context.MayBeStored = true;
            _engine.Commit(context.Batch);
            context.IsCommitted = true;
            Batches++;
        }

        _blobs.Committed();
    }

    private void Recover()
    {
        if (!_mustRecover)
        {
            return;
        }

        _engine.Recover();
        // The engine first: a commit that failed at its flush may be on disk all the same, and then the bytes it refers to must stay.
        _blobs.Recover(_engine.ReadSegments(), _engine.HasEmailsIn);
        if (_failed is { } failed)
        {
            TakeFromDisk(failed);
        }

        _failed = null;
        _mustRecover = false;
        LogRecovered(_logger);
    }

    // What the disk says is the truth: accounts that memory knows otherwise are loaded anew, and their sessions end.
    private void TakeFromDisk(WriteContext failed)
    {
        foreach (var account in failed.Accounts)
        {
            if (failed.IsCommitted || _engine.LoadAccount(account.Id) is not { } stored || !account.Account.IsAsStored(stored))
            {
                account.Account.PublishRemoved();
                _forget(account.Id);
            }
        }

        failed.ReloadDirectory();
        foreach (var account in failed.Accounts)
        {
            // Who may get in may have changed on disk after all.
            account.Account.SignalAccess();
        }

        if (!failed.MayBeStored)
        {
            // The files are still their operations': those that failed remove their own, and the others are about to be tried again with theirs.
            return;
        }

        foreach (var email in failed.Batch.Emails.Where(email => email.Blob.Kind == BlobKind.Large))
        {
            var place = default(BlobRef);
            _engine.ReadEmails(email.Account, [email.Email], (EmailId _, in BlobRef blob, ReadOnlySpan<byte> _) =>
            {
                place = blob;
                return true;
            });
            if (place != email.Blob)
            {
                _blobs.DeleteLarge(email.Blob);
            }
        }
    }

    [LoggerMessage(EventId = 1201, Level = LogLevel.Error, Message = "batch not written, nothing of it is visible operations={Operations}")]
    private static partial void LogBatchFailed(ILogger logger, int operations, Exception fault);

    [LoggerMessage(EventId = 1204, Level = LogLevel.Warning, Message = "file not removed after a commit, the next start removes it")]
    private static partial void LogAfterCommitFailed(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 1205, Level = LogLevel.Error, Message = "metrics or journal failed after a commit, the mail is safe")]
    private static partial void LogObserverFailed(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 1202, Level = LogLevel.Warning, Message = "store recovered after a failed write")]
    private static partial void LogRecovered(ILogger logger);
}
