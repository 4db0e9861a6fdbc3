using System.Collections.Concurrent;
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
    private WriteContext? _failed;
    private bool _mustRecover;

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
    public Action? DeadEmailsLeft { get; set; }

    /// <summary>Committed batches, for figures.</summary>
    public long Batches { get; private set; }

    /// <summary>Queues an operation.</summary>
    public void Enqueue(StoreOperation operation)
    {
        if (_isStopping)
        {
            operation.Fail(new StoreException(StoreFailure.Stopping, "The store is stopping."));
            return;
        }

        _queue.Enqueue(operation);
        _waiting.Release();
    }

    /// <summary>Finishes what waits, then ends the thread.</summary>
    public void Dispose()
    {
        if (!_isStopping)
        {
            _isStopping = true;
            _waiting.Release();
            _thread.Join();
            _waiting.Dispose();
        }
    }

    private void Run()
    {
        while (true)
        {
#pragma warning disable VSTHRD103, MA0042, MA0045 // The writer thread blocks by design.
            _waiting.Wait();
#pragma warning restore VSTHRD103, MA0042, MA0045
            if (TakeBatch())
            {
                WriteBatch();
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
        rulesFailed = true;
        try
        {
            Recover();
            context = _newContext();
            foreach (var operation in batch)
            {
                operation.Execute(context);
            }

            context.Close();
            rulesFailed = false;
            if (context.HasBlobs)
            {
                _blobs.Flush();
            }

            if (!context.Batch.IsEmpty)
            {
                _engine.Commit(context.Batch);
                Batches++;
            }

            _blobs.Committed();
            context.Publish();
        }
#pragma warning disable CA1031 // Writer boundary: whatever went wrong, the waiters must hear of it and the store must go on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _failed = context;
            _mustRecover = true;
            LogBatchFailed(_logger, batch.Count, fault);
            if (!rulesFailed || batch.Count == 1)
            {
                var told = fault as StoreException ?? new StoreException(StoreFailure.Unavailable, "The store could not write.", fault);
                batch.ForEach(operation => operation.Fail(told));
            }

            return false;
        }

        batch.ForEach(operation => operation.Complete());
        if (context.LeavesDeadEmails)
        {
            DeadEmailsLeft?.Invoke();
        }

        return true;
    }

    private void Recover()
    {
        if (!_mustRecover)
        {
            return;
        }

        _blobs.Recover();
        _engine.Recover();
        // A commit that failed at its flush may be on disk all the same. What the disk says is the truth: such accounts are loaded anew and their sessions end.
        foreach (var account in _failed?.Accounts ?? [])
        {
            if (_engine.LoadAccount(account.Id)?.Account.ModSeq != account.Account.Row.ModSeq)
            {
                account.Account.PublishRemoved();
                _forget(account.Id);
            }
        }

        _failed = null;
        _mustRecover = false;
        LogRecovered(_logger);
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "batch not written, nothing of it is visible operations={Operations}")]
    private static partial void LogBatchFailed(ILogger logger, int operations, Exception fault);

    [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "store recovered after a failed write")]
    private static partial void LogRecovered(ILogger logger);
}
