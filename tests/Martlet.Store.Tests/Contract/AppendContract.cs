using System.Text;
using Martlet.Messages.Mime;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Reading;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Messages put into mailboxes.</summary>
public abstract class AppendContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task A_message_is_there_with_all_that_was_given()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        using var spool = test.Spool(Mail.Text("hello"));
        var received = new DateTimeOffset(2020, 2, 29, 23, 59, 58, TimeSpan.FromMinutes(-570));
        var prefix = Encoding.ASCII.GetBytes("Received: here\r\n");

        var result = await test.Store.AddMessagesAsync(
        [
            new NewMessage
            {
                Mailbox = inbox, Content = spool, Prefix = prefix, Flags = MessageFlags.Seen | MessageFlags.Flagged, Keywords = ["$Label1", "x"], Received = received,
            },
        ]);

        var added = Assert.Single(result.Value!);
        var before = inbox.Info.CreatedModSeq;
        Assert.Equal((inbox, inbox.Info.UidValidity, new Uid(1), new EmailId(1)), (added.Mailbox, added.UidValidity, added.Uid, added.Email));
        Assert.Equal(before.Value + 1, added.ModSeq.Value);
        for (var round = 0; round < 2; round++)
        {
            var row = Assert.Single(await test.RowsAsync(inbox));
            var text = "Received: here\r\n" + Mail.Text("hello");
            Assert.Equal((new Uid(1), added.ModSeq, MessageFlags.Seen | MessageFlags.Flagged, (uint)text.Length), (row.Uid, row.ModSeq, row.Flags, row.Size));
            Assert.Equal(received, row.Received.ToDateTimeOffset());
            Assert.Equal(received.Offset, row.Received.ToDateTimeOffset().Offset);
            Assert.Equal(test.Time.GetUtcNow().ToUnixTimeSeconds(), row.SavedSeconds);
            Assert.Equal(["$Label1", "x"], KeywordsOf(anna, row));
            Assert.Equal(text, test.ReadText(anna, row.Email));
            Assert.Equal((1, 0, 0, (long)text.Length, 2u), (inbox.Info.Messages, inbox.Info.Unseen, inbox.Info.Deleted, inbox.Info.Bytes, inbox.Info.UidNext.Value));
            Assert.Equal((1, text.Length), (anna.Row.Messages, anna.Row.Bytes));
            using var batch = new EmailBatch();
            test.Store.ReadEmails(batch, anna, [row.Email, new EmailId(7)]);
            Assert.Equal(1, batch.Count);
            Assert.True(batch.TryGet(row.Email, out var _, out var meta));
            Assert.True(MessageMeta.TryRead(meta, out var read));
            Assert.Equal("hello", Encoding.UTF8.GetString(read.Envelope.Subject.Value));
            anna = (await test.ReopenAsync(anna.Id))!;
            inbox = TestStore.Inbox(anna);
        }
    }

    [Fact]
    public async Task Several_messages_are_one_change_with_ascending_UIDs()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var bob = await test.AddAccountAsync("bob");
        using var first = test.Spool(Mail.Text("one"));
        using var second = test.Spool(Mail.Text("two"));
        var (annas, bobs) = (anna.Row.ModSeq, bob.Row.ModSeq);

        var added = (await test.Store.AddMessagesAsync(
        [
            new NewMessage { Mailbox = TestStore.Inbox(anna), Content = first },
            new NewMessage { Mailbox = TestStore.Inbox(anna), Content = second },
            new NewMessage { Mailbox = TestStore.Inbox(bob), Content = second },
            new NewMessage { Mailbox = anna.FindMailbox("Sent")!, Content = first },
        ])).Value!;

        Assert.Equal([1u, 2, 1, 1], added.Select(message => message.Uid.Value));
        Assert.Equal([1L, 2, 1, 3], added.Select(message => message.Email.Value));
        Assert.Equal([annas.Value + 1, annas.Value + 1, bobs.Value + 1, annas.Value + 1], added.Select(message => message.ModSeq.Value));
        Assert.Equal((annas.Value + 1, bobs.Value + 1), (anna.Row.ModSeq.Value, bob.Row.ModSeq.Value));
        Assert.Equal(Mail.Text("two"), test.ReadText(bob, added[2].Email));
        Assert.Equal(Mail.Text("one"), test.ReadText(anna, added[3].Email));
    }

    [Fact]
    public async Task One_refused_message_refuses_all_and_leaves_nothing()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var gone = await test.CreateAsync(anna, "gone");
        Assert.True((await test.Store.DeleteMailboxAsync(gone)).IsDone);
        var before = (anna.Row, anna.Keywords.Names.Count);
        using var spool = test.Spool(Mail.Text("hello"));

        var result = await test.Store.AddMessagesAsync(
        [
            new NewMessage { Mailbox = TestStore.Inbox(anna), Content = spool, Keywords = ["new"] },
            new NewMessage { Mailbox = gone, Content = spool },
        ]);

        Assert.Equal(Refusal.NoSuchMailbox, result.Refusal);
        Assert.Equal(before, (anna.Row, anna.Keywords.Names.Count));
        Assert.Empty(await test.RowsAsync(TestStore.Inbox(anna)));
    }

    [Fact]
    public async Task Quota_counts_bytes_and_messages_to_the_last_one()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        var size = Mail.Text("hello").Length;
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, 2 * size, 0)).IsDone);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox);
        Assert.Equal(Refusal.OverQuota, (await test.TryAppendAsync(inbox, Mail.Text("hello"), MessageFlags.None, "never")).Refusal);
        Assert.Equal(-1, anna.Keywords.Find("never"));
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, 0, 3)).IsDone);
        await test.AppendAsync(inbox);
        Assert.Equal(Refusal.OverQuota, (await test.TryAppendAsync(inbox, Mail.Text("hello"))).Refusal);
        await ExpungeAsync(test, inbox, 1);
        await test.AppendAsync(inbox);
        Assert.Equal((4u, 3L), (inbox.Info.UidNext.Value - 1, anna.Row.Messages));
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.SetQuotaAsync(new AccountId(99), 0, 0)).Refusal);
    }

    [Fact]
    public async Task Keyword_limits_are_refused_at_one_over()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { KeywordsMax = 4, KeywordsPerMessageMax = 3, KeywordBytesMax = 5, KeywordSetsMax = 5 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.None, "a", "b", "c");
        Assert.Equal(Refusal.LimitReached, (await test.TryAppendAsync(inbox, Mail.Text("x"), MessageFlags.None, "a", "b", "c", "d")).Refusal);
        Assert.Equal(Refusal.LimitReached, (await test.TryAppendAsync(inbox, Mail.Text("x"), MessageFlags.None, "sixsix")).Refusal);
        await test.AppendAsync(inbox, MessageFlags.None, "fives");
        Assert.Equal(Refusal.LimitReached, (await test.TryAppendAsync(inbox, Mail.Text("x"), MessageFlags.None, "e")).Refusal);
        await test.AppendAsync(inbox, MessageFlags.None, "A", "FIVES");
        await test.AppendAsync(inbox, MessageFlags.None, "b");
        Assert.Equal(Refusal.LimitReached, (await test.TryAppendAsync(inbox, Mail.Text("x"), MessageFlags.None, "c")).Refusal);
        Assert.Equal(["a", "b", "c", "fives"], anna.Keywords.Names.Values);
        Assert.Equal(["a", "fives"], KeywordsOf(anna, (await test.RowsAsync(inbox))[2]));
    }

    [Fact]
    public async Task Many_appends_at_once_share_few_commits()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        var before = test.Store.Batches;

        var added = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() => test.AppendTextAsync(inbox, Mail.Text($"number {i}")))));

        Assert.Equal(Enumerable.Range(1, 400).Select(uid => (uint)uid), added.Select(message => message.Uid.Value).Order());
        Assert.InRange(test.Store.Batches - before, 1, 200);
        Assert.Equal(400, inbox.Info.Messages);
        var texts = added.Select(message => test.ReadText(anna, message.Email)).ToHashSet();
        Assert.Equal(400, texts.Count);
    }

    [Fact]
    public async Task Two_accounts_never_see_each_other()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var bob = await test.AddAccountAsync("bob");
        await test.AppendAsync(TestStore.Inbox(anna), MessageFlags.None, "annas");
        var bobsMessage = await test.AppendAsync(TestStore.Inbox(bob), MessageFlags.None, "bobs");
        Assert.Equal(["annas"], anna.Keywords.Names.Values);
        Assert.Equal(["bobs"], bob.Keywords.Names.Values);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.CopyAsync(TestStore.Inbox(anna), Uids(1), TestStore.Inbox(bob))).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.MoveAsync(TestStore.Inbox(anna), Uids(1), TestStore.Inbox(bob))).Refusal);
        using var batch = new EmailBatch();
        test.Store.ReadEmails(batch, anna, [new EmailId(2)]);
        Assert.Equal(0, batch.Count);
        Assert.True((await test.Store.RemoveAccountAsync(anna.Id)).IsDone);
        Assert.Equal(bobsMessage.Uid, Assert.Single(await test.RowsAsync(TestStore.Inbox(bob))).Uid);
        Assert.Equal(Mail.Text("hello"), test.ReadText(bob, bobsMessage.Email));
    }

    [Fact]
    public async Task Emails_read_together_are_those_read_alone_whatever_their_order_and_gaps()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        for (var i = 0; i < 12; i++)
        {
            await test.AppendAsync(TestStore.Inbox(anna));
        }

        Assert.True((await test.Store.ExpungeAsync(TestStore.Inbox(anna), Uids(8), onlyDeleted: false)).IsDone);
        await test.ReapAsync();
        EmailId[] asked = [.. new long[] { 1, 2, 4, 5, 7, 8, 9, 40, 12, 3, 3, 11, 12, 13, 14 }.Select(number => new EmailId(number))];
        using var together = new EmailBatch();
        test.Store.ReadEmails(together, anna, asked);
        using var alone = new EmailBatch();
        foreach (var email in asked)
        {
            test.Store.ReadEmails(alone, anna, [email]);
            Assert.Equal(alone.TryGet(email, out var place, out var meta), together.TryGet(email, out var samePlace, out var sameMeta));
            Assert.Equal(place, samePlace);
            Assert.Equal(meta.ToArray(), sameMeta.ToArray());
        }
    }
}
