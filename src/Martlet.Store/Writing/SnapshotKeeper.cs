using System.Collections.Concurrent;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Store.Writing;

/// <summary>
/// Snapshots to be stored: of mailboxes that had to be loaded from their rows, and of those that are dropped from memory. They are a cache, so whatever goes
/// wrong with one only makes the next load slower.
/// </summary>
/// <param name="save">Runs one part's operation.</param>
internal sealed class SnapshotKeeper(Func<SaveSnapshotPart, Task<StoreResult<bool>>> save)
{
    // Bytes of dropped mailboxes that wait for the writer; more are not kept.
    private const long WaitingBytesMax = 64 * 1024 * 1024;

    private readonly ConcurrentQueue<(Mailbox Mailbox, StoredSnapshot? Snapshot)> _waiting = new();
    private long _waitingBytes;

    /// <summary>A mailbox was loaded, perhaps from its rows: if it needs a snapshot, one is made later.</summary>
    public void Loaded(Mailbox mailbox) => _waiting.Enqueue((mailbox, null));

    /// <summary>A mailbox was dropped from memory.</summary>
    public void Dropped(Mailbox mailbox, StoredSnapshot snapshot)
    {
        var bytes = Bytes(snapshot);
        if (Interlocked.Add(ref _waitingBytes, bytes) > WaitingBytesMax)
        {
            Interlocked.Add(ref _waitingBytes, -bytes);
            return;
        }

        _waiting.Enqueue((mailbox, snapshot));
    }

    /// <summary>Stores what waits.</summary>
    public async Task SaveAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested && _waiting.TryDequeue(out var next))
        {
            if (next.Snapshot is { } dropped)
            {
                Interlocked.Add(ref _waitingBytes, -Bytes(dropped));
            }

            if ((next.Snapshot ?? next.Mailbox.Index.TakeSnapshot()) is { } snapshot)
            {
                await SaveAsync(next.Mailbox, snapshot, cancel).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Stores the snapshots of mailboxes in memory that need one.</summary>
    public async Task SaveAsync(IEnumerable<Mailbox> mailboxes, CancellationToken cancel)
    {
        foreach (var mailbox in mailboxes)
        {
            if (cancel.IsCancellationRequested)
            {
                return;
            }

            if (mailbox.Index.TakeSnapshot() is { } snapshot)
            {
                await SaveAsync(mailbox, snapshot, cancel).ConfigureAwait(false);
            }
        }
    }

    // A part an operation, so that others get theirs in between.
    private async Task SaveAsync(Mailbox mailbox, StoredSnapshot snapshot, CancellationToken cancel)
    {
        for (var part = 0; part < snapshot.Parts.Count && !cancel.IsCancellationRequested; part++)
        {
            var saved = await save(new SaveSnapshotPart(mailbox, snapshot, part)).ConfigureAwait(false);
            if (!saved.IsDone || !saved.Value)
            {
                return;
            }
        }
    }

    private static long Bytes(StoredSnapshot snapshot) => snapshot.Parts.Sum(part => (long)part.Length);
}
