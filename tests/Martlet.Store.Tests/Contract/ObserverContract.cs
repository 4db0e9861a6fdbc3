using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>What who looks on is told: all that happens to messages, in the order of the commits, and nothing that does not happen.</summary>
public abstract class ObserverContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    private static readonly ChangeOrigin Origin = new("test", "c1");

    [Fact]
    public async Task Each_change_of_messages_is_told_with_who_asked_for_it()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox);
        var observer = new Observer();
        test.Store.Observer = observer;

        var work = await test.CreateAsync(anna, "Work");
        Assert.True((await test.Store.CopyAsync(inbox, Uids(1, 2), work, Origin)).IsDone);
        Assert.True((await test.Store.MoveAsync(inbox, Uids(3, 9), work, Origin)).IsDone);
        Assert.True((await test.Store.ExpungeAsync(inbox, Uids(1, 7), onlyDeleted: false, Origin)).IsDone);
        Assert.True((await test.Store.RenameMailboxAsync(work, "Play", Origin)).IsDone);
        Assert.True((await test.Store.RenameMailboxAsync(inbox, "Old", Origin)).IsDone);
        Assert.True((await test.Store.DeleteMailboxAsync(work, Origin)).IsDone);
        Assert.True((await test.Store.RemoveAccountAsync(anna.Id, Origin)).IsDone);

        await test.Store.ProbeAsync();
        Assert.Equal(
            [
                "copied INBOX>Work 1,2>1,2", "moved INBOX>Work 3>3", "expunged INBOX 1", "renamed Work>Play", "moved INBOX>Old 2>1", "deleted Play", "removed",
            ],
            observer.Changes.Select(Describe));
        Assert.All(observer.Changes, change => Assert.Equal((anna.Id, Origin), (change.Account, change.Origin)));
    }

    [Fact]
    public async Task What_is_refused_or_changes_nothing_is_not_told()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        var observer = new Observer();
        test.Store.Observer = observer;

        Assert.True((await test.Store.CopyAsync(inbox, Uids(7), inbox, Origin)).IsDone);
        Assert.True((await test.Store.ExpungeAsync(inbox, Uids(1), onlyDeleted: true, Origin)).IsDone);
        Assert.Equal(Refusal.BadName, (await test.Store.DeleteMailboxAsync(inbox, Origin)).Refusal);
        Assert.Equal(Refusal.MailboxExists, (await test.Store.RenameMailboxAsync(anna.FindMailbox("Archive")!, "Sent", Origin)).Refusal);

        await test.Store.ProbeAsync();
        Assert.Empty(observer.Changes);
        Assert.Empty(observer.Commits);
    }

    [Fact]
    public async Task A_message_that_comes_in_is_told_before_who_brought_it_goes_on()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var observer = new Observer();
        test.Store.Observer = observer;
        using var spool = test.Store.NewSpool();
        spool.Write("Message-ID: <one@example.net>\r\n\r\nx\r\n"u8);
        spool.Complete();

        Assert.True((await test.Store.AddMessagesAsync([new NewMessage { Mailbox = TestStore.Inbox(anna), Content = spool }], Origin)).IsDone);
        Assert.Equal(("<one@example.net>", 1u, Origin), Assert.Single(observer.Added));
        using var second = test.Store.NewSpool();
        second.Write("Message-ID: <two@example.net>\r\n\r\nx\r\n"u8);
        second.Complete();
        Assert.True((await test.Store.ReplaceMessageAsync(new NewMessage { Mailbox = TestStore.Inbox(anna), Content = second }, TestStore.Inbox(anna), new Uid(1), Origin)).IsDone);
        Assert.Equal(("<two@example.net>", 2u, Origin), observer.Added[1]);

        await test.Store.ProbeAsync();
        Assert.Equal("expunged INBOX 1", Assert.Single(observer.Changes.Select(Describe)));
        Assert.Equal([(1, 0), (1, 1)], observer.Commits.Select(commit => (commit.Added, commit.Expunged)));
        Assert.All(observer.Commits, commit => Assert.True(commit is { Operations: 1, Bytes: > 30 } && commit.Elapsed > TimeSpan.Zero));
    }

    [Fact]
    public async Task Who_looks_on_and_fails_stops_nothing()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        test.Store.Observer = new Observer { Fails = true };
        await test.AppendAsync(inbox);
        Assert.Equal(Uids(1), (await ExpungeAsync(test, inbox, 1)).Uids);
        await test.AppendAsync(inbox);
        Assert.Equal(1, inbox.Info.Messages);
    }

    [Fact]
    public async Task What_waits_and_what_is_in_memory_can_be_asked_for()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        await test.AppendAsync(TestStore.Inbox(anna));
        Assert.Single(await test.RowsAsync(TestStore.Inbox(anna)));

        var load = test.Store.Load;
        Assert.Equal((0, 1, false), (load.Waiting, load.Accounts, load.IsFailing));
        Assert.True(load is { Mailboxes: >= 1, CachedMessages: 1 });
    }

    private static string Describe(StoreChange change) => change switch
    {
        MessagesCopied copied => $"{(copied.IsMove ? "moved" : "copied")} {copied.From.Name}>{copied.To.Name} {string.Join(',', copied.FromUids)}>{string.Join(',', copied.ToUids)}",
        MessagesExpunged expunged => $"expunged {expunged.Mailbox.Name} {string.Join(',', expunged.Uids)}",
        MailboxRenamed renamed => $"renamed {renamed.Mailbox.Name}>{renamed.NewName}",
        MailboxDeleted deleted => $"deleted {deleted.Mailbox.Name}",
        AccountRemoved => "removed",
        _ => change.ToString(),
    };

    private sealed class Observer : IStoreObserver
    {
        public List<StoreChange> Changes { get; } = [];

        public List<StoreCommit> Commits { get; } = [];

        public List<(string MessageId, uint Uid, ChangeOrigin? Origin)> Added { get; } = [];

        public bool Fails { get; init; }

        public void Committed(in StoreCommit commit)
        {
            Changes.AddRange(commit.Changes);
            Commits.Add(commit);
            if (Fails)
            {
                throw new InvalidOperationException("This one always fails.");
            }
        }

        public void Failed()
        {
        }

        void IStoreObserver.Added(IReadOnlyList<NewMessage> messages, IReadOnlyList<AddedMessage> added, ChangeOrigin? origin)
        {
            for (var i = 0; i < added.Count; i++)
            {
                Added.Add((System.Text.Encoding.ASCII.GetString(messages[i].Content.Structure.MessageId.Value), added[i].Uid.Value, origin));
            }
        }
    }
}
