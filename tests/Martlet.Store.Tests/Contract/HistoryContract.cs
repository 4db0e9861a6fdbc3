using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>What is remembered of expunged messages (RFC 7162 §3.2.7), for clients that come back and for sessions that are behind.</summary>
public abstract class HistoryContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task Expunges_after_a_modseq_are_told_ascending_and_of_this_mailbox_only()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, sent) = (TestStore.Inbox(anna), anna.FindMailbox("Sent")!);
        await test.FillAsync(inbox, 6);
        await test.FillAsync(sent, 2);
        var start = inbox.Info.ModSeq;
        var first = (await ExpungeAsync(test, inbox, 5)).ModSeq;
        await ExpungeAsync(test, sent, 1);
        var second = (await ExpungeAsync(test, inbox, 2, 4)).ModSeq;

        Assert.Equal([2u, 4, 5], Read(test, inbox, start));
        Assert.Equal([2u, 4], Read(test, inbox, first));
        Assert.Empty(Read(test, inbox, second));
        Assert.Equal([1u], Read(test, sent, default));
        Assert.Equal([2u, 4, 5], test.Store.ReadExpunged(inbox, start).Select(uid => uid.Value));
        Assert.Equal((3, 1), (inbox.Info.Tombstones, sent.Info.Tombstones));
    }

    [Fact]
    public async Task The_oldest_are_forgotten_and_the_floor_says_so()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { TombstonesPerMailboxMax = 4 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 9);
        var start = inbox.Info.ModSeq;
        for (var uid = 1u; uid <= 4; uid++)
        {
            await ExpungeAsync(test, inbox, uid);
        }

        await test.TidyRowsAsync();
        Assert.Equal((4, default), (inbox.Info.Tombstones, inbox.Info.ForgottenModSeq));
        var pair = await ExpungeAsync(test, inbox, 5, 6);
        await test.TidyRowsAsync();

        Assert.Equal(4, inbox.Info.Tombstones);
        Assert.True(inbox.Info.ForgottenModSeq > start && inbox.Info.ForgottenModSeq < pair.ModSeq);
        Assert.False(test.Store.TryReadExpunged(inbox, start, out var left));
        Assert.Equal([3u, 4, 5, 6], left.Select(uid => uid.Value));
        Assert.Equal([5u, 6], Read(test, inbox, new ModSeq(pair.ModSeq.Value - 1)));
        await test.AssertCleanAsync();
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.False(test.Store.TryReadExpunged(TestStore.Inbox(anna), start, out var _));
    }

    [Fact]
    public async Task Two_who_forget_at_once_count_once()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { TombstonesPerMailboxMax = 4 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 9);
        for (var uid = 1u; uid <= 8; uid++)
        {
            await ExpungeAsync(test, inbox, uid);
        }

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => test.TidyRowsAsync()));
        await test.AssertCleanAsync();
        Assert.Equal(4, inbox.Info.Tombstones);
    }

    [Fact]
    public async Task What_one_change_expunged_is_forgotten_together()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { TombstonesPerMailboxMax = 3 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 9);
        var before = inbox.Info.ModSeq;
        var all = await ExpungeAsync(test, inbox, 1, 2, 3, 4, 5, 6);
        await test.TidyRowsAsync();
        Assert.Equal((0, all.ModSeq), (inbox.Info.Tombstones, inbox.Info.ForgottenModSeq));
        Assert.False(test.Store.TryReadExpunged(inbox, before, out var _));
        Assert.Empty(Read(test, inbox, all.ModSeq));
    }

    [Fact]
    public async Task A_view_too_far_behind_is_cut_off_and_woken_and_the_others_are_not()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { GhostsPerMailboxMax = 3 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 9);
        using var slow = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        using var eager = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await ExpungeAsync(test, inbox, 1, 2, 3);
        Assert.Equal([1u, 2, 3], eager.Collect(withExpunged: true).Expunged);
        slow.Collect(withExpunged: false);
        Assert.False(slow.IsLagging);
        Assert.True(slow.TryGet(new Uid(1), out var _));

        await ExpungeAsync(test, inbox, 4);

        Assert.True(slow.IsLagging && slow.Signal.IsSet);
        Assert.False(eager.IsLagging);
        Assert.True(slow.Collect(withExpunged: true).IsEmpty);
        Assert.False(slow.TryGet(new Uid(1), out var _));
        Assert.Equal([4u], eager.Collect(withExpunged: true).Expunged);
    }

    [Fact]
    public async Task One_expunge_larger_than_the_limit_cuts_nobody_off()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { GhostsPerMailboxMax = 3 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 9);
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await ExpungeAsync(test, inbox, 1, 2, 3, 4, 5, 6);
        Assert.False(view.IsLagging);
        Assert.Equal([1u, 2, 3, 4, 5, 6], view.Collect(withExpunged: true).Expunged);
    }

    private static IEnumerable<uint> Read(TestStore test, Mailbox mailbox, ModSeq after)
    {
        Assert.True(test.Store.TryReadExpunged(mailbox, after, out var uids));
        return uids.Select(uid => uid.Value);
    }
}
