using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>What sessions are told of changes, and when.</summary>
public abstract class ViewContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task A_view_opens_with_what_is_there_and_hears_of_nothing_else()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox);
        await ExpungeAsync(test, inbox, 1);
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        Assert.Equal([2u], view.Opened.Uids.ToArray());
        Assert.Equal((inbox.Info.ModSeq, inbox.Info.UidNext), (view.Opened.ModSeq, view.Opened.UidNext));
        Assert.True(view.Collect(withExpunged: true).IsEmpty);
        Assert.False(view.Signal.IsSet);
    }

    [Fact]
    public async Task What_a_view_was_opened_with_stays_as_it_was_whatever_happens_to_the_mailbox()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 4);
        using var first = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await test.AppendAsync(inbox);
        using var second = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await ExpungeAsync(test, inbox, 1, 3);
        using var third = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await test.AppendAsync(inbox);
        await ExpungeAsync(test, inbox, 2);
        Assert.Equal([1u, 2, 3, 4], first.Opened.Uids.ToArray());
        Assert.Equal([1u, 2, 3, 4, 5], second.Opened.Uids.ToArray());
        Assert.Equal([2u, 4, 5], third.Opened.Uids.ToArray());
        Assert.Equal([4u, 5, 6], (await test.RowsAsync(inbox)).Select(row => row.Uid.Value));
    }

    [Fact]
    public async Task New_changed_and_expunged_messages_are_told_once()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        for (var i = 0; i < 3; i++)
        {
            await test.AppendAsync(inbox);
        }

        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await FlagAsync(test, inbox, Uids(1, 2), FlagChange.Add, MessageFlags.Seen);
        await test.AppendAsync(inbox, MessageFlags.Flagged);
        await FlagAsync(test, inbox, Uids(4), FlagChange.Add, MessageFlags.Draft);
        await ExpungeAsync(test, inbox, 2);
        Assert.True(view.Signal.IsSet);

        var delta = view.Collect(withExpunged: true);

        Assert.Equal([(1u, MessageFlags.Seen)], delta.Changed.Select(row => (row.Uid.Value, row.Flags)));
        Assert.Equal([(4u, MessageFlags.Flagged | MessageFlags.Draft)], delta.Added.Select(row => (row.Uid.Value, row.Flags)));
        Assert.Equal([2u], delta.Expunged);
        Assert.Equal((inbox.Info.ModSeq, 4u), (delta.ModSeq, delta.UidNextBefore.Value));
        Assert.False(view.Signal.IsSet);
        Assert.True(view.Collect(withExpunged: true).IsEmpty);
        Assert.False(view.TryGet(new Uid(2), out MessageRow _));
    }

    [Fact]
    public async Task Expunges_that_may_not_be_told_stay_pending_and_readable()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.Seen);
        await test.AppendAsync(inbox);
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        using var other = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await ExpungeAsync(test, inbox, 1);

        Assert.Equal([1u], other.Collect(withExpunged: true).Expunged);
        var delta = view.Collect(withExpunged: false);
        Assert.True(delta.IsEmpty);
        Assert.True(view.IsExpunged(new Uid(1)));
        Assert.True(view.TryGet(new Uid(1), out var ghost));
        Assert.Equal(MessageFlags.Seen, ghost.Flags);
        Assert.Equal(Mail.Text("hello"), test.ReadText(anna, ghost.Email));
        var rows = new MessageRow[2];
        Assert.Equal(2, view.Read([1, 2, 3], rows));
        using (var late = await test.Store.OpenViewAsync(inbox, new ChangeSignal()))
        {
            Assert.Equal([2u], late.Opened.Uids.ToArray());
            Assert.True(late.Collect(withExpunged: true).IsEmpty);
        }

        await test.AppendAsync(inbox);
        Assert.Equal([3u], view.Collect(withExpunged: false).Added.Select(row => row.Uid.Value));
        await ExpungeAsync(test, inbox, 2, 3);
        Assert.Equal([1u, 2, 3], view.Collect(withExpunged: true).Expunged);
        Assert.False(view.TryGet(new Uid(1), out MessageRow _));
        Assert.Equal([2u], other.Collect(withExpunged: true).Expunged);
    }

    [Fact]
    public async Task A_message_that_came_and_went_unseen_is_never_told()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        using var eager = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await test.AppendAsync(inbox);
        Assert.Equal([1u], eager.Collect(withExpunged: false).Added.Select(row => row.Uid.Value));
        await ExpungeAsync(test, inbox, 1);
        await test.AppendAsync(inbox);

        Assert.Equal([2u], view.Collect(withExpunged: false).Added.Select(row => row.Uid.Value));
        Assert.Empty(view.Collect(withExpunged: true).Expunged);
        Assert.Equal([1u], eager.Collect(withExpunged: true).Expunged);
        await ExpungeAsync(test, inbox, 2);
        Assert.Equal([2u], view.Collect(withExpunged: true).Expunged);
    }

    [Fact]
    public async Task A_move_is_told_to_both_mailboxes_and_a_deletion_to_those_inside()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, box) = (TestStore.Inbox(anna), await test.CreateAsync(anna, "box"));
        await test.AppendAsync(inbox);
        using var from = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        using var to = await test.Store.OpenViewAsync(box, new ChangeSignal());
        Assert.True((await test.Store.MoveAsync(inbox, Uids(1), box)).IsDone);
        Assert.Equal([1u], from.Collect(withExpunged: true).Expunged);
        Assert.Equal([1u], to.Collect(withExpunged: true).Added.Select(row => row.Uid.Value));
        Assert.True((await test.Store.DeleteMailboxAsync(box)).IsDone);
        Assert.True(to.Signal.IsSet && box.IsDeleted);
        Assert.Equal([1u], to.Collect(withExpunged: true).Expunged);
    }

    [Fact]
    public async Task A_signal_wakes_a_waiter_after_a_commit()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        using var view = await test.Store.OpenViewAsync(TestStore.Inbox(anna), new ChangeSignal());
        var waiting = view.Signal.WaitAsync();
        Assert.False(waiting.IsCompleted);
        await test.AppendAsync(TestStore.Inbox(anna));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Single(view.Collect(withExpunged: true).Added);
    }

    [Fact]
    public async Task Keywords_in_use_grow_with_the_messages()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(anna.FindMailbox("Sent")!, MessageFlags.None, "elsewhere");
        await test.AppendAsync(inbox, MessageFlags.None, "a");
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        Assert.Equal(["a"], view.KeywordsInUse().Select(number => anna.Keywords.Names[number]));
        await FlagAsync(test, inbox, Uids(1), FlagChange.Add, MessageFlags.None, ["b"]);
        await test.AppendAsync(inbox, MessageFlags.None, "c");
        Assert.Equal(["a", "b", "c"], view.KeywordsInUse().Select(number => anna.Keywords.Names[number]));
    }
}
