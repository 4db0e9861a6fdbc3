using Martlet.Store.Changes;
using Martlet.Store.Reading;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Dead mail is forgotten and its disk space given back, without readers noticing.</summary>
public abstract class HousekeepingContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task A_file_of_a_large_message_goes_with_its_last_copy()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, sent) = (TestStore.Inbox(anna), anna.FindMailbox("Sent")!);
        var added = await test.AppendTextAsync(inbox, Mail.OfBytes(1_500_000));
        Assert.True((await test.Store.CopyAsync(inbox, Uids(1), sent)).IsDone);
        await ExpungeAsync(test, inbox, 1);
        Assert.False(await test.ReapAsync());
        Assert.Equal(1_500_000, test.ReadAll(anna, added.Email).Length);
        await ExpungeAsync(test, sent, 1);
        Assert.False(await test.ReapAsync());
        Assert.True(Size(test) < 1_000_000);
        using var batch = new EmailBatch();
        test.Store.ReadEmails(batch, anna, [added.Email]);
        Assert.Equal(0, batch.Count);
    }

    [Fact]
    public async Task A_ghost_keeps_its_bytes_until_its_view_is_told()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        var added = await test.AppendAsync(inbox);
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await ExpungeAsync(test, inbox, 1);
        Assert.True(await test.ReapAsync());
        Assert.Equal(Mail.Text("hello"), test.ReadText(anna, added.Email));
        view.Collect(withExpunged: true);
        Assert.False(await test.ReapAsync());
    }

    [Fact]
    public async Task Ghosts_do_not_keep_the_dead_behind_them()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, sent) = (TestStore.Inbox(anna), anna.FindMailbox("Sent")!);
        using var spool = test.Spool(Mail.Text("small"));
        for (var i = 0; i < 3; i++)
        {
            Assert.True((await test.Store.AddMessagesAsync([.. Enumerable.Range(0, 500).Select(_ => new Operations.NewMessage { Mailbox = inbox, Content = spool })])).IsDone);
        }

        var large = await test.AppendTextAsync(sent, Mail.OfBytes(1_500_000));
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await ExpungeAsync(test, inbox, view.Opened.Uids.ToArray());
        await ExpungeAsync(test, sent, large.Uid.Value);
        Assert.True(await test.ReapAsync());
        Assert.True(Size(test) < 1_000_000);
    }

    [Fact]
    public async Task A_mostly_dead_segment_is_emptied_and_readers_survive_it()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        for (var i = 0; i < 30; i++)
        {
            await test.AppendTextAsync(inbox, Mail.Text($"message {i}", 300_000));
        }

        await test.RollAsync();
        anna = test.Store.OpenAccount(anna.Id)!;
        inbox = TestStore.Inbox(anna);
        var rows = await test.RowsAsync(inbox);
        using var batch = new EmailBatch();
        test.Store.ReadEmails(batch, anna, [rows[3].Email]);
        Assert.True(batch.TryGet(rows[3].Email, out var place, out var _));
        var before = place;
        var size = Size(test);
        await ExpungeAsync(test, inbox, [.. rows.Where((_, i) => i % 3 != 0).Select(row => row.Uid.Value)]);
        Assert.False(await test.ReapAsync());

        await test.CompactAsync();

        Assert.True(Size(test) < size / 2, $"{Size(test)} bytes of {size} are left");
        var bytes = new byte[place.Length];
        Assert.Equal(bytes.Length, test.Store.ReadBytes(anna, rows[3].Email, ref place, 0, bytes));
        Assert.NotEqual(before, place);
        for (var i = 0; i < 30; i += 3)
        {
            Assert.Equal(Mail.Text($"message {i}", 300_000), test.ReadText(anna, rows[i].Email));
        }

        await test.AssertCleanAsync();
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(Mail.Text("message 3", 300_000), test.ReadText(anna, rows[3].Email));
    }

    [Fact]
    public async Task A_segment_whose_figure_is_wrong_is_not_thrown_away_with_its_mail()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var added = await test.AppendTextAsync(TestStore.Inbox(anna), Mail.Text("precious", 5000));
        await test.RollAsync();
        await test.AppendAsync(TestStore.Inbox(test.Store.OpenAccount(anna.Id)!));
        await test.CloseAsync();
        Consistency.Damage.Execute(test.Folder, "UPDATE segment SET live = 0 WHERE seg = 1");
        test.EndsClean = false;
        test.Open();
        anna = test.Store.OpenAccount(anna.Id)!;
        await test.CompactAsync();
        Assert.Equal(Mail.Text("precious", 5000), test.ReadText(anna, added.Email));
    }

    [Fact]
    public async Task The_housekeeper_waits_a_moment_and_tidies_by_itself()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendTextAsync(inbox, Mail.OfBytes(1_500_000));
        await ExpungeAsync(test, inbox, 1);
        Assert.True(Size(test) > 1_500_000);

        for (var turn = 0; turn < 1000 && Size(test) > 1_000_000; turn++)
        {
            // The job sleeps on the test's clock between the wake-up and its work.
            test.Time.Advance(TimeSpan.FromSeconds(2));
            await test.AssertCleanAsync();
        }

        Assert.True(Size(test) < 1_000_000);
    }

    private static long Size(TestStore test) => new DirectoryInfo(test.Folder).EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => file.Extension is ".seg" or ".msg").Sum(file => file.Length);
}
