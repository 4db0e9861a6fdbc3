using Martlet.Store.Changes;
using Martlet.Store.Operations;

namespace Martlet.Server.Observe;

/// <summary>Several who look on at the store, one after the other.</summary>
public sealed class StoreObservers(params IReadOnlyList<IStoreObserver> observers) : IStoreObserver
{
    /// <inheritdoc/>
    public void Committed(in StoreCommit commit)
    {
        foreach (var observer in observers)
        {
            observer.Committed(commit);
        }
    }

    /// <inheritdoc/>
    public void Failed()
    {
        foreach (var observer in observers)
        {
            observer.Failed();
        }
    }

    /// <inheritdoc/>
    public void Added(IReadOnlyList<NewMessage> messages, IReadOnlyList<AddedMessage> added, ChangeOrigin? origin)
    {
        foreach (var observer in observers)
        {
            observer.Added(messages, added, origin);
        }
    }
}
