using System.Collections.Concurrent;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Writing;

/// <summary>Accounts in memory: one object an account, so that sessions and the writer speak of the same one.</summary>
internal sealed class AccountCache(IStoreEngine engine)
{
    private readonly ConcurrentDictionary<AccountId, Lazy<Account?>> _accounts = new();

    /// <summary>Loaded accounts.</summary>
    public IEnumerable<Account> Loaded => _accounts.Values.Where(account => account.IsValueCreated).Select(account => account.Value).OfType<Account>();

    /// <summary>The account, loaded when it is not in memory; null when it does not exist.</summary>
    public Account? Get(AccountId id)
    {
        var lazy = _accounts.GetOrAdd(id, static (key, engine) => new Lazy<Account?>(() => engine.LoadAccount(key) is { } contents ? new Account(contents) : null), engine);
        try
        {
            if (lazy.Value is { } account)
            {
                return account;
            }
        }
        catch
        {
            _accounts.TryRemove(new(id, lazy));
            throw;
        }

        _accounts.TryRemove(new(id, lazy));
        return null;
    }

    /// <summary>Takes in an account that was just made.</summary>
    public void Add(Account account) => _accounts[account.Id] = new Lazy<Account?>(account);

    /// <summary>Lets go of a removed account.</summary>
    public void Forget(AccountId id) => _accounts.TryRemove(id, out _);
}
