using System.Collections.Immutable;
using Martlet.Store.Changes;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store;

/// <summary>An account as the last commit left it: its mailboxes, keywords, subscriptions, annotations and counters.</summary>
/// <remarks>Thread safe: every property is an immutable value that the writer replaces after a commit.</remarks>
public sealed class Account
{
    private readonly Lock _lock = new();
    private readonly List<ChangeSignal> _signals = [];
    private readonly List<ChangeSignal> _watchers = [];
    private volatile AccountRow _row;
    private volatile ImmutableSortedDictionary<string, Mailbox> _mailboxes;
    private volatile ImmutableSortedSet<string> _subscriptions;
    private volatile KeywordTable _keywords;
    private volatile AnnotationTable _annotations;
    private volatile bool _isRemoved;
    private bool _lacksKeywords;

    internal Account(AccountContents contents, StoreLimits limits)
    {
        Limits = limits;
        _row = contents.Account;
        _keywords = contents.Keywords;
        _subscriptions = ImmutableSortedSet.CreateRange(StringComparer.Ordinal, contents.Subscriptions);
        var mailboxes = ImmutableSortedDictionary.CreateBuilder<string, Mailbox>(StringComparer.Ordinal);
        foreach (var row in contents.Mailboxes)
        {
            if (mailboxes.ContainsKey(row.Info.Name))
            {
                throw new StoreException(StoreFailure.Corrupt, $"Account {_row.Name} has two mailboxes named {row.Info.Name}.");
            }

            mailboxes.Add(row.Info.Name, new Mailbox(this, row.Id, row.Info, limits));
        }

        _mailboxes = mailboxes.ToImmutable();
        _annotations = contents.ToTable();
    }

    /// <summary>Number.</summary>
    public AccountId Id => _row.Id;

    /// <summary>Name: the address it was made with.</summary>
    public string Name => _row.Name;

    /// <summary>Row after the last commit: counters and limits.</summary>
    public AccountRow Row => _row;

    /// <summary>Mailboxes by full name, sorted.</summary>
    public ImmutableSortedDictionary<string, Mailbox> Mailboxes => _mailboxes;

    /// <summary>Subscribed names, sorted; a name need not exist as a mailbox.</summary>
    public ImmutableSortedSet<string> Subscriptions => _subscriptions;

    /// <summary>Keywords.</summary>
    public KeywordTable Keywords => _keywords;

    /// <summary>Annotations of the account and its mailboxes, without their values. Never newer than <see cref="Mailboxes"/> read after it.</summary>
    public AnnotationTable Annotations => _annotations;

    /// <summary>Whether the account has been removed: sessions on it must end.</summary>
    public bool IsRemoved => _isRemoved;

    /// <summary>Whether it came to the limit of keywords or sets. Set by the writer, taken back by the housekeeper.</summary>
    internal bool LacksKeywords
    {
        get => Volatile.Read(ref _lacksKeywords);
        set => Volatile.Write(ref _lacksKeywords, value);
    }

    /// <summary>When its messages were last searched for the keywords they have.</summary>
    internal DateTimeOffset KeywordsSearched { get; set; }

    /// <summary>Limits of the store.</summary>
    internal StoreLimits Limits { get; }

    /// <summary>The mailbox of that name, which is normalized first; null when there is none.</summary>
    public Mailbox? FindMailbox(string name) => _mailboxes.GetValueOrDefault(name.Normalize());

    /// <summary>The mailbox with that use; null when there is none.</summary>
    public Mailbox? FindMailbox(SpecialUse use)
    {
        foreach (var (_, mailbox) in _mailboxes)
        {
            if (mailbox.Info.Use == use)
            {
                return mailbox;
            }
        }

        return null;
    }

    /// <summary>
    /// Signals when mailboxes are made, renamed, deleted, subscribed or annotated, when who may log in changes, and when the account is removed. Dispose to stop.
    /// </summary>
    public IDisposable Subscribe(ChangeSignal signal) => new Subscription(this, _signals, signal);

    /// <summary>Signals after every commit that touches the account, messages included. Dispose to stop.</summary>
    public IDisposable Watch(ChangeSignal signal) => new Subscription(this, _watchers, signal);

    /// <summary>Whether it is what the engine has. Messages are not looked at: they do not change without the row.</summary>
    internal bool IsAsStored(AccountContents stored) =>
        _row == stored.Account && _keywords.IsSame(stored.Keywords)
        && _subscriptions.SetEquals(stored.Subscriptions) && _mailboxes.Count == stored.Mailboxes.Count
        && stored.Mailboxes.All(row => FindMailbox(row.Info.Name)?.Info == row.Info) && stored.ToTable().ChangesSince(_annotations).Count == 0;

    internal void Publish(AccountRow row, KeywordTable keywords)
    {
        _row = row;
        _keywords = keywords;
    }

    internal void PublishTree(ImmutableSortedDictionary<string, Mailbox> mailboxes, ImmutableSortedSet<string> subscriptions, AnnotationTable annotations)
    {
        _mailboxes = mailboxes;
        _subscriptions = subscriptions;
        _annotations = annotations;
        SignalAll();
    }

    internal void PublishRemoved()
    {
        _isRemoved = true;
        SignalAll();
        foreach (var (_, mailbox) in _mailboxes)
        {
            mailbox.PublishDeleted();
            mailbox.Index.SignalViews();
        }
    }

    /// <summary>Wakes the sessions: the directory says who may still be here.</summary>
    internal void SignalAccess() => SignalAll();

    /// <summary>Wakes those who watch everything; the commit is visible.</summary>
    internal void SignalWatchers() => Signal(_watchers);

    private void SignalAll() => Signal(_signals);

    private void Signal(List<ChangeSignal> signals)
    {
        lock (_lock)
        {
            foreach (var signal in signals)
            {
                signal.Set();
            }
        }
    }

    private sealed class Subscription : IDisposable
    {
        // Keeps the account in memory: another object of it would signal nobody here.
        private readonly Account _account;
        private readonly List<ChangeSignal> _signals;
        private readonly ChangeSignal _signal;

        public Subscription(Account account, List<ChangeSignal> signals, ChangeSignal signal)
        {
            (_account, _signals, _signal) = (account, signals, signal);
            lock (_account._lock)
            {
                _signals.Add(signal);
            }
        }

        public void Dispose()
        {
            lock (_account._lock)
            {
                _signals.Remove(_signal);
            }
        }
    }
}
