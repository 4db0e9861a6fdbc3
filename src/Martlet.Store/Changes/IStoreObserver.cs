using Martlet.Store.Engine;
using Martlet.Store.Operations;

namespace Martlet.Store.Changes;

/// <summary>Looks on while the store changes: metrics and the journal of mail. It cannot change or refuse anything.</summary>
public interface IStoreObserver
{
    /// <summary>
    /// A batch is on disk, visible, and its operations are answered. Called on the writer's thread, in commit order: what this takes, the next batch waits. Must
    /// not block, must not call the store.
    /// </summary>
    void Committed(in StoreCommit commit);

    /// <summary>A batch could not be written. Called on the writer's thread.</summary>
    void Failed();

    /// <summary>Messages came in. Called by the task that brought them, before it goes on: their contents can still be read, and nothing else waits.</summary>
    /// <param name="messages">What was brought.</param>
    /// <param name="added">Where each of them is, pairwise.</param>
    /// <param name="origin">Who brought them; null when nobody said.</param>
    void Added(IReadOnlyList<NewMessage> messages, IReadOnlyList<AddedMessage> added, ChangeOrigin? origin);
}

/// <summary>A committed batch in figures.</summary>
/// <param name="Operations">Operations in it.</param>
/// <param name="Elapsed">From the first rule to the last announcement, with all flushes.</param>
/// <param name="Added">Messages put into mailboxes, copies too.</param>
/// <param name="Expunged">Messages taken out of mailboxes.</param>
/// <param name="FlagChanges">Messages that got other flags.</param>
/// <param name="Bytes">Bytes of new messages.</param>
/// <param name="Changes">What happened to messages that were there before, in order; valid during the call only.</param>
public readonly record struct StoreCommit(int Operations, TimeSpan Elapsed, int Added, int Expunged, int FlagChanges, long Bytes, IReadOnlyList<StoreChange> Changes)
{
    internal static StoreCommit Of(WriteBatch batch, int operations, TimeSpan elapsed, IReadOnlyList<StoreChange> changes)
    {
        var bytes = 0L;
        foreach (var email in batch.Emails)
        {
            bytes += email.Blob.Length;
        }

        return new StoreCommit(operations, elapsed, batch.Messages.Count, batch.Expunged.Count, batch.Flags.Count, bytes, changes);
    }
}

/// <summary>Nobody looks on.</summary>
internal sealed class NoObserver : IStoreObserver
{
    public static readonly NoObserver Instance = new();

    public void Committed(in StoreCommit commit)
    {
    }

    public void Failed()
    {
    }

    public void Added(IReadOnlyList<NewMessage> messages, IReadOnlyList<AddedMessage> added, ChangeOrigin? origin)
    {
    }
}
