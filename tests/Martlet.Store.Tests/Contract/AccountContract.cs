using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Domains and accounts.</summary>
public abstract class AccountContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task Accounts_need_a_domain_and_an_address_of_their_own()
    {
        await using var test = Empty();
        Assert.Equal(Refusal.NoSuchDomain, (await test.Store.AddAccountAsync("anna@example.org", null)).Refusal);
        Assert.Equal(Refusal.NoSuchDomain, (await test.Store.Settings.RemoveDomainAsync("example.org")).Refusal);
        Assert.True((await test.Store.Settings.AddDomainAsync("example.org")).IsDone);
        Assert.Equal(Refusal.AlreadyExists, (await test.Store.Settings.AddDomainAsync("example.org")).Refusal);
        var anna = (await test.Store.AddAccountAsync("anna@example.org", "hash")).Value!;
        Assert.Equal(Refusal.AlreadyExists, (await test.Store.AddAccountAsync("anna@example.org", null)).Refusal);
        Assert.Equal(Refusal.InUse, (await test.Store.Settings.RemoveDomainAsync("example.org")).Refusal);
        Assert.Equal(["Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"], anna.Mailboxes.Keys);
        Assert.Same(anna, test.Store.OpenAccount(anna.Id));
        var access = new AccountAccess { PasswordHash = "hash", PasswordNumber = 1 };
        Assert.Equal(new Directory.AccountEntry(anna.Id, "anna@example.org", access), test.Store.Directory.FindAddress("anna@example.org"));
        Assert.True((await test.Store.SetPasswordAsync(anna.Id, "other")).IsDone);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.SetPasswordAsync(new AccountId(9), "other")).Refusal);
        var before = (anna.Row, anna.Mailboxes.Values.Select(mailbox => mailbox.Info).ToArray());
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal("other", test.Store.Directory.Find(anna.Id)!.Access.PasswordHash);
        Assert.Equal(before.Row, anna.Row);
        Assert.Equal(before.Item2, anna.Mailboxes.Values.Select(mailbox => mailbox.Info));
        Assert.Null(test.Store.OpenAccount(new AccountId(9)));
    }

    [Fact]
    public async Task A_removed_account_ends_its_sessions_and_its_number_is_never_used_again()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        await test.AppendAsync(inbox);
        var (tree, mail) = (new ChangeSignal(), new ChangeSignal());
        using var subscription = anna.Subscribe(tree);
        using var view = await test.Store.OpenViewAsync(inbox, mail);

        Assert.True((await test.Store.RemoveAccountAsync(anna.Id)).IsDone);

        Assert.True(anna.IsRemoved && inbox.IsDeleted && tree.IsSet && mail.IsSet);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.RemoveAccountAsync(anna.Id)).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.TryAppendAsync(inbox, Mail.Text("late"))).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.CreateMailboxAsync(anna, "late")).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.SetSubscribedAsync(anna, "late", isSubscribed: true)).Refusal);
        Assert.Equal(Refusal.NoSuchMailbox, (await test.Store.SetFlagsAsync(inbox, Uids(1), FlagChange.Add, MessageFlags.Seen, [])).Refusal);
        Assert.Null(test.Store.OpenAccount(anna.Id));
        Assert.Null(test.Store.Directory.FindAddress("anna@example.org"));
        await test.ReopenAsync();
        test.Time.Advance(TimeSpan.FromSeconds(1));
        var again = await test.AddAccountAsync("anna");
        Assert.True(again.Id > anna.Id);
        Assert.NotEqual(inbox.Info.UidValidity, TestStore.Inbox(again).Info.UidValidity);
        Assert.Empty(await test.RowsAsync(TestStore.Inbox(again)));
        Assert.True((await test.Store.RemoveAccountAsync(again.Id)).IsDone);
        Assert.True((await test.Store.Settings.RemoveDomainAsync("example.org")).IsDone);
    }

    [Fact]
    public async Task Accounts_nobody_uses_are_let_go_and_those_in_use_stay_the_same_object()
    {
        await using var test = Empty(new StoreLimits { IdleAccountsMax = 1 });
        var (used, idle) = await FirstAccountsAsync(test);
        for (var turn = 0; turn < 100 && IsAlive(idle); turn++)
        {
            // What the runtime still holds of the last calls goes with the next ones.
            await test.AppendAsync(TestStore.Inbox(used));
            GC.Collect();
        }

        Assert.False(IsAlive(idle));
        Assert.Same(used, test.Store.OpenAccount(used.Id));
        var again = test.Store.OpenAccount(new AccountId(2))!;
        Assert.Equal(1, TestStore.Inbox(again).Info.Messages);
        await test.AppendAsync(TestStore.Inbox(again));
        await test.AppendAsync(TestStore.Inbox(used));
    }

    [Fact]
    public async Task A_subscription_keeps_its_account()
    {
        await using var test = Empty(new StoreLimits { IdleAccountsMax = 1 });
        await test.AddAccountAsync("anna");
        var signal = new Changes.ChangeSignal();
        using var subscription = Subscribe(test, new AccountId(1), signal);
        await test.AddAccountAsync("bob");
        GC.Collect();
        await test.CreateAsync(test.Store.OpenAccount(new AccountId(1))!, "box");
        Assert.True(signal.IsSet);
    }

    // Nothing of the second account may be left in the test's own frame.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static async Task<(Account Used, WeakReference<Account> Idle)> FirstAccountsAsync(TestStore test)
    {
        var used = await test.AddAccountAsync("anna");
        var idle = await test.AddAccountAsync("bob");
        await test.AppendAsync(TestStore.Inbox(idle));
        var known = new WeakReference<Account>(idle);
        await test.AddAccountAsync("carl");
        return (used, known);
    }

    private static bool IsAlive(WeakReference<Account> account) => account.TryGetTarget(out var _);

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static IDisposable Subscribe(TestStore test, AccountId account, Changes.ChangeSignal signal) => test.Store.OpenAccount(account)!.Subscribe(signal);
}
