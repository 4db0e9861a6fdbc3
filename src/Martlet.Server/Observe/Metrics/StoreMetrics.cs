using System.Diagnostics.Metrics;
using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Operations;

namespace Martlet.Server.Observe.Metrics;

/// <summary>Metrics of the store: commits as they happen, what it holds when somebody looks.</summary>
public sealed class StoreMetrics : IStoreObserver
{
    private static readonly MetricInfo Commit = new(
        "martlet.store.commit.duration", MetricKind.Histogram, "s", "Time of a group commit: rules, flushes, announcement. Their number is the number of commits.");

    private static readonly MetricInfo Operations = new(
        "martlet.store.operations", MetricKind.Counter, "{operation}", "Operations in committed groups: divided by commits, the size of a group.");

    private static readonly MetricInfo Failures = new("martlet.store.commit.failures", MetricKind.Counter, "{commit}", "Groups that could not be written.");

    private static readonly MetricInfo Messages = new(
        "martlet.store.messages", MetricKind.Counter, "{message}", "Messages put into mailboxes (copies too), taken out, and given other flags.",
        new MetricLabel("change", ["added", "expunged", "flagged"]));

    private static readonly MetricInfo Written = new("martlet.store.written", MetricKind.Counter, "By", "Bytes of new messages.");

    private static readonly MetricInfo Arrived = new(
        "martlet.messages.arrived", MetricKind.Counter, "{message}", "New messages, by the way they came.",
        new MetricLabel("by", ["smtp", "submission", "imap", "import", "web", "server"]));

    private static readonly MetricInfo CachedMessages = new("martlet.store.cache.messages", MetricKind.Gauge, "{message}", "Messages of mailboxes that are in memory.");

    private static readonly MetricInfo CachedMailboxes = new("martlet.store.cache.mailboxes", MetricKind.Gauge, "{mailbox}", "Mailboxes that are in memory.");

    private static readonly MetricInfo CachedAccounts = new("martlet.store.cache.accounts", MetricKind.Gauge, "{account}", "Accounts that are in memory.");

    private readonly Histogram<double> _commit;
    private readonly Counter<long> _operations;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _written;
    private readonly Counter<long> _arrived;

    /// <summary>Makes the instruments.</summary>
    public StoreMetrics(MetricSet set, MailStore store)
    {
        _commit = set.Histogram(Commit);
        _operations = set.Counter(Operations);
        _failures = set.Counter(Failures);
        _messages = set.Counter(Messages);
        _written = set.Counter(Written);
        _arrived = set.Counter(Arrived);
        set.Watch(CachedMessages, () => store.Load.CachedMessages);
        set.Watch(CachedMailboxes, () => store.Load.Mailboxes);
        set.Watch(CachedAccounts, () => store.Load.Accounts);
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } = [Commit, Operations, Failures, Messages, Written, Arrived, CachedMessages, CachedMailboxes, CachedAccounts];

    /// <inheritdoc/>
    public void Committed(in StoreCommit commit)
    {
        _commit.Record(commit.Elapsed.TotalSeconds);
        _operations.Add(commit.Operations);
        Count("added", commit.Added);
        Count("expunged", commit.Expunged);
        Count("flagged", commit.FlagChanges);
        if (commit.Bytes > 0)
        {
            _written.Add(commit.Bytes);
        }
    }

    /// <inheritdoc/>
    public void Failed() => _failures.Add(1);

    /// <inheritdoc/>
    public void Added(IReadOnlyList<NewMessage> messages, IReadOnlyList<AddedMessage> added, ChangeOrigin? origin) =>
        _arrived.Add(added.Count, new KeyValuePair<string, object?>("by", origin?.By));

    private void Count(string change, int messages)
    {
        if (messages > 0)
        {
            _messages.Add(messages, new KeyValuePair<string, object?>("change", change));
        }
    }
}
