using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Writing;

/// <summary>
/// Accounts in memory: one object an account, so that sessions and the writer speak of the same one. Those used last are held; an older one stays as long as
/// somebody else holds it (a session, a view, a batch), and goes with the last who does. So there are never two objects of one account.
/// </summary>
internal sealed class AccountCache(IStoreEngine engine, StoreLimits limits)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<AccountId, Entry> _accounts = [];
    private readonly LinkedList<Entry> _held = [];

    /// <summary>Loaded accounts.</summary>
    public IReadOnlyList<Account> Loaded
    {
        get
        {
            lock (_lock)
            {
                return [.. _accounts.Values.Select(entry => entry.Account).OfType<Account>()];
            }
        }
    }

    /// <summary>The account, loaded when it is not in memory; null when it does not exist.</summary>
    public Account? Get(AccountId id)
    {
        while (true)
        {
            var entry = EntryOf(id);
            if (entry.Account is { } account)
            {
                return account;
            }

            // Others who want the same account wait for this load, and nobody else does.
            lock (entry.Loading)
            {
                account = entry.Account ?? (engine.LoadAccount(id) is { } contents ? new Account(contents, limits) : null);
                if (TryKeep(entry, account))
                {
                    return account;
                }
            }

            // Forgotten meanwhile: what was loaded may be from before a change.
        }
    }

    /// <summary>Takes in an account that was just made.</summary>
    public void Add(Account account)
    {
        lock (_lock)
        {
            var entry = new Entry(account.Id);
            _accounts[account.Id] = entry;
            Hold(entry, account);
        }
    }

    /// <summary>Lets go of a removed account.</summary>
    public void Forget(AccountId id)
    {
        lock (_lock)
        {
            if (_accounts.TryGetValue(id, out var entry))
            {
                Remove(entry);
            }
        }
    }

    private Entry EntryOf(AccountId id)
    {
        lock (_lock)
        {
            if (!_accounts.TryGetValue(id, out var entry))
            {
                entry = new Entry(id);
                _accounts.Add(id, entry);
            }
            else if (entry.Account is { } account)
            {
                Hold(entry, account);
            }

            return entry;
        }
    }

    private bool TryKeep(Entry entry, Account? account)
    {
        lock (_lock)
        {
            if (_accounts.GetValueOrDefault(entry.Id) != entry)
            {
                return false;
            }

            if (account is null)
            {
                Remove(entry);
            }
            else
            {
                Hold(entry, account);
            }

            return true;
        }
    }

    private void Hold(Entry entry, Account account)
    {
        if (entry.Held is null)
        {
            entry.Hold(account);
            _held.AddFirst(entry.Place);
        }
        else if (_held.First != entry.Place)
        {
            _held.Remove(entry.Place);
            _held.AddFirst(entry.Place);
        }

        while (_held.Count > limits.IdleAccountsMax && _held.Last is { } last)
        {
            _held.Remove(last);
            last.Value.LetGo();
        }
    }

    private void Remove(Entry entry)
    {
        _accounts.Remove(entry.Id);
        if (entry.Held is not null)
        {
            _held.Remove(entry.Place);
            entry.LetGo();
        }
    }

    // Stays when its account is gone: whoever loads it again must meet others who do.
    private sealed class Entry
    {
        private volatile WeakReference<Account>? _known;

        public Entry(AccountId id)
        {
            Id = id;
            Place = new LinkedListNode<Entry>(this);
        }

        public AccountId Id { get; }

        public LinkedListNode<Entry> Place { get; }

        public Lock Loading { get; } = new();

        public Account? Held { get; private set; }

        public Account? Account => _known is { } known && known.TryGetTarget(out var account) ? account : null;

        public void Hold(Account account)
        {
            Held = account;
            _known = new WeakReference<Account>(account);
        }

        public void LetGo() => Held = null;
    }
}
