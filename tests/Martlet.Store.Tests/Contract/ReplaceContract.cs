using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>REPLACE: one comes, one goes, in one change.</summary>
public abstract class ReplaceContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task One_comes_and_one_goes_with_one_modseq_and_one_announcement()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (drafts, sent) = (anna.FindMailbox("Drafts")!, anna.FindMailbox("Sent")!);
        var old = await test.AppendAsync(drafts, MessageFlags.Draft);
        var signal = new ChangeSignal();
        using var view = await test.Store.OpenViewAsync(drafts, signal);
        var (before, batches) = (anna.Row.ModSeq.Value, test.Store.Batches);

        var added = await ReplaceAsync(test, sent, Mail.Text("final"), drafts, 1);

        Assert.Equal((new Uid(1), sent.Info.UidValidity, before + 1), (added.Value.Uid, added.Value.UidValidity, added.Value.ModSeq.Value));
        Assert.Equal((before + 1, before + 1, before + 1), (anna.Row.ModSeq.Value, drafts.Info.ModSeq.Value, sent.Info.ModSeq.Value));
        Assert.Equal(batches + 1, test.Store.Batches);
        Assert.Equal([1u], view.Collect(withExpunged: true).Expunged);
        Assert.Equal((0, 1, 1L, (long)Mail.Text("final").Length), (drafts.Info.Messages, sent.Info.Messages, anna.Row.Messages, anna.Row.Bytes));
        Assert.NotEqual(old.Email, added.Value.Email);
        // Nothing of the old message is inherited (RFC 8508 §1).
        Assert.Equal(MessageFlags.None, Assert.Single(await test.RowsAsync(sent)).Flags);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Empty(await test.RowsAsync(anna.FindMailbox("Drafts")!));
        Assert.Equal(Mail.Text("final"), test.ReadText(anna, Assert.Single(await test.RowsAsync(anna.FindMailbox("Sent")!)).Email));
    }

    [Fact]
    public async Task In_the_same_mailbox_the_new_message_has_the_next_UID()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox);
        Assert.Equal(3u, (await ReplaceAsync(test, inbox, Mail.Text("new"), inbox, 1)).Value.Uid.Value);
        Assert.Equal([2u, 3], (await test.RowsAsync(inbox)).Select(row => row.Uid.Value));
    }

    [Fact]
    public async Task What_is_refused_changes_nothing()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var bob = await test.AddAccountAsync("bob");
        var (inbox, gone) = (TestStore.Inbox(anna), await test.CreateAsync(anna, "gone"));
        await test.AppendAsync(inbox);
        await test.AppendAsync(gone);
        await test.AppendAsync(TestStore.Inbox(bob));
        Assert.True((await test.Store.DeleteMailboxAsync(gone)).IsDone);
        var before = (anna.Row, bob.Row, anna.Keywords.Names.Count);
        Assert.Equal(Refusal.NoSuchMessage, (await ReplaceAsync(test, inbox, Mail.Text("x"), inbox, 2, "new")).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await ReplaceAsync(test, gone, Mail.Text("x"), inbox, 1, "new")).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await ReplaceAsync(test, inbox, Mail.Text("x"), gone, 1, "new")).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await ReplaceAsync(test, TestStore.Inbox(bob), Mail.Text("x"), inbox, 1, "new")).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await ReplaceAsync(test, inbox, Mail.Text("x"), TestStore.Inbox(bob), 1, "new")).Refusal);
        Assert.Equal(before, (anna.Row, bob.Row, anna.Keywords.Names.Count));
    }

    [Fact]
    public async Task Quota_counts_what_is_more_afterwards()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendTextAsync(inbox, Mail.OfBytes(1000));
        await test.AppendTextAsync(inbox, Mail.OfBytes(1000));
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, 2100, 2)).IsDone);
        Assert.Equal(Refusal.OverQuota, (await ReplaceAsync(test, inbox, Mail.OfBytes(1101), inbox, 1)).Refusal);
        Assert.True((await ReplaceAsync(test, inbox, Mail.OfBytes(1100), inbox, 1)).IsDone);
        // Over a quota that became smaller: what takes no more is still done.
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, 500, 1)).IsDone);
        Assert.Equal(Refusal.OverQuota, (await ReplaceAsync(test, inbox, Mail.OfBytes(1101), inbox, 3)).Refusal);
        Assert.True((await ReplaceAsync(test, inbox, Mail.OfBytes(1100), inbox, 3)).IsDone);
        Assert.Equal((2L, 2100L), (anna.Row.Messages, anna.Row.Bytes));
    }

    [Fact]
    public async Task A_large_message_replaces_and_is_replaced()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { SegmentMessageBytesMax = 1000 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendTextAsync(inbox, Mail.OfBytes(5000));
        Assert.Equal(Refusal.NoSuchMessage, (await ReplaceAsync(test, inbox, Mail.OfBytes(6000), inbox, 9)).Refusal);
        Assert.Single(System.IO.Directory.GetFiles(Path.Combine(test.Folder, "large")));
        Assert.True((await ReplaceAsync(test, inbox, Mail.OfBytes(6000), inbox, 1)).IsDone);
        await test.ReapAsync();
        Assert.Single(System.IO.Directory.GetFiles(Path.Combine(test.Folder, "large")));
        Assert.Equal(6000, test.ReadAll(anna, Assert.Single(await test.RowsAsync(inbox)).Email).Length);
    }

    private static async Task<StoreResult<AddedMessage>> ReplaceAsync(TestStore test, Mailbox to, string text, Mailbox from, uint uid, params string[] keywords)
    {
        using var spool = test.Spool(text);
        return await test.Store.ReplaceMessageAsync(new NewMessage { Mailbox = to, Content = spool, Keywords = keywords }, from, new Uid(uid));
    }
}
