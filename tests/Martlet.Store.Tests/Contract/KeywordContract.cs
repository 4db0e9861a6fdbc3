using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Which keywords are in use, and what becomes of those that are not.</summary>
public abstract class KeywordContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    private static readonly StoreLimits Few = new() { KeywordsMax = 3, KeywordSetsMax = 6, KeywordsDropPause = TimeSpan.FromMinutes(1) };

    [Fact]
    public async Task A_keyword_whose_last_message_lost_it_or_went_is_in_use_no_more()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.None, "a");
        await test.AppendAsync(inbox, MessageFlags.None, "a", "b");
        await test.AppendAsync(inbox, MessageFlags.None, "c");
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        Assert.Equal(["a", "b", "c"], InUse(view));
        await FlagAsync(test, inbox, Uids(1, 2), FlagChange.Remove, MessageFlags.None, ["a"]);
        Assert.Equal(["b", "c"], InUse(view));
        await ExpungeAsync(test, inbox, 3);
        Assert.Equal(["b"], InUse(view));
        await ExpungeAsync(test, inbox, 2);
        Assert.Empty(InUse(view));
    }

    [Fact]
    public async Task A_full_account_gets_room_by_dropping_what_no_message_has()
    {
        var (test, anna) = await AnnaAsync(Few);
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.FillAsync(inbox, 2);
        foreach (var keyword in (string[])["one", "two", "three"])
        {
            await FlagAsync(test, inbox, Uids(1), FlagChange.Replace, MessageFlags.None, [keyword]);
        }

        await test.AppendAsync(anna.FindMailbox("Sent")!, MessageFlags.None, "two");
        Assert.Equal(Refusal.LimitReached, (await test.Store.SetFlagsAsync(inbox, Uids(2), FlagChange.Add, MessageFlags.None, ["four"])).Refusal);
        await test.TidyRowsAsync();

        Assert.Equal(["two", "three"], anna.Keywords.Names.Values);
        Assert.Equal(["four"], KeywordsOf(anna, (await FlagAsync(test, inbox, Uids(2), FlagChange.Add, MessageFlags.None, ["four"])).Messages[0]));
        Assert.Equal(3, anna.Keywords.Find("four"));
        await test.AssertCleanAsync();
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(["two", "three", "four"], anna.Keywords.Names.Values);
        Assert.Equal(["three"], KeywordsOf(anna, (await test.RowsAsync(TestStore.Inbox(anna)))[0]));
    }

    [Fact]
    public async Task What_a_session_may_still_see_is_kept()
    {
        var (test, anna) = await AnnaAsync(Few);
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.None, "ghost");
        await test.AppendAsync(inbox, MessageFlags.None, "b", "c");
        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        await ExpungeAsync(test, inbox, 1);
        await test.TidyRowsAsync();
        Assert.True(view.TryGet(new Uid(1), out var ghost));
        Assert.Equal(["ghost"], KeywordsOf(anna, ghost));
    }

    [Fact]
    public async Task A_full_account_is_not_searched_again_and_again()
    {
        var (test, anna) = await AnnaAsync(Few);
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox, MessageFlags.None, "a", "b", "c");
        await test.TidyRowsAsync();
        await FlagAsync(test, inbox, Uids(1), FlagChange.Replace, MessageFlags.None, []);
        Assert.Equal(Refusal.LimitReached, (await test.Store.SetFlagsAsync(inbox, Uids(1), FlagChange.Add, MessageFlags.None, ["d"])).Refusal);
        await test.TidyRowsAsync();
        Assert.Equal(["a", "b", "c"], anna.Keywords.Names.Values);
        test.Time.Advance(TimeSpan.FromMinutes(2));
        await test.TidyRowsAsync();
        Assert.Empty(anna.Keywords.Names);
    }

    [Fact]
    public async Task A_refused_change_leaves_no_keyword_and_no_set_behind()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { KeywordsMax = 3, KeywordSetsMax = 4, KeywordsPerMessageMax = 2 });
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        await test.AppendAsync(inbox, MessageFlags.None, "a");
        await test.AppendAsync(inbox, MessageFlags.None, "a", "b");
        var before = anna.Keywords;
        foreach (var keywords in (string[][])[["c", "d"], ["c"], [new string('x', 200)], ["a", "b", "c"]])
        {
            Assert.Equal(Refusal.LimitReached, (await test.Store.SetFlagsAsync(inbox, Uids(1, 2, 3), FlagChange.Add, MessageFlags.None, keywords)).Refusal);
            Assert.Same(before, anna.Keywords);
        }

        // Adding to what is there needs no set of the added alone.
        await FlagAsync(test, inbox, Uids(2), FlagChange.Add, MessageFlags.None, ["c"]);
        Assert.Equal(4, anna.Keywords.Sets.Count);
    }

    private static IEnumerable<string> InUse(MailboxView view) => view.KeywordsInUse().Select(view.Mailbox.Account.Keywords.Name);
}
