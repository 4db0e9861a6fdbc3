using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>COPY and MOVE.</summary>
public abstract class CopyContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task A_copy_shares_the_bytes_and_has_its_own_flags()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, archive) = (TestStore.Inbox(anna), anna.FindMailbox("Archive")!);
        await test.AppendAsync(inbox, MessageFlags.Seen, "a");
        await test.AppendTextAsync(inbox, Mail.Text("second"));
        var before = anna.Row.ModSeq;
        test.Time.Advance(TimeSpan.FromSeconds(1));

        var copied = (await test.Store.CopyAsync(inbox, Uids(1, 2, 7), archive)).Value!;

        Assert.Equal([1u, 2], copied.From.Select(uid => uid.Value));
        Assert.Equal([1u, 2], copied.To.Select(uid => uid.Value));
        Assert.Equal((archive.Info.UidValidity, before.Value + 1), (copied.UidValidity, copied.ModSeq.Value));
        Assert.Equal((before.Value + 1, before), (archive.Info.ModSeq.Value, inbox.Info.ModSeq));
        var (from, to) = (await test.RowsAsync(inbox), await test.RowsAsync(archive));
        Assert.Equal(from.Select(row => (row.Email, row.Flags, row.Keywords, row.Size, row.Received)), to.Select(row => (row.Email, row.Flags, row.Keywords, row.Size, row.Received)));
        Assert.Equal(from[0].SavedSeconds + 1, to[0].SavedSeconds);
        Assert.Equal((4L, inbox.Info.Bytes * 2), (anna.Row.Messages, anna.Row.Bytes));

        await FlagAsync(test, archive, Uids(1), FlagChange.Replace, MessageFlags.Flagged);
        Assert.Equal(MessageFlags.Seen, (await test.RowsAsync(inbox))[0].Flags);
        await ExpungeAsync(test, inbox, 1, 2);
        Assert.Equal(Mail.Text("second"), test.ReadText(anna, to[1].Email));
    }

    [Fact]
    public async Task A_move_takes_the_messages_along_in_one_modseq()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, archive) = (TestStore.Inbox(anna), anna.FindMailbox("Archive")!);
        await test.AppendAsync(inbox, MessageFlags.Seen);
        await test.AppendAsync(inbox);
        var (before, bytes) = (anna.Row.ModSeq, anna.Row.Bytes);

        var moved = (await test.Store.MoveAsync(inbox, Uids(2, 2, 1), archive)).Value!;

        Assert.Equal([2u, 1], moved.From.Select(uid => uid.Value));
        Assert.Equal([1u, 2], moved.To.Select(uid => uid.Value));
        Assert.Equal((before.Value + 1, before.Value + 1), (inbox.Info.ModSeq.Value, archive.Info.ModSeq.Value));
        Assert.Equal((0, 2, 1, bytes), (inbox.Info.Messages, archive.Info.Messages, archive.Info.Unseen, anna.Row.Bytes));
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Empty(await test.RowsAsync(TestStore.Inbox(anna)));
        Assert.Equal(2, (await test.RowsAsync(anna.FindMailbox("Archive")!)).Count);
    }

    [Fact]
    public async Task A_move_into_the_same_mailbox_gives_new_UIDs()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        var moved = (await test.Store.MoveAsync(inbox, Uids(1), inbox)).Value!;
        Assert.Equal([2u], moved.To.Select(uid => uid.Value));
        Assert.Equal(2u, Assert.Single(await test.RowsAsync(inbox)).Uid.Value);
    }

    [Fact]
    public async Task Nothing_to_copy_is_no_change()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, archive) = (TestStore.Inbox(anna), anna.FindMailbox("Archive")!);
        var before = (anna.Row, test.Store.Batches);
        var copied = (await test.Store.CopyAsync(inbox, Uids(1), archive)).Value!;
        Assert.Empty(copied.To);
        Assert.Equal(before, (anna.Row, test.Store.Batches));
    }

    [Fact]
    public async Task A_copy_over_quota_is_refused_and_a_move_is_not()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, archive) = (TestStore.Inbox(anna), anna.FindMailbox("Archive")!);
        await test.AppendAsync(inbox);
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, 0, 1)).IsDone);
        Assert.Equal(Refusal.OverQuota, (await test.Store.CopyAsync(inbox, Uids(1), archive)).Refusal);
        Assert.True((await test.Store.MoveAsync(inbox, Uids(1), archive)).IsDone);
        Assert.Equal((0, 1), (inbox.Info.Messages, archive.Info.Messages));
    }
}
