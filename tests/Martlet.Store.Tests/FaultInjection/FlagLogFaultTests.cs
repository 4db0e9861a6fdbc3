using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.FaultInjection;

/// <summary>Between the record of a flag change and its last row, and between the parts of a snapshot, the disk fails or the process ends: nothing changes.</summary>
public sealed class FlagLogFaultTests
{
    private static readonly StoreLimits Limits = new() { FoldedFlagsAtOnce = 2, SnapshotMessagesMin = 3 };

    [Theory]
    [InlineData(FaultPoint.BeforeFold)]
    [InlineData(FaultPoint.AfterFold)]
    internal async Task A_fold_that_fails_is_taken_up_again(FaultPoint point)
    {
        var (test, faults, anna, rows) = await FlaggedAsync();
        await using var _ = test;
        Assert.True((await test.Store.FoldFlagsAsync()).Value);
        faults.Fail(point);
        await Assert.ThrowsAsync<StoreException>(test.Store.FoldFlagsAsync);
        await test.AssertCleanAsync();
        await FoldAsync(test);
        Assert.False(anna.IsRemoved);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(rows, await test.RowsAsync(TestStore.Inbox(anna)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task A_start_after_any_turn_of_folding_finds_the_same(int turns)
    {
        var (test, faults, anna, rows) = await FlaggedAsync();
        await using var _ = test;
        for (var turn = 0; turn < turns && (await test.Store.FoldFlagsAsync()).Value; turn++)
        {
            // One turn is one transaction.
        }

        // Without the snapshot that a clean stop leaves.
        faults.On(FaultPoint.BeforeCommit, () => throw new StoreException(StoreFailure.Unavailable, "armed: no snapshot"));
        await test.CloseAsync();
        faults.On(FaultPoint.BeforeCommit, null);
        test.Open();
        anna = test.Store.OpenAccount(anna.Id)!;
        Assert.Equal(rows, await test.RowsAsync(TestStore.Inbox(anna)));
        await FoldAsync(test);
        await test.AssertCleanAsync();
        Assert.Equal(rows, await test.RowsAsync(TestStore.Inbox(anna)));
    }

    [Fact]
    public async Task Changes_and_expunges_while_a_record_is_folded_win()
    {
        var (test, _, anna, _) = await FlaggedAsync();
        await using var __ = test;
        var inbox = TestStore.Inbox(anna);
        await test.Store.FoldFlagsAsync();
        Assert.True((await test.Store.SetFlagsAsync(inbox, [new Uid(1), new Uid(7)], FlagChange.Replace, MessageFlags.None, [])).IsDone);
        Assert.True((await test.Store.ExpungeAsync(inbox, [new Uid(2), new Uid(6)], onlyDeleted: false)).IsDone);
        var rows = await test.RowsAsync(inbox);
        Assert.Equal([MessageFlags.None, MessageFlags.None], rows.Where(row => row.Uid.Value is 1 or 7).Select(row => row.Flags));
        await test.AssertCleanAsync();
        await FoldAsync(test);
        await test.AssertCleanAsync();
    }

    [Fact]
    public async Task A_full_log_sends_changes_to_the_rows_and_is_empty_after_folding()
    {
        var (test, _, anna, _) = await FlaggedAsync();
        await using var __ = test;
        var inbox = TestStore.Inbox(anna);
        // Pairs: none holds another.
        var pairs = All.SelectMany(one => All.Where(other => other > one).Select(other => new[] { one, other })).ToArray();
        for (var i = 0; i < pairs.Length; i++)
        {
            Assert.True((await test.Store.SetFlagsAsync(inbox, pairs[i], FlagChange.Replace, (MessageFlags)(i % 31), [])).IsDone);
        }

        Assert.Equal(Sqlite.FlagLog.RecordsMax, Records(test));

        await test.AssertCleanAsync();
        await FoldAsync(test);
        await test.AssertCleanAsync();
        Assert.Equal(0, Records(test));
    }

    [Fact]
    public async Task A_record_whose_messages_all_change_again_goes()
    {
        var (test, _, anna, _) = await FlaggedAsync();
        await using var __ = test;
        Assert.Equal(2, Records(test));
        var inbox = TestStore.Inbox(anna);
        Assert.True((await test.Store.SetFlagsAsync(inbox, All[2..], FlagChange.Add, MessageFlags.Draft, [])).IsDone);
        Assert.Equal(2, Records(test));
        Assert.True((await test.Store.SetFlagsAsync(inbox, All, FlagChange.Replace, MessageFlags.Answered, [])).IsDone);
        Assert.Equal(1, Records(test));
        await test.AssertCleanAsync();
        var rows = await test.RowsAsync(inbox);
        await FoldAsync(test);
        Assert.Equal(0, Records(test));
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(rows, await test.RowsAsync(TestStore.Inbox(anna)));
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_holds_up_no_other_mailbox()
    {
        var (test, _, anna, rows) = await FlaggedAsync();
        await using var __ = test;
        test.EndsClean = false;
        var bert = await test.AddAccountAsync("bert");
        var theirs = TestStore.Inbox(bert);
        await test.FillAsync(theirs, 9);
        Assert.True((await test.Store.SetFlagsAsync(theirs, All[..5], FlagChange.Add, MessageFlags.Seen, [])).IsDone);
        Assert.True((await test.Store.SetFlagsAsync(theirs, All[4..], FlagChange.Add, MessageFlags.Flagged, [])).IsDone);
        using (var database = new Sqlite.Sql.Database(Path.Combine(test.Folder, "meta.db"), isWriter: true))
        {
            database.Execute($"UPDATE flag_log SET changes = x'00' WHERE account = {bert.Id.Value} AND modseq = {theirs.Info.ModSeq.Value}");
        }

        await FoldAsync(test);
        Assert.Equal(1, Records(test));
        Assert.Equal(rows, await test.RowsAsync(TestStore.Inbox(anna)));
    }

    private static long Records(TestStore test)
    {
        using var database = new Sqlite.Sql.Database(Path.Combine(test.Folder, "meta.db"), isWriter: false);
        return database.Scalar("SELECT count(*) FROM flag_log");
    }

    [Theory]
    [InlineData(FaultPoint.BeforeCommit)]
    [InlineData(FaultPoint.AfterCommit)]
    internal async Task A_snapshot_that_cannot_be_written_fails_nobody(FaultPoint point)
    {
        var (test, faults, anna, rows) = await FlaggedAsync();
        await using var _ = test;
        faults.Fail(point);
        await Assert.ThrowsAsync<StoreException>(test.Store.SaveWaitingSnapshotsAsync);
        Assert.Equal(rows, await test.RowsAsync(TestStore.Inbox(anna)));
        await test.AppendAsync(anna.FindMailbox("Sent")!);
        await test.AssertCleanAsync();
        Assert.False(anna.IsRemoved);
    }

    private static readonly Uid[] All = [.. Enumerable.Range(1, 9).Select(uid => new Uid((uint)uid))];

    // Nine messages, two changes of them in the log.
    private static async Task<(TestStore Test, Faults Faults, Account Anna, List<MessageRow> Rows)> FlaggedAsync()
    {
        var faults = new Faults();
        var test = TestStore.Over(new LoggingSqliteUnderTest(), Limits, (engine, blobs) => (new FaultyEngine(engine, faults), new FaultyBlobs(blobs, faults)));
        var anna = await test.AddAccountAsync("anna");
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 9);
        Assert.True((await test.Store.SetFlagsAsync(inbox, All, FlagChange.Add, MessageFlags.Seen, ["a"])).IsDone);
        Assert.True((await test.Store.SetFlagsAsync(inbox, All[2..8], FlagChange.Add, MessageFlags.Flagged, ["b"])).IsDone);
        return (test, faults, anna, await test.RowsAsync(inbox));
    }

    private static async Task FoldAsync(TestStore test)
    {
        while ((await test.Store.FoldFlagsAsync()).Value)
        {
            // One turn is one transaction.
        }
    }
}
