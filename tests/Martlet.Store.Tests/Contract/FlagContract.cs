using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Flags and keywords changed (STORE), with the modseq rules of RFC 7162.</summary>
public abstract class FlagContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task Flags_are_added_removed_and_replaced()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.Seen, "a");
        await test.AppendAsync(inbox);

        var added = await FlagAsync(test, inbox, Uids(1, 2, 9), FlagChange.Add, MessageFlags.Deleted, ["b"]);
        Assert.Equal([MessageFlags.Seen | MessageFlags.Deleted, MessageFlags.Deleted], added.Messages.Select(row => row.Flags));
        Assert.Equal(["a", "b"], KeywordsOf(anna, added.Messages[0]));
        Assert.Equal(["b"], KeywordsOf(anna, added.Messages[1]));
        Assert.Equal((2, 1, 2), (inbox.Info.Messages, inbox.Info.Unseen, inbox.Info.Deleted));

        var removed = await FlagAsync(test, inbox, Uids(2, 1), FlagChange.Remove, MessageFlags.Deleted, ["B", "unknown"]);
        Assert.Equal([2u, 1], removed.Messages.Select(row => row.Uid.Value));
        Assert.Equal(["a"], KeywordsOf(anna, removed.Messages[1]));
        Assert.Equal(-1, anna.Keywords.Find("unknown"));

        await FlagAsync(test, inbox, Uids(1), FlagChange.Replace, MessageFlags.Draft, ["c", "b"]);
        anna = (await test.ReopenAsync(anna.Id))!;
        var rows = await test.RowsAsync(TestStore.Inbox(anna));
        Assert.Equal((MessageFlags.Draft, MessageFlags.None), (rows[0].Flags, rows[1].Flags));
        Assert.Equal(["b", "c"], KeywordsOf(anna, rows[0]));
        Assert.Equal(2, TestStore.Inbox(anna).Info.Unseen);
    }

    [Fact]
    public async Task One_operation_is_one_modseq_and_no_change_is_none()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        for (var i = 0; i < 3; i++)
        {
            await test.AppendAsync(inbox);
        }

        await FlagAsync(test, inbox, Uids(2), FlagChange.Add, MessageFlags.Seen);
        var before = anna.Row.ModSeq;
        var set = await FlagAsync(test, inbox, Uids(1, 2, 3), FlagChange.Add, MessageFlags.Seen);
        Assert.Equal(before.Value + 1, set.ModSeq.Value);
        Assert.Equal([set.ModSeq, before, set.ModSeq], (await test.RowsAsync(inbox)).Select(row => row.ModSeq));
        Assert.Equal(set.ModSeq, inbox.Info.ModSeq);

        var batches = test.Store.Batches;
        var same = await FlagAsync(test, inbox, Uids(1, 2, 3), FlagChange.Add, MessageFlags.Seen);
        var missing = await FlagAsync(test, inbox, Uids(9), FlagChange.Add, MessageFlags.Deleted, ["unused"]);
        Assert.Equal((set.ModSeq, set.ModSeq, batches), (same.ModSeq, missing.ModSeq, test.Store.Batches));
        Assert.Equal(3, same.Messages.Count);
        Assert.Empty(missing.Messages);
        Assert.Empty(anna.Keywords.Names);
    }

    [Fact]
    public async Task Unchangedsince_refuses_what_changed_later()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        var first = await test.AppendAsync(inbox);
        var second = await test.AppendAsync(inbox);

        var set = await FlagAsync(test, inbox, Uids(1, 2), FlagChange.Add, MessageFlags.Seen, unchangedSince: first.ModSeq);
        Assert.Equal([2u], set.Modified.Select(uid => uid.Value));
        Assert.Equal([1u], set.Messages.Select(row => row.Uid.Value));

        set = await FlagAsync(test, inbox, Uids(1, 2), FlagChange.Add, MessageFlags.Seen, unchangedSince: second.ModSeq);
        Assert.Equal([1u], set.Modified.Select(uid => uid.Value));
        Assert.Equal([2u], set.Messages.Select(row => row.Uid.Value));

        set = await FlagAsync(test, inbox, Uids(1, 2), FlagChange.Add, MessageFlags.Deleted, unchangedSince: new ModSeq(0));
        Assert.Equal([1u, 2], set.Modified.Select(uid => uid.Value));
        Assert.Equal(0, inbox.Info.Deleted);
    }

    [Fact]
    public async Task A_UID_named_twice_is_changed_once()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox);
        var set = await FlagAsync(test, inbox, Uids(2, 1, 2, 1), FlagChange.Add, MessageFlags.Seen | MessageFlags.Deleted);
        Assert.Equal([2u, 1], set.Messages.Select(row => row.Uid.Value));
        Assert.Equal((0, 2), (inbox.Info.Unseen, inbox.Info.Deleted));
    }

    [Fact]
    public async Task Too_many_keywords_on_one_message_change_no_message()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { KeywordsPerMessageMax = 2 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox, MessageFlags.None, "a", "b");
        var result = await test.Store.SetFlagsAsync(inbox, Uids(1, 2), FlagChange.Add, MessageFlags.Seen, ["c"]);
        Assert.Equal(Refusal.LimitReached, result.Refusal);
        Assert.Equal((2, -1), (inbox.Info.Unseen, anna.Keywords.Find("c")));
    }

    [Fact]
    public async Task A_deleted_mailbox_refuses()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var box = await test.CreateAsync(anna, "box");
        await test.AppendAsync(box);
        Assert.True((await test.Store.DeleteMailboxAsync(box)).IsDone);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.SetFlagsAsync(box, Uids(1), FlagChange.Add, MessageFlags.Seen, [])).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.ExpungeAsync(box, Uids(1))).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.CopyAsync(box, Uids(1), TestStore.Inbox(anna))).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.CopyAsync(TestStore.Inbox(anna), Uids(1), box)).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.DeleteMailboxAsync(box)).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.RenameMailboxAsync(box, "other")).Refusal);
    }
}
