using Martlet.Store.Changes;
using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Sqlite;
using Martlet.Store.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Martlet.Store.Tests.FaultInjection;

/// <summary>The disk fails at every place it can: nothing acknowledged is lost, nothing is there by half, no number is given out twice, and service resumes.</summary>
public sealed class FaultTests
{
    public static TheoryData<string> Points() => [.. Enum.GetNames<FaultPoint>().Where(name => name is "BeforeCommit" or "AfterCommit" or "Append" or "BeforeFlush" or "AfterFlush" or "Committed")];

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Whatever_fails_the_store_goes_on_with_what_the_disk_has(string name)
    {
        var point = Enum.Parse<FaultPoint>(name);
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        var kept = await test.AppendTextAsync(TestStore.Inbox(anna), Mail.Text("kept"));
        var numbers = new HashSet<(uint, long)> { (kept.Uid.Value, kept.ModSeq.Value) };
        for (var round = 0; round < 3; round++)
        {
            faults.Fail(point, StoreFailure.DiskFull);
            var inbox = TestStore.Inbox(anna);
            var fault = await Assert.ThrowsAsync<StoreException>(() => test.AppendTextAsync(inbox, Mail.Text("failed"), MessageFlags.None, $"k{round}"));
            Assert.Equal(StoreFailure.DiskFull, fault.Failure);
            // Another account wakes the writer, which then recovers.
            var bob = test.Store.OpenAccount(new AccountId(2))!;
            await test.AppendAsync(TestStore.Inbox(bob));
            var reached = point is FaultPoint.AfterCommit or FaultPoint.Committed;
            Assert.Equal(reached, anna.IsRemoved);
            anna = test.Store.OpenAccount(anna.Id)!;
            await test.AssertCleanAsync();
            var added = await test.AppendTextAsync(TestStore.Inbox(anna), Mail.Text("after"), MessageFlags.None, "after");
            Assert.True(numbers.Add((added.Uid.Value, added.ModSeq.Value)));
            Assert.Equal(added.Uid.Value, (uint)(numbers.Count + (reached ? round + 1 : 0)));
            foreach (var row in await test.RowsAsync(TestStore.Inbox(anna)))
            {
                Assert.Equal(row.Size, (uint)test.ReadAll(anna, row.Email).Length);
            }
        }

        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(Mail.Text("kept"), test.ReadText(anna, kept.Email));
    }

