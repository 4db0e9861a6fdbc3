using Martlet.Store.Model;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Mailboxes made, renamed and deleted.</summary>
public abstract class MailboxContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task A_mailbox_is_made_with_the_ones_above_it()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var before = anna.Row.ModSeq;
        var made = await test.CreateAsync(anna, "Work/2026/May");
        Assert.Equal(["Work", "Work/2026", "Work/2026/May"], anna.Mailboxes.Keys.Where(name => name.StartsWith("Work", StringComparison.Ordinal)));
        Assert.Same(made, anna.FindMailbox("Work/2026/May"));
        Assert.Equal(before.Value + 1, anna.Row.ModSeq.Value);
        Assert.Contains("Work/2026", anna.Subscriptions);
        Assert.Equal(anna.Mailboxes.Count, anna.Mailboxes.Values.Select(mailbox => mailbox.Info.UidValidity).Distinct().Count());
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(made.Info, anna.FindMailbox("Work/2026/May")!.Info);
    }

    [Theory]
    [InlineData("inbox", Refusal.MailboxExists)]
    [InlineData("Sent", Refusal.MailboxExists)]
    [InlineData("", Refusal.BadName)]
    [InlineData("a//b", Refusal.BadName)]
    [InlineData("/a", Refusal.BadName)]
    [InlineData("a/", Refusal.BadName)]
    [InlineData("#news", Refusal.BadName)]
    [InlineData("a/../b", Refusal.BadName)]
    [InlineData("a\u0007", Refusal.BadName)]
    [InlineData("1/2/3/4", Refusal.BadName)]
    [InlineData("12345678901", Refusal.BadName)]
    [InlineData("1/2/3", Refusal.LimitReached)]
    public async Task A_refused_mailbox_leaves_nothing(string name, Refusal refusal)
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { MailboxNameBytesMax = 10, MailboxDepthMax = 3, MailboxesMax = 8 });
        await using var _ = test;
        var before = (anna.Row, anna.Mailboxes.Count);
        Assert.Equal(refusal, (await test.Store.CreateMailboxAsync(anna, name)).Refusal);
        Assert.Equal(before, (anna.Row, anna.Mailboxes.Count));
        await test.CreateAsync(anna, "1/2");
    }

    [Fact]
    public async Task A_special_use_moves_to_the_mailbox_made_for_it()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var old = anna.FindMailbox(SpecialUse.Sent)!;
        var made = await test.CreateAsync(anna, "Gesendet", SpecialUse.Sent);
        Assert.Same(made, anna.FindMailbox(SpecialUse.Sent));
        Assert.Equal((SpecialUse.None, made.Info.ModSeq), (old.Info.Use, old.Info.ModSeq));
    }

    [Fact]
    public async Task A_rename_takes_children_along_and_keeps_identity()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var child = await test.CreateAsync(anna, "a/b/c");
        var (a, b, similar) = (anna.FindMailbox("a")!, anna.FindMailbox("a/b")!, await test.CreateAsync(anna, "a2"));
        await test.AppendAsync(b);
        var (validity, before) = (b.Info.UidValidity, anna.Row.ModSeq);

        var renamed = await test.Store.RenameMailboxAsync(a, "x/y");

        Assert.Same(a, renamed.Value);
        Assert.Equal(["a2", "x", "x/y", "x/y/b", "x/y/b/c"], anna.Mailboxes.Keys.Where(name => char.IsLower(name[0])));
        Assert.Equal((validity, 2u, before.Value + 1), (b.Info.UidValidity, b.Info.UidNext.Value, b.Info.ModSeq.Value));
        Assert.Equal(("x/y/b/c", "a2"), (child.Info.Name, similar.Info.Name));
        Assert.Contains("a/b", anna.Subscriptions);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Single(await test.RowsAsync(anna.FindMailbox("x/y/b")!));
    }

    [Fact]
    public async Task A_refused_rename_leaves_everything()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { MailboxNameBytesMax = 10, MailboxDepthMax = 3, MailboxesMax = 9 });
        await using var _ = test;
        var a = await test.CreateAsync(anna, "a");
        await test.CreateAsync(anna, "a/bbbbbb");
        var before = (anna.Row, string.Join(' ', anna.Mailboxes.Keys));
        Assert.Equal(Refusal.MailboxExists, (await test.Store.RenameMailboxAsync(a, "a")).Refusal);
        Assert.Equal(Refusal.MailboxExists, (await test.Store.RenameMailboxAsync(a, "inbox")).Refusal);
        Assert.Equal(Refusal.BadName, (await test.Store.RenameMailboxAsync(a, "a/c")).Refusal);
        Assert.Equal(Refusal.BadName, (await test.Store.RenameMailboxAsync(a, "toolong")).Refusal);
        Assert.Equal(Refusal.BadName, (await test.Store.RenameMailboxAsync(a, "1/2/3")).Refusal);
        Assert.Equal(Refusal.BadName, (await test.Store.RenameMailboxAsync(a, "x//")).Refusal);
        Assert.Equal(Refusal.LimitReached, (await test.Store.RenameMailboxAsync(anna.FindMailbox("a/bbbbbb")!, "1/2/3")).Refusal);
        Assert.Equal(before, (anna.Row, string.Join(' ', anna.Mailboxes.Keys)));
    }

    [Fact]
    public async Task Renaming_inbox_moves_its_messages_and_leaves_it_and_its_children()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.CreateAsync(anna, "INBOX/child");
        await test.AppendAsync(inbox, MessageFlags.Seen, "k");
        await test.AppendAsync(inbox);
        var validity = inbox.Info.UidValidity;

        var old = (await test.Store.RenameMailboxAsync(inbox, "old/mail")).Value!;

        Assert.Same(inbox, anna.FindMailbox("INBOX"));
        Assert.Equal((0, validity, 3u), (inbox.Info.Messages, inbox.Info.UidValidity, inbox.Info.UidNext.Value));
        Assert.NotNull(anna.FindMailbox("INBOX/child"));
        Assert.Equal("old/mail", old.Info.Name);
        var rows = await test.RowsAsync(old);
        Assert.Equal([(1u, MessageFlags.Seen), (2u, MessageFlags.None)], rows.Select(row => (row.Uid.Value, row.Flags)));
        Assert.Equal(Mail.Text("hello"), test.ReadText(anna, rows[0].Email));
    }

    [Fact]
    public async Task A_deleted_mailbox_is_gone_with_its_messages_and_its_number()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var box = await test.CreateAsync(anna, "box");
        await test.AppendAsync(box);
        Assert.Equal(Refusal.BadName, (await test.Store.DeleteMailboxAsync(TestStore.Inbox(anna))).Refusal);
        await test.CreateAsync(anna, "box/child");
        Assert.Equal(Refusal.HasChildren, (await test.Store.DeleteMailboxAsync(box)).Refusal);
        Assert.True((await test.Store.DeleteMailboxAsync(anna.FindMailbox("box/child")!)).IsDone);
        Assert.True((await test.Store.DeleteMailboxAsync(box)).IsDone);
        Assert.True(box.IsDeleted);
        Assert.Null(anna.FindMailbox("box"));
        Assert.Equal((0L, 0L), (anna.Row.Messages, anna.Row.Bytes));
        Assert.Contains("box", anna.Subscriptions);
        var again = await test.CreateAsync(anna, "box");
        Assert.True(again.Info.UidValidity > box.Info.UidValidity);
        Assert.NotEqual(box.Id, again.Id);
        Assert.Equal(1u, again.Info.UidNext.Value);
    }

    [Fact]
    public async Task Subscriptions_are_names_that_need_not_exist()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { SubscriptionsMax = 7 });
        await using var _ = test;
        Assert.True((await test.Store.SetSubscribedAsync(anna, "Sent", isSubscribed: false)).IsDone);
        Assert.True((await test.Store.SetSubscribedAsync(anna, "inbox/nothing", isSubscribed: true)).IsDone);
        Assert.True((await test.Store.SetSubscribedAsync(anna, "x", isSubscribed: true)).IsDone);
        Assert.True((await test.Store.SetSubscribedAsync(anna, "x", isSubscribed: true)).IsDone);
        Assert.Equal(Refusal.LimitReached, (await test.Store.SetSubscribedAsync(anna, "y", isSubscribed: true)).Refusal);
        Assert.Equal(Refusal.BadName, (await test.Store.SetSubscribedAsync(anna, "a//b", isSubscribed: true)).Refusal);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(["Archive", "Drafts", "INBOX", "INBOX/nothing", "Junk", "Trash", "x"], anna.Subscriptions);
    }
}
