using System.Collections.Concurrent;
using Martlet.Store.Model;

namespace Martlet.Server.Transfer;

/// <summary>Lets one import of an account run at a time, since two of the same file would not see each other's messages, and only some of all accounts.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class TransferGate
{
    private readonly ConcurrentDictionary<AccountId, bool> _running = new();

    /// <summary>Begins an import.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="most">Imports at the same time.</param>
    /// <param name="problem">Why it cannot begin now.</param>
    /// <returns>To be disposed at its end; null when it cannot begin.</returns>
    internal IDisposable? TryEnter(AccountId account, int most, out string? problem)
    {
        problem = null;
        if (!_running.TryAdd(account, true))
        {
            problem = "Another import into this account is running; wait until it is done.";
            return null;
        }

        if (_running.Count > most)
        {
            _running.TryRemove(account, out _);
            problem = "Too many imports are running (limit imports-at-once); try again later.";
            return null;
        }

        return new Place(this, account);
    }

    private sealed class Place(TransferGate gate, AccountId account) : IDisposable
    {
        public void Dispose() => gate._running.TryRemove(account, out _);
    }
}
