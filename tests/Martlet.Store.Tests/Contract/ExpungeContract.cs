using Martlet.Store.Model;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Messages taken out for good.</summary>
public abstract class ExpungeContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task Only_deleted_messages_go_unless_all_are_meant()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.Deleted);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox, MessageFlags.Deleted | MessageFlags.Seen);
        var before = anna.Row.ModSeq;

        var expunged = (await test.Store.ExpungeAsync(inbox, Uids(1, 2, 3))).Value!;
        Assert.Equal([1u, 3], expunged.Uids.Select(uid => uid.Value));
        Assert.Equal((before.Value + 1, before.Value + 1), (expunged.ModSeq.Value, inbox.Info.ModSeq.Value));
        Assert.Equal((1, 1, 0, 0L, 4u), (inbox.Info.Messages, inbox.Info.Unseen, inbox.Info.Deleted, inbox.Info.DeletedBytes, inbox.Info.UidNext.Value));

        var again = (await test.Store.ExpungeAsync(inbox, Uids(1, 2, 3))).Value!;
        Assert.Empty(again.Uids);
        Assert.Equal(expunged.ModSeq, again.ModSeq);
        Assert.Equal([2u], (await ExpungeAsync(test, inbox, 2)).Uids.Select(uid => uid.Value));
        Assert.Equal((0L, 0L), (anna.Row.Bytes, anna.Row.Messages));
    }

    [Fact]
    public async Task A_UID_is_never_given_out_again()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        await test.AppendAsync(TestStore.Inbox(anna));
        await test.AppendAsync(TestStore.Inbox(anna));
        await ExpungeAsync(test, TestStore.Inbox(anna), 1, 2);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal((3u, 3L), ((await test.AppendAsync(TestStore.Inbox(anna))).Uid.Value, (await test.RowsAsync(TestStore.Inbox(anna)))[0].Email.Value));
    }

    [Fact]
    public async Task Neighbours_and_single_messages_go_together_and_each_leaves_its_tombstone()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 12);
        var copies = await test.CreateAsync(anna, "copies");
        // Emails that are neighbours in one mailbox and not in the other, and one that is twice in the same.
        await test.Store.CopyAsync(inbox, Uids(9, 3, 4, 5, 12), copies);
        await test.Store.CopyAsync(inbox, Uids(4), copies);
        var before = anna.Row.ModSeq;

        await ExpungeAsync(test, inbox, 1, 3, 4, 5, 8, 9, 10, 12);
        await ExpungeAsync(test, copies, 1, 2, 3, 4, 6);

        Assert.True(test.Store.TryReadExpunged(inbox, before, out var gone));
        Assert.Equal([1u, 3, 4, 5, 8, 9, 10, 12], gone.Select(uid => uid.Value));
        Assert.True(test.Store.TryReadExpunged(copies, before, out gone));
        Assert.Equal([1u, 2, 3, 4, 6], gone.Select(uid => uid.Value));
        Assert.Equal([2u, 6, 7, 11], (await test.RowsAsync(inbox)).Select(row => row.Uid.Value));
        Assert.Equal([5u], (await test.RowsAsync(copies)).Select(row => row.Uid.Value));
        Assert.Equal((8, 5), (inbox.Info.Tombstones, copies.Info.Tombstones));
        await test.AssertCleanAsync();
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal([2u, 6, 7, 11], (await test.RowsAsync(TestStore.Inbox(anna))).Select(row => row.Uid.Value));
        await test.AssertCleanAsync();
    }
}
