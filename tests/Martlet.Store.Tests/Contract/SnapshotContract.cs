using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Snapshots of large mailboxes: used when they can be brought up to date, and never otherwise.</summary>
public abstract class SnapshotContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    private static readonly StoreLimits Limits = new() { SnapshotMessagesMin = 3, FoldedFlagsAtOnce = 2 };

    [Fact]
    public async Task A_clean_stop_leaves_a_snapshot_that_the_next_start_uses()
    {
        var (test, anna, before) = await FilledAsync();
        await using var _ = test;
        Assert.False(IsUsable(test, anna));
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.True(IsUsable(test, anna));
        Assert.Equal(before, await test.RowsAsync(TestStore.Inbox(anna)));
        await test.AssertCleanAsync();
    }

    [Fact]
    public async Task A_small_mailbox_has_none()
    {
        var (test, anna) = await AnnaAsync(Limits);
        await using var _ = test;
        await test.FillAsync(TestStore.Inbox(anna), 2);
        await test.RowsAsync(TestStore.Inbox(anna));
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.False(IsUsable(test, anna));
    }

    [Fact]
    public async Task What_came_and_went_since_is_added_and_taken_out()
    {
        var (test, anna, _) = await FilledAsync();
        await using var __ = test;
        anna = (await test.ReopenAsync(anna.Id))!;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.Flagged, "new");
        await ExpungeAsync(test, inbox, 2, 11);
        await test.AppendAsync(inbox);
        Assert.True(IsUsable(test, anna));
        Assert.Equal(10, StoredSnapshot.TryLoad(test.Engine, inbox, 10, out var changes)!.Count);
        Assert.Equal(3, changes);
        await test.AssertCleanAsync();
        var rows = await test.RowsAsync(inbox);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(rows, await test.RowsAsync(TestStore.Inbox(anna)));
        using var view = await test.Store.OpenViewAsync(TestStore.Inbox(anna), new ChangeSignal());
        Assert.Equal((TestStore.Inbox(anna).Info.ModSeq, 13u), (view.Opened.ModSeq, view.Opened.UidNext.Value));
    }

    [Fact]
    public async Task Changed_flags_make_it_useless_until_there_is_a_new_one()
    {
        var (test, anna, _) = await FilledAsync();
        await using var __ = test;
        anna = (await test.ReopenAsync(anna.Id))!;
        await FlagAsync(test, TestStore.Inbox(anna), Uids(3, 4), FlagChange.Add, MessageFlags.Answered);
        Assert.False(IsUsable(test, anna));
        await test.AssertCleanAsync();
        var rows = await test.RowsAsync(TestStore.Inbox(anna));
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.True(IsUsable(test, anna));
        Assert.Equal(rows, await test.RowsAsync(TestStore.Inbox(anna)));
    }

    [Fact]
    public async Task A_mailbox_loaded_from_its_rows_gets_one_in_the_background()
    {
        var (test, anna) = await AnnaAsync(Limits);
        await using var _ = test;
        await test.FillAsync(TestStore.Inbox(anna), 5);
        await test.RowsAsync(TestStore.Inbox(anna));
        Assert.False(IsUsable(test, anna));
        await test.Store.SaveWaitingSnapshotsAsync();
        Assert.True(IsUsable(test, anna));
    }

    [Fact]
    public async Task A_mailbox_dropped_from_memory_leaves_one()
    {
        var (test, anna) = await AnnaAsync(Limits with { CachedRowsMax = 4 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 4);
        await test.RowsAsync(inbox);
        await test.Store.SaveWaitingSnapshotsAsync();
        await FlagAsync(test, inbox, Uids(1, 2), FlagChange.Add, MessageFlags.Seen, ["k"]);
        var rows = await test.RowsAsync(inbox);
        await test.FillAsync(anna.FindMailbox("Sent")!, 4);
        await test.RowsAsync(anna.FindMailbox("Sent")!);
        Assert.False(inbox.Index.IsLoaded);
        Assert.False(IsUsable(test, anna));
        await test.Store.SaveWaitingSnapshotsAsync();
        Assert.True(IsUsable(test, anna));
        Assert.Equal(rows, await test.RowsAsync(inbox));
    }

    [Fact]
    public async Task Flags_that_change_while_it_is_written_leave_none()
    {
        var (test, anna, _) = await FilledAsync();
        await using var __ = test;
        var inbox = TestStore.Inbox(anna);
        var snapshot = inbox.Index.TakeSnapshot()!;
        await FlagAsync(test, inbox, Uids(1), FlagChange.Add, MessageFlags.Draft);
        Assert.False((await test.Store.SaveSnapshotPartAsync(inbox, snapshot, 0)).Value);
        Assert.False(IsUsable(test, anna));
        Assert.True((await test.Store.DeleteMailboxAsync(await test.CreateAsync(anna, "x"))).IsDone);
    }

    [Fact]
    public async Task A_part_without_the_last_one_is_not_used()
    {
        var (test, anna, _) = await FilledAsync();
        await using var __ = test;
        var inbox = TestStore.Inbox(anna);
        var snapshot = inbox.Index.TakeSnapshot()!;
        var twice = snapshot with { Parts = [snapshot.Parts[0], snapshot.Parts[0]] };
        Assert.True((await test.Store.SaveSnapshotPartAsync(inbox, twice, 0)).Value);
        Assert.False(IsUsable(test, anna));
        // Its UIDs do not ascend: it says nothing.
        Assert.False((await test.Store.SaveSnapshotPartAsync(inbox, twice, 1)).Value);
        Assert.False(IsUsable(test, anna));
    }

    [Fact]
    public async Task It_goes_with_its_mailbox()
    {
        var (test, anna) = await AnnaAsync(Limits);
        await using var _ = test;
        var box = await test.CreateAsync(anna, "box");
        await test.FillAsync(box, 5);
        await test.RowsAsync(box);
        await FlagAsync(test, box, Uids(1, 2, 3), FlagChange.Add, MessageFlags.Seen);
        await test.TidyRowsAsync();
        var snapshot = box.Index.TakeSnapshot();
        Assert.True((await test.Store.DeleteMailboxAsync(box)).IsDone);
        Assert.Null(snapshot);
        Assert.False(test.Engine.LoadSnapshot(anna.Id, box.Id, new Nothing()));
        Assert.True((await test.Store.RemoveAccountAsync(anna.Id)).IsDone);
        await test.AssertCleanAsync();
    }

    private static async Task<(TestStore Test, Account Anna, List<MessageRow> Rows)> FilledAsync()
    {
        var (test, anna) = await AnnaAsync(Limits);
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 8);
        await test.AppendAsync(inbox, MessageFlags.Seen, "a", "b");
        await test.AppendTextAsync(inbox, Mail.Text("longer", 5000), MessageFlags.Deleted);
        return (test, anna, await test.RowsAsync(inbox));
    }

    private static bool IsUsable(TestStore test, Account account) =>
        StoredSnapshot.TryLoad(test.Engine, TestStore.Inbox(account), TestStore.Inbox(account).Info.Messages, out _) is not null;

    private sealed class Nothing : Engine.ISnapshotSink
    {
        public bool Part(ReadOnlySpan<byte> columns) => true;

        public void Added(in MessageRow row, ModSeq created)
        {
        }

        public void Expunged(IReadOnlyList<Uid> uids)
        {
        }
    }
}
