using System.Text;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Annotations of mailboxes and accounts, and special uses that are changed like them.</summary>
public abstract class AnnotationContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    private const string Comment = "/private/comment";

    [Fact]
    public async Task Annotations_are_kept_with_the_modseq_of_their_change()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        var before = anna.Row.ModSeq.Value;
        var signal = new ChangeSignal();
        using var subscription = anna.Subscribe(signal);

        var first = await SetAsync(test, inbox, (Comment, "mine"), ("/Shared/COMMENT", "ours\0and binary"), ("/shared/empty", ""));
        var second = await SetAsync(test, inbox, (Comment, null), ("/shared/vendor/v/x", "1"), ("/shared/vendor/v/x", "22"));
        var third = Done(await test.Store.SetAnnotationsAsync(anna, null, [Change("/private/vendor/v/key", "account")]));

        Assert.Equal((before + 1, before + 2, before + 3), (first.Value, second.Value, third.Value));
        Assert.Equal((second, third), (inbox.Info.ModSeq, anna.Row.ModSeq));
        Assert.True(signal.IsSet);
        anna = (await test.ReopenAsync(anna.Id))!;
        inbox = TestStore.Inbox(anna);
        Assert.Equal(second, inbox.Info.ModSeq);
        Assert.Equal(
            [("/shared/comment", first, 15), ("/shared/empty", first, 0), ("/shared/vendor/v/x", second, 2)],
            anna.Annotations.Of(inbox.Id).Select(entry => (entry.Key, entry.Value.ModSeq, entry.Value.Bytes)));
        Assert.Equal("ours\0and binary", Read(test, inbox, "/shared/comment"));
        Assert.Equal("", Read(test, inbox, "/shared/empty"));
        Assert.Null(Read(test, inbox, Comment));
        Assert.Equal("account", Encoding.ASCII.GetString(test.Store.ReadAnnotation(anna, AnnotationTable.Server, "/private/vendor/v/key")!));
        Assert.Null(test.Store.ReadAnnotation(anna, AnnotationTable.Server, "/shared/comment"));
        Assert.Equal(4, anna.Annotations.Count);
    }

    [Fact]
    public async Task Removing_what_is_not_there_changes_nothing()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        var before = (anna.Row, inbox.Info, anna.Annotations);
        Assert.Equal(inbox.Info.ModSeq, await SetAsync(test, inbox, (Comment, null)));
        Assert.Equal(anna.Row.ModSeq, Done(await test.Store.SetAnnotationsAsync(anna, null, [Change(Comment, null)])));
        Assert.Equal(before, (anna.Row, inbox.Info, anna.Annotations));
    }

    [Theory]
    [InlineData("comment")]
    [InlineData("/comment")]
    [InlineData("/private")]
    [InlineData("/private/")]
    [InlineData("/private//comment")]
    [InlineData("/private/comment/")]
    [InlineData("//private/comment")]
    [InlineData("/privately/comment")]
    [InlineData("/shared/vendor")]
    [InlineData("/shared/vendor/token")]
    [InlineData("/shared/vendor/token/")]
    [InlineData("/private/a*")]
    [InlineData("/private/a%")]
    [InlineData("/private/a\u0007")]
    [InlineData("/private/a\u007f")]
    [InlineData("/private/\u00e4")]
    [InlineData("/private/12345678901")]
    [InlineData("/private/specialuse")]
    public async Task A_bad_name_is_refused_with_everything_beside_it(string name)
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { AnnotationNameBytesMax = 19 });
        await using var _ = test;
        var before = anna.Row;
        Assert.Equal(Refusal.BadName, (await test.Store.SetAnnotationsAsync(anna, TestStore.Inbox(anna), [Change(Comment, "x"), Change(name, "y")])).Refusal);
        Assert.Equal((before, 0), (anna.Row, anna.Annotations.Count));
        await SetAsync(test, TestStore.Inbox(anna), ("/private/1234567890", "at the limit"), ("/shared/vendor/t/x", "as short as it may be"));
    }

    [Fact]
    public async Task Limits_refuse_what_grows_and_nothing_else()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { AnnotationValueBytesMax = 10, AnnotationsMax = 2, AnnotationsTotalMax = 3, AnnotationBytesTotalMax = 50 });
        await using var _ = test;
        var (inbox, sent) = (TestStore.Inbox(anna), anna.FindMailbox("Sent")!);
        await SetAsync(test, inbox, ("/shared/a", "1234567890"));
        Assert.Equal(Refusal.ValueTooLarge, await TryAsync(test, inbox, ("/shared/a", "12345678901")));
        await SetAsync(test, inbox, ("/shared/b", "1"));
        Assert.Equal(Refusal.LimitReached, await TryAsync(test, inbox, ("/shared/c", "1")));
        await SetAsync(test, inbox, ("/shared/b", null), ("/shared/c", "1"));
        await SetAsync(test, sent, ("/shared/a", "1"));
        Assert.Equal((3, 39L), (anna.Annotations.Count, anna.Annotations.Bytes));
        Assert.Equal(Refusal.LimitReached, await TryAsync(test, sent, ("/shared/b", "1")));
        await SetAsync(test, sent, ("/shared/a", "1234567890"));
        await SetAsync(test, inbox, ("/shared/c", "123"));
        Assert.Equal(50L, anna.Annotations.Bytes);
        Assert.Equal(Refusal.LimitReached, await TryAsync(test, inbox, ("/shared/c", "1234")));
        Assert.Equal("123", Read(test, inbox, "/shared/c"));
        Assert.Equal(Refusal.LimitReached, (await test.Store.RenameMailboxAsync(inbox, "old")).Refusal);
        Assert.Null(anna.FindMailbox("old"));
        await SetAsync(test, inbox, ("/shared/a", null), ("/shared/c", null));
        Assert.True((await test.Store.RenameMailboxAsync(inbox, "old")).IsDone);
    }

    [Fact]
    public async Task Annotations_follow_a_rename_and_go_with_a_delete()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var box = await test.CreateAsync(anna, "box");
        await SetAsync(test, box, (Comment, "kept"));
        Assert.True((await test.Store.RenameMailboxAsync(box, "other")).IsDone);
        anna = (await test.ReopenAsync(anna.Id))!;
        box = anna.FindMailbox("other")!;
        Assert.Equal("kept", Read(test, box, Comment));
        Assert.True((await test.Store.DeleteMailboxAsync(box)).IsDone);
        Assert.Equal((0, 0L), (anna.Annotations.Count, anna.Annotations.Bytes));
        Assert.Equal(Refusal.NoSuchMailbox, await TryAsync(test, box, (Comment, "late")));
        box = await test.CreateAsync(anna, "other");
        Assert.Null(Read(test, box, Comment));
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(0, anna.Annotations.Count);
    }

    [Fact]
    public async Task Renaming_inbox_copies_its_annotations_also_those_of_the_same_moment()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await SetAsync(test, inbox, (Comment, "old"), ("/shared/comment", "on disk"));
        // Together, so that they come into one batch as often as not.
        var setting = test.Store.SetAnnotationsAsync(anna, inbox, [Change(Comment, "new")]);
        var renaming = test.Store.RenameMailboxAsync(inbox, "old");
        Assert.True((await setting).IsDone);
        var target = (await renaming).Value!;
        foreach (var mailbox in (Mailbox[])[inbox, target])
        {
            Assert.Equal("on disk", Read(test, mailbox, "/shared/comment"));
        }

        Assert.Equal(target.Info.ModSeq, anna.Annotations.Of(target.Id)["/shared/comment"].ModSeq);
        Assert.Contains(Read(test, target, Comment), new[] { "old", "new" });
        Assert.Equal("new", Read(test, inbox, Comment));
    }

    [Fact]
    public async Task A_use_is_moved_with_the_annotations_of_one_change()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (old, inbox) = (anna.FindMailbox(SpecialUse.Sent)!, TestStore.Inbox(anna));
        var box = await test.CreateAsync(anna, "box");
        var before = anna.Annotations;

        var modSeq = Done(await test.Store.SetAnnotationsAsync(anna, box, [Change(Comment, "x")], SpecialUse.Sent));

        Assert.Equal((SpecialUse.Sent, modSeq, SpecialUse.None, modSeq), (box.Info.Use, box.Info.ModSeq, old.Info.Use, old.Info.ModSeq));
        Assert.Equal(
            [(old.Id, AnnotationName.SpecialUse), (box.Id, $"{Comment} {AnnotationName.SpecialUse}")],
            anna.Annotations.ChangesSince(before).Select(change => (change.Owner, string.Join(' ', change.Names))));
        Assert.Equal(modSeq, Done(await test.Store.SetAnnotationsAsync(anna, box, [], SpecialUse.Sent)));
        var refused = anna.Row;
        Assert.Equal(Refusal.BadUse, (await test.Store.SetAnnotationsAsync(anna, inbox, [Change(Comment, "x")], SpecialUse.Sent)).Refusal);
        Assert.Equal(Refusal.BadUse, (await test.Store.SetAnnotationsAsync(anna, null, [], SpecialUse.Sent)).Refusal);
        Assert.Equal((refused, 1), (anna.Row, anna.Annotations.Count));
        Done(await test.Store.SetAnnotationsAsync(anna, inbox, [], SpecialUse.None));
        Done(await test.Store.SetAnnotationsAsync(anna, box, [], SpecialUse.None));
        Assert.Null(anna.FindMailbox(SpecialUse.Sent));
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal((SpecialUse.None, SpecialUse.Trash), (anna.FindMailbox("box")!.Info.Use, anna.Annotations.UseOf(anna.FindMailbox("Trash")!.Id)));
    }

    [Fact]
    public async Task Two_tables_tell_what_has_changed_between_them()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var (inbox, sent) = (TestStore.Inbox(anna), anna.FindMailbox("Sent")!);
        await SetAsync(test, inbox, ("/shared/a", "1"), ("/shared/b", "1"));
        await SetAsync(test, sent, ("/shared/a", "1"));
        var before = anna.Annotations;
        Assert.Empty(anna.Annotations.ChangesSince(before));
        await SetAsync(test, inbox, ("/shared/a", null), ("/shared/c", "1"));
        Assert.Equal(["/shared/a", "/shared/c"], Assert.Single(anna.Annotations.ChangesSince(before)).Names);
        await SetAsync(test, inbox, ("/shared/b", "1"));
        Assert.Equal(["/shared/a", "/shared/b", "/shared/c"], Assert.Single(anna.Annotations.ChangesSince(before)).Names);
    }

    [Fact]
    public async Task A_removed_account_leaves_no_annotation_and_refuses_more()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await SetAsync(test, inbox, (Comment, "x"));
        var bob = await test.AddAccountAsync("bob");
        await SetAsync(test, TestStore.Inbox(bob), (Comment, "bob's"));
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.SetAnnotationsAsync(bob, inbox, [Change(Comment, "stolen")])).Refusal);
        Assert.True((await test.Store.RemoveAccountAsync(anna.Id)).IsDone);
        Assert.Null(Read(test, inbox, Comment));
        Assert.Equal(Refusal.NoSuchAccount, await TryAsync(test, inbox, (Comment, "late")));
        Assert.Equal("bob's", Read(test, TestStore.Inbox(bob), Comment));
    }

    [Fact]
    public async Task Capabilities_are_hidden_and_shown_again()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { HiddenCapabilitiesMax = 3 });
        await using var _ = test;
        Assert.True((await test.Store.HideCapabilitiesAsync(anna.Id, ["UIDONLY", "MOVE"], [])).IsDone);
        Assert.True((await test.Store.HideCapabilitiesAsync(anna.Id, ["BINARY", "uidonly"], ["move"])).IsDone);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal("BINARY UIDONLY", anna.Row.HiddenCapabilities);
        Assert.Equal(Refusal.BadName, (await test.Store.HideCapabilitiesAsync(anna.Id, ["A B"], [])).Refusal);
        Assert.Equal(Refusal.BadName, (await test.Store.HideCapabilitiesAsync(anna.Id, [""], [])).Refusal);
        Assert.Equal(Refusal.LimitReached, (await test.Store.HideCapabilitiesAsync(anna.Id, ["A", "B"], [])).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.HideCapabilitiesAsync(new AccountId(9), ["A"], [])).Refusal);
        Assert.True((await test.Store.HideCapabilitiesAsync(anna.Id, ["A"], [])).IsDone);
        Assert.True((await test.Store.HideCapabilitiesAsync(anna.Id, [], ["A", "BINARY", "UIDONLY"])).IsDone);
        Assert.Equal("", anna.Row.HiddenCapabilities);
    }

    private static AnnotationChange Change(string name, string? value) => new(name, value is null ? null : Encoding.ASCII.GetBytes(value));

    private static ModSeq Done(StoreResult<ModSeq> result)
    {
        Assert.Equal(Refusal.None, result.Refusal);
        return result.Value;
    }

    private static async Task<ModSeq> SetAsync(TestStore test, Mailbox mailbox, params (string Name, string? Value)[] changes) =>
        Done(await test.Store.SetAnnotationsAsync(mailbox.Account, mailbox, [.. changes.Select(change => Change(change.Name, change.Value))]));

    private static async Task<Refusal> TryAsync(TestStore test, Mailbox mailbox, params (string Name, string? Value)[] changes) =>
        (await test.Store.SetAnnotationsAsync(mailbox.Account, mailbox, [.. changes.Select(change => Change(change.Name, change.Value))])).Refusal;

    private static string? Read(TestStore test, Mailbox mailbox, string name) =>
        test.Store.ReadAnnotation(mailbox.Account, mailbox.Id, name) is { } value ? Encoding.ASCII.GetString(value) : null;
}
