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
}
