using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Writing;

namespace Martlet.Store;

/// <summary>The history of logins: who logged in or tried to, from where, and how it ended. It is bounded, goes with its account, and is not mail: no modseq, no announcement.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class LoginHistory
{
    private readonly StoreWriter _writer;
    private readonly IStoreEngine _engine;
    private readonly StoreLimits _limits;
    private readonly TimeProvider _time;

    internal LoginHistory(StoreWriter writer, IStoreEngine engine, StoreLimits limits, TimeProvider time)
    {
        _writer = writer;
        _engine = engine;
        _limits = limits;
        _time = time;
    }

    /// <summary>
    /// Adds logins, in one transaction: those that are alike become one entry, with the one that is there already. What is over a limit goes, the oldest first. Logins
    /// of an account that is no longer there are left out. LimitReached for more than <see cref="StoreLimits.LoginsAtOnceMax"/>.
    /// </summary>
    /// <exception cref="StoreException">The engine failed; nothing was added.</exception>
    public Task<StoreResult<Done>> AddAsync(IReadOnlyList<LoginEntry> logins)
    {
        var operation = new AddLogins(logins);
        _writer.Enqueue(operation);
        return operation.Completion;
    }

    /// <summary>The logins of an account, or of <see cref="LoginEntry.Nobody"/>, the newest first. Blocks for the database, a millisecond or so.</summary>
    /// <param name="account">Account; one that does not exist has none.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<LoginEntry> Read(AccountId account, int limit)
    {
        var since = _time.GetUtcNow() - _limits.LoginsKept;
        return [.. _engine.ReadLogins(account, limit).Select(row => row.Entry).TakeWhile(login => login.Last >= since)];
    }

    /// <summary>Forgets what is too old; each turn is a batch of its own.</summary>
    internal async Task ForgetAsync(CancellationToken cancel)
    {
        var isMore = true;
        while (isMore && !cancel.IsCancellationRequested)
        {
            var operation = new ForgetLogins();
            _writer.Enqueue(operation);
            isMore = (await operation.Completion.ConfigureAwait(false)).Value;
        }
    }
}
