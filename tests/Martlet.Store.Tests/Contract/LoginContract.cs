using Martlet.Store.Model;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>The history of logins: what is alike is counted, what is old or over a limit goes, and it belongs to its account.</summary>
public abstract class LoginContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    private static readonly StoreLimits Few = new() { LoginSuccessesMax = 2, LoginFailuresMax = 3, LoginsOfNobodyMax = 4, LoginTextCharsMax = 10, LoginsAtOnceMax = 20 };

    [Fact]
    public async Task Logins_that_are_alike_are_one_entry_and_it_outlives_a_restart()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var first = Logins.Of(anna.Id, test.Time);
        await AddAsync(test, first, first with { Count = 2 });
        test.Time.Advance(TimeSpan.FromMilliseconds(1500));
        var again = Logins.Of(anna.Id, test.Time);
        await AddAsync(test, again);
        await test.ReopenAsync();
        Assert.Equal([again with { First = first.First, Count = 4 }], Read(test, anna.Id));
    }

    [Fact]
    public async Task Every_difference_but_time_and_count_makes_another_entry()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var login = Logins.Of(anna.Id, test.Time);
        LoginEntry[] all =
        [
            login, login with { Address = "a" }, login with { Remote = "2001:db8::1" }, login with { Mechanism = "EXTERNAL" }, login with { Protocol = "submission" },
            login with { Tls = "" }, login with { PublicKey = "x" }, login with { Client = "" }, login with { Outcome = "other" }, login with { IsSuccess = false },
            // The same letters, divided differently.
            login with { Address = login.Address + "1", Remote = "92.0.2.1" },
        ];
        await AddAsync(test, all);
        Assert.Equal(all.ToHashSet(), Read(test, anna.Id).ToHashSet());
    }

    [Fact]
    public async Task The_newest_come_first_and_no_more_than_asked_for()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        foreach (var remote in new[] { "a", "b", "c" })
        {
            await AddAsync(test, Logins.Of(anna.Id, test.Time) with { Remote = remote });
            test.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["c", "b", "a"], Remotes(test, anna.Id));
        Assert.Equal(["c", "b"], test.Store.Logins.Read(anna.Id, 2).Select(login => login.Remote));
    }

    [Fact]
    public async Task Failures_and_successes_of_an_account_have_limits_of_their_own_and_the_oldest_go()
    {
        var (test, anna) = await AnnaAsync(Few);
        await using var _ = test;
        for (var i = 1; i <= 3; i++)
        {
            await AddAsync(test, Logins.Of(anna.Id, test.Time) with { Remote = $"ok{i}" });
            test.Time.Advance(TimeSpan.FromSeconds(1));
        }

        for (var i = 1; i <= 4; i++)
        {
            Assert.Equal(Math.Min(i - 1, 3), Read(test, anna.Id).Count(login => !login.IsSuccess));
            await AddAsync(test, Logins.Failed(anna.Id, test.Time) with { Remote = $"bad{i}" });
            test.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["bad4", "bad3", "bad2", "ok3", "ok2"], Remotes(test, anna.Id));
    }

    [Fact]
    public async Task Attempts_that_named_nobody_have_one_limit_for_all()
    {
        var (test, anna) = await AnnaAsync(Few);
        await using var _ = test;
        for (var i = 1; i <= 5; i++)
        {
            await AddAsync(test, Logins.Failed(LoginEntry.Nobody, test.Time) with { Address = $"no{i}" });
            test.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["no5", "no4", "no3", "no2"], Read(test, LoginEntry.Nobody).Select(login => login.Address));
        Assert.Empty(Read(test, anna.Id));
    }

    [Fact]
    public async Task An_operation_takes_so_many_and_not_one_more()
    {
        var (test, anna) = await AnnaAsync(Few);
        await using var _ = test;
        var login = Logins.Of(anna.Id, test.Time);
        Assert.Equal(Refusal.LimitReached, (await test.Store.Logins.AddAsync([.. Enumerable.Repeat(login, Few.LoginsAtOnceMax + 1)])).Refusal);
        Assert.Empty(Read(test, anna.Id));
        await AddAsync(test, [.. Enumerable.Repeat(login, Few.LoginsAtOnceMax)]);
        Assert.Equal(Few.LoginsAtOnceMax, Assert.Single(Read(test, anna.Id)).Count);
    }

    [Theory]
    [InlineData("1234567890", "1234567890")]
    [InlineData("12345678901", "1234567890")]
    [InlineData("123456789\ud83d\ude00", "123456789")]
    [InlineData("a\0b", "a?b")]
    public async Task A_text_is_stored_as_far_as_it_may_go(string given, string stored)
    {
        var (test, anna) = await AnnaAsync(Few);
        await using var _ = test;
        await AddAsync(test, Logins.Of(anna.Id, test.Time) with { Client = given });
        Assert.Equal(stored, Assert.Single(Read(test, anna.Id)).Client);
    }

    [Fact]
    public async Task A_login_is_remembered_for_thirty_days_from_its_last_time()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        await AddAsync(test, Logins.Of(anna.Id, test.Time) with { Remote = "old" }, Logins.Of(anna.Id, test.Time) with { Remote = "often" });
        test.Time.Advance(TimeSpan.FromDays(1));
        await AddAsync(test, Logins.Of(anna.Id, test.Time) with { Remote = "often" });
        test.Time.Advance(test.Store.Limits.LoginsKept - TimeSpan.FromDays(1));
        Assert.Equal(["often", "old"], Remotes(test, anna.Id));
        test.Time.Advance(TimeSpan.FromMilliseconds(1));
        // Not shown any more, and gone from the disk when the housekeeper was there.
        Assert.Equal(["often"], Remotes(test, anna.Id));
        await test.TidyRowsAsync();
        Assert.Equal(["often"], test.Engine.ReadLogins(anna.Id, 10).Select(row => row.Entry.Remote));
        test.Time.Advance(TimeSpan.FromDays(1));
        await test.TidyRowsAsync();
        Assert.Null(test.Engine.ReadOldestLogin());
    }

    [Fact]
    public async Task The_next_login_wakes_the_housekeeper_for_what_is_too_old()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        await AddAsync(test, Logins.Of(anna.Id, test.Time) with { Remote = "old" });
        test.Time.Advance(test.Store.Limits.LoginsKept + TimeSpan.FromDays(1));
        var now = Logins.Of(anna.Id, test.Time);
        await AddAsync(test, now);
        while (test.Engine.ReadOldestLogin() < now.First)
        {
            test.Time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task The_history_goes_with_its_account_and_nobody_inherits_it()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var bob = await test.AddAccountAsync("bob");
        await AddAsync(test, Logins.Of(anna.Id, test.Time), Logins.Of(bob.Id, test.Time));
        var late = test.Store.Logins.AddAsync([Logins.Failed(anna.Id, test.Time)]);
        var removed = test.Store.RemoveAccountAsync(anna.Id);
        var tooLate = test.Store.Logins.AddAsync([Logins.Failed(anna.Id, test.Time), Logins.Failed(bob.Id, test.Time)]);
        Assert.True((await late).IsDone && (await removed).IsDone && (await tooLate).IsDone);
        Assert.Empty(Read(test, anna.Id));
        Assert.Equal(2, Read(test, bob.Id).Count);
        Assert.Empty(Read(test, new AccountId(99)));
    }

    [Fact]
    public async Task A_failed_write_leaves_nothing_and_the_next_one_is_whole()
    {
        var faults = new Faults();
        await using var test = TestStore.Over(new TEngine(), wrap: (engine, blobs) => (new FaultyEngine(engine, faults), blobs));
        var anna = await test.AddAccountAsync("anna");
        faults.Fail(FaultPoint.BeforeCommit);
        await Assert.ThrowsAsync<StoreException>(() => test.Store.Logins.AddAsync([Logins.Of(anna.Id, test.Time)]));
        await AddAsync(test, Logins.Failed(anna.Id, test.Time));
        Assert.Equal("badcreds", Assert.Single(Read(test, anna.Id)).Outcome);
    }

    private static IReadOnlyList<LoginEntry> Read(TestStore test, AccountId account) => test.Store.Logins.Read(account, 100);

    private static IEnumerable<string> Remotes(TestStore test, AccountId account) => Read(test, account).Select(login => login.Remote);

    private static async Task AddAsync(TestStore test, params LoginEntry[] logins) => Assert.True((await test.Store.Logins.AddAsync(logins)).IsDone);
}