    [Theory]
    [InlineData(FaultPoint.EngineRecover)]
    [InlineData(FaultPoint.BlobRecover)]
    internal async Task Recovery_that_fails_itself_is_tried_again_and_forgets_nothing(FaultPoint point)
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        var bob = test.Store.OpenAccount(new AccountId(2))!;
        faults.Fail(FaultPoint.AfterCommit);
        await Assert.ThrowsAsync<StoreException>(() => test.AppendAsync(TestStore.Inbox(anna)));
        faults.Fail(point, times: 2);
        await Assert.ThrowsAsync<StoreException>(() => test.AppendAsync(TestStore.Inbox(bob)));
        await Assert.ThrowsAsync<StoreException>(() => test.AppendAsync(TestStore.Inbox(bob)));
        await test.AppendAsync(TestStore.Inbox(bob));
        Assert.True(anna.IsRemoved);
        anna = test.Store.OpenAccount(anna.Id)!;
        Assert.Equal(2u, (await test.AppendAsync(TestStore.Inbox(anna))).Uid.Value);
    }

    [Fact]
    public async Task Changes_without_a_modseq_that_reached_the_disk_are_taken_over_too()
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        foreach (var change in (Func<Task>[])
        [
            () => test.Store.Settings.AddDomainAsync("example.com"),
            () => test.Store.AddAccountAsync("carl@example.org", null),
            () => test.Store.SetPasswordAsync(anna.Id, "secret"),
            () => test.Store.SetQuotaAsync(anna.Id, 10_000_000, 0),
            () => test.Store.SetSubscribedAsync(anna, "somewhere", isSubscribed: true),
            () => test.Store.CreateMailboxAsync(anna, "new/box"),
            () => test.Store.SetAnnotationsAsync(anna, TestStore.Inbox(anna), [new("/private/comment", "noted"u8.ToArray())], use: null),
            () => test.Store.SetAnnotationsAsync(anna, mailbox: null, [new("/shared/vendor/v/x", "noted"u8.ToArray())]),
            () => test.Store.HideCapabilitiesAsync(anna.Id, ["UIDONLY"], []),
        ])
        {
            anna = test.Store.OpenAccount(anna.Id)!;
            faults.Fail(FaultPoint.AfterCommit);
            await Assert.ThrowsAsync<StoreException>(change);
            await test.AppendAsync(TestStore.Inbox(test.Store.OpenAccount(new AccountId(2))!));
            await test.AssertCleanAsync();
        }

        anna = test.Store.OpenAccount(anna.Id)!;
        Assert.True(test.Store.Directory.HasDomain("example.com"));
        Assert.Equal(("secret", 10_000_000), (test.Store.Directory.Find(anna.Id)!.Access.PasswordHash, anna.Row.QuotaBytes));
        Assert.Contains("somewhere", anna.Subscriptions);
        Assert.Equal(("UIDONLY", 2), (anna.Row.HiddenCapabilities, anna.Annotations.Count));
        Assert.Equal("noted"u8.ToArray(), test.Store.ReadAnnotation(anna, TestStore.Inbox(anna).Id, "/private/comment"));
        Assert.Equal(Refusal.AlreadyExists, (await test.Store.AddAccountAsync("carl@example.org", null)).Refusal);
        Assert.Equal(new AccountId(4), (await test.AddAccountAsync("dora")).Id);
    }

    [Theory]
    [InlineData(FaultPoint.BeforeCommit, false)]
    [InlineData(FaultPoint.AfterCommit, true)]
    [InlineData(FaultPoint.StoreLarge, false)]
    internal async Task The_file_of_a_large_message_stays_exactly_when_its_row_does(FaultPoint point, bool stays)
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        faults.Fail(point);
        await Assert.ThrowsAsync<StoreException>(() => test.AppendTextAsync(TestStore.Inbox(anna), Mail.OfBytes(1_200_000)));
        await test.AppendAsync(TestStore.Inbox(test.Store.OpenAccount(new AccountId(2))!));
        anna = test.Store.OpenAccount(anna.Id)!;
        Assert.Equal(stays ? 1 : 0, System.IO.Directory.GetFiles(Path.Combine(test.Folder, "large")).Length);
        var rows = await test.RowsAsync(TestStore.Inbox(anna));
        Assert.Equal(stays ? 1 : 0, rows.Count);
        Assert.All(rows, row => Assert.Equal(1_200_000, test.ReadAll(anna, row.Email).Length));
    }

    [Theory]
    [InlineData(FaultPoint.Append, false)]
    [InlineData(FaultPoint.BeforeCommit, false)]
    [InlineData(FaultPoint.AfterCommit, true)]
    internal async Task A_replacement_is_there_wholly_or_not_at_all(FaultPoint point, bool isThere)
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendTextAsync(inbox, Mail.Text("old"));
        using var spool = test.Spool(Mail.Text("new"));
        faults.Fail(point);
        await Assert.ThrowsAsync<StoreException>(() => test.Store.ReplaceMessageAsync(new NewMessage { Mailbox = inbox, Content = spool }, inbox, new Uid(1)));
        await test.AppendAsync(TestStore.Inbox(test.Store.OpenAccount(new AccountId(2))!));
        anna = test.Store.OpenAccount(anna.Id)!;
        var row = Assert.Single(await test.RowsAsync(TestStore.Inbox(anna)));
        Assert.Equal((isThere ? 2u : 1u, Mail.Text(isThere ? "new" : "old")), (row.Uid.Value, test.ReadText(anna, row.Email)));
    }

    [Fact]
    public async Task A_file_that_cannot_be_removed_fails_nobody_and_goes_at_the_next_start()
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendTextAsync(inbox, Mail.OfBytes(1_200_000));
        Assert.True((await test.Store.ExpungeAsync(inbox, [new Uid(1)], onlyDeleted: false)).IsDone);
        faults.Fail(FaultPoint.DeleteLarge);
        Assert.False(await test.ReapAsync());
        Assert.False(anna.IsRemoved);
        Assert.Single(System.IO.Directory.GetFiles(Path.Combine(test.Folder, "large")));
        await test.ReopenAsync();
        Assert.Empty(System.IO.Directory.GetFiles(Path.Combine(test.Folder, "large")));
    }

    [Fact]
    public async Task A_segment_file_left_by_a_crash_goes_at_the_next_start()
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        await test.AppendAsync(TestStore.Inbox(anna));
        await test.RollAsync();
        anna = test.Store.OpenAccount(anna.Id)!;
        await test.AppendTextAsync(TestStore.Inbox(anna), Mail.Text("second segment"));
        Assert.True((await test.Store.ExpungeAsync(TestStore.Inbox(anna), [new Uid(1)], onlyDeleted: false)).IsDone);
        Assert.False(await test.ReapAsync());
        faults.Fail(FaultPoint.DeleteSegment);
        await test.CompactAsync();
        var first = Path.Combine(test.Folder, "seg", "00000001.seg");
        Assert.True(File.Exists(first));
        await test.ReopenAsync();
        Assert.False(File.Exists(first));
    }

    [Fact]
    public async Task A_store_that_lost_its_segment_table_does_not_throw_its_mail_away()
    {
        var (test, _, anna) = await OpenAsync();
        await using var __ = test;
        var added = await test.AppendTextAsync(TestStore.Inbox(anna), Mail.Text("precious"));
        await test.CloseAsync();
        Consistency.Damage.Execute(test.Folder, "DELETE FROM segment");
        test.Open();
        anna = test.Store.OpenAccount(anna.Id)!;
        Assert.Equal(Mail.Text("precious"), test.ReadText(anna, added.Email));
        var later = await test.AppendTextAsync(TestStore.Inbox(anna), Mail.Text("later"));
        await test.CloseAsync();
        Assert.Empty(SqliteStore.Verify(test.Folder, CheckDepth.Deep, repair: true, new StoreLimits()).Remaining);
        test.Open();
        anna = test.Store.OpenAccount(anna.Id)!;
        Assert.Equal(Mail.Text("precious"), test.ReadText(anna, added.Email));
        Assert.Equal(Mail.Text("later"), test.ReadText(anna, later.Email));
    }

    [Fact]
    public async Task A_store_without_its_database_is_not_opened_over_its_messages()
    {
        var (test, _, anna) = await OpenAsync();
        await using var __ = test;
        await test.AppendAsync(TestStore.Inbox(anna));
        await test.CloseAsync();
        File.Move(Path.Combine(test.Folder, "meta.db"), Path.Combine(test.Folder, "meta.bak"));
        var fault = Assert.Throws<StoreException>(() => SqliteStore.Open(test.Folder, new StoreLimits(), test.Time, NullLogger.Instance));
        Assert.Contains("meta.db is missing", fault.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(test.Folder, "meta.db")));
        File.Move(Path.Combine(test.Folder, "meta.bak"), Path.Combine(test.Folder, "meta.db"));
        test.Open();
    }

    [Fact]
    public async Task A_fault_in_one_operation_does_not_touch_its_neighbours()
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        using var gate = new ManualResetEventSlim();
        var held = HoldCommit(faults, gate);
        // The first commit holds the writer until the other three wait, which then are one batch; the message's record cannot be written.
        var first = test.Store.SetSubscribedAsync(anna, "x", isSubscribed: true);
        await held;
        var flags = test.Store.SetFlagsAsync(inbox, [new Uid(1)], FlagChange.Add, MessageFlags.Seen, ["one", "two"]);
        faults.Fail(FaultPoint.Append, times: 2);
        var append = test.AppendAsync(inbox);
        var flagsAgain = test.Store.SetFlagsAsync(inbox, [new Uid(1)], FlagChange.Add, MessageFlags.None, ["three"]);
        gate.Set();
        Assert.True((await first).IsDone);
        Assert.True((await flags).IsDone);
        await Assert.ThrowsAsync<StoreException>(() => append);
        Assert.True((await flagsAgain).IsDone);
        var row = Assert.Single(await test.RowsAsync(inbox));
        Assert.Equal(["one", "two", "three"], anna.Keywords.Members(row.Keywords).Select(keyword => anna.Keywords.Names[keyword]));
    }

    [Fact]
    public async Task A_fault_in_one_operation_leaves_its_neighbours_the_file_of_their_large_message()
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        using var gate = new ManualResetEventSlim();
        var held = HoldCommit(faults, gate);
        var first = test.Store.SetSubscribedAsync(anna, "x", isSubscribed: true);
        await held;
        var large = test.AppendTextAsync(inbox, Mail.OfBytes(1_500_000));
        var folder = Path.Combine(test.Folder, "large");
        while (System.IO.Directory.GetFiles(folder, "*.msg").Length == 0)
        {
            await Task.Delay(1);
        }

        // Time to be queued behind its file. If that is not enough, the two are written one after the other and all is well in any case.
        await Task.Delay(50);
        faults.Fail(FaultPoint.Append, times: 2);
        var append = test.AppendAsync(inbox);
        gate.Set();
        Assert.True((await first).IsDone);
        await Assert.ThrowsAsync<StoreException>(() => append);
        Assert.Equal(Mail.OfBytes(1_500_000), test.ReadText(anna, (await large).Email));
        await test.AssertCleanAsync();
    }

    [Fact]
    public async Task An_operation_run_again_knows_nothing_of_its_first_try()
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox);
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        using var gate = new ManualResetEventSlim();
        var held = HoldCommit(faults, gate);
        var first = test.Store.SetSubscribedAsync(anna, "x", isSubscribed: true);
        await held;
        var one = test.Store.SetFlagsAsync(inbox, [new Uid(1)], FlagChange.Add, MessageFlags.None, ["one"]);
        var two = test.Store.SetFlagsAsync(inbox, [new Uid(2)], FlagChange.Add, MessageFlags.None, ["two"]);
        var append = test.AppendAsync(inbox);
        faults.On(FaultPoint.Append, () =>
        {
            // The three are tried as one batch and now one by one; the first of them fails, so the second's keyword gets another number than before.
            faults.On(FaultPoint.Append, null);
            faults.Fail(FaultPoint.BeforeCommit);
            throw new StoreException(StoreFailure.Unavailable, "armed: Append");
        });
        gate.Set();
        Assert.True((await first).IsDone);
        await Assert.ThrowsAsync<StoreException>(() => one);
        var row = Assert.Single((await two).Value!.Messages);
        await append;
        Assert.Equal(["two"], anna.Keywords.Members(row.Keywords).Select(keyword => anna.Keywords.Names[keyword]));
    }

    [Fact]
    public async Task Stopping_answers_everybody_and_never_ends_the_process()
    {
        for (var round = 0; round < 20; round++)
        {
            var (test, _, anna) = await OpenAsync();
            await using var __ = test;
            var inbox = TestStore.Inbox(anna);
            for (var i = 0; i < 10; i++)
            {
                await test.AppendAsync(inbox);
            }

            using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
            var store = test.Store;
            var running = Enumerable.Range(1, 10).Select(uid => Task.Run(() => store.ExpungeAsync(inbox, [new Uid((uint)uid)], onlyDeleted: false))).ToArray();
            await test.CloseAsync();
            var done = 0;
            foreach (var task in running)
            {
                try
                {
                    Assert.True((await task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).IsDone);
                    done++;
                }
                catch (StoreException e)
                {
                    Assert.Equal(StoreFailure.Stopping, e.Failure);
                }
            }

            test.Open();
            Assert.Equal(10 - done, (await test.RowsAsync(TestStore.Inbox(test.Store.OpenAccount(anna.Id)!))).Count);
        }
    }

    [Fact]
    public async Task Changes_of_many_messages_that_wait_together_are_not_one_batch()
    {
        var (test, faults, anna) = await OpenAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 100);
        await test.RowsAsync(inbox);
        using var gate = new ManualResetEventSlim();
        var held = HoldCommit(faults, gate);
        var first = test.AppendAsync(anna.FindMailbox("Sent")!);
        await held;
        var before = test.Store.Batches;
        Uid[] many = [.. Enumerable.Range(1, 100_000).Select(uid => new Uid((uint)uid))];
        var changes = Enumerable.Range(0, 9).Select(i => test.Store.SetFlagsAsync(inbox, many, FlagChange.Add, MessageFlags.None, [$"k{i}"])).ToArray();
        gate.Set();
        await first;
        Assert.All(await Task.WhenAll(changes), result => Assert.Equal(100, result.Value!.Messages.Count));
        Assert.True(test.Store.Batches - before > 3);
        Assert.All(await test.RowsAsync(inbox), row => Assert.Equal(9, anna.Keywords.Members(row.Keywords).Length));
    }

    // The next commit waits at the gate; the task tells that it is there.
    private static Task HoldCommit(Support.Faults faults, ManualResetEventSlim gate)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        faults.On(FaultPoint.BeforeCommit, () =>
        {
            faults.On(FaultPoint.BeforeCommit, null);
            held.SetResult();
            gate.Wait();
        });
        return held.Task;
    }

    private static async Task<(TestStore Test, Support.Faults Faults, Account Anna)> OpenAsync()
    {
        var faults = new Support.Faults();
        var test = TestStore.Over(new SqliteUnderTest(), wrap: (engine, blobs) => (new FaultyEngine(engine, faults), new FaultyBlobs(blobs, faults)));
        var anna = await test.AddAccountAsync("anna");
        await test.AddAccountAsync("bob");
        return (test, faults, anna);
    }
}
