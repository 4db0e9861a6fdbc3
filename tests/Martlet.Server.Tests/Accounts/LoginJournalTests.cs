using System.Globalization;
using System.Net;
using Martlet.Server.Accounts;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

public sealed class LoginJournalTests : IAsyncLifetime
{
    private static readonly LoginJournalLimits Few = new() { EntriesMax = 10, FailedEntriesMax = 6, WaitingMax = 4, CountsMax = 64 };

    private readonly TestLog _log = new();
    private TestServer _server = null!;

    private AccountId Alice => _server.Account(TestServer.Alice).Id;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(new TestServerOptions { UsesFakeTime = true });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task An_attempt_is_one_line_of_fixed_form()
    {
        await using var journal = Journal();
        journal.Record(Attempt());
        journal.Record(Attempt() with { Outcome = LoginOutcome.BadCredentials, Tls = "", Key = "", Remote = IPAddress.Parse("::ffff:192.0.2.7"), Mechanism = "PLAIN" });
        journal.Record(new LoginAttempt { Mechanism = "LOGIN", Protocol = "submission", Remote = IPAddress.Parse("2001:db8::1"), Cid = "c9", Outcome = LoginOutcome.Throttled });
        Assert.Equal(
            [
                "Information: login ok cid=c1f account=alice@example.org address=Alice@Example.org mechanism=EXTERNAL protocol=imap tls=TLS1.3 key=pQz_4 remote=192.0.2.7 count=1",
                "Information: login badcreds cid=c1f account=alice@example.org address=Alice@Example.org mechanism=PLAIN protocol=imap tls=- key=- remote=192.0.2.7 count=1",
                "Information: login throttled cid=c9 account=- address=- mechanism=LOGIN protocol=submission tls=- key=- remote=2001:db8::1 count=1",
            ],
            _log.Lines);
    }

    [Theory]
    [InlineData(LoginOutcome.BadBinding, "badbinding")]
    [InlineData(LoginOutcome.Downgrade, "downgrade")]
    public async Task What_may_be_an_attack_in_the_middle_is_a_warning_that_says_so(LoginOutcome outcome, string word)
    {
        await using var journal = Journal();
        journal.Record(Attempt() with { Outcome = outcome });
        var line = Assert.Single(_log.Lines);
        Assert.StartsWith($"Warning: login {word} cid=c1f ", line, StringComparison.Ordinal);
        Assert.EndsWith(" remote=192.0.2.7 count=1 note=possible man in the middle", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_outcome_has_its_word() => Assert.Equal(
        "ok badcreds badbinding downgrade disabled throttled unknownkey otheraccount malformed cancelled needstls",
        string.Join(' ', Enum.GetValues<LoginOutcome>().Select(outcome => outcome.Word())));

    [Theory]
    [InlineData("a b\r\nlogin ok", "a?b??login?ok")]
    [InlineData("a\u2028\u202e\u00a0\u0085\ud83d\ude00\x7f", "a???????")]
    [InlineData("b\u00fccher@example.org", "b\u00fccher@example.org")]
    public async Task An_address_cannot_pass_for_other_fields(string given, string shown)
    {
        await using var journal = Journal();
        journal.Record(Attempt() with { Address = given });
        Assert.Contains($" address={shown} mechanism=", Assert.Single(_log.Lines), StringComparison.Ordinal);
        await journal.FlushAsync(isLast: true);
        Assert.Equal(shown, Assert.Single(History(Alice)).Address);
    }

    [Theory]
    [InlineData(320, 320)]
    [InlineData(321, 320)]
    public async Task An_address_is_logged_as_far_as_an_address_may_go(int given, int shown)
    {
        await using var journal = Journal();
        journal.Record(Attempt() with { Address = new string('a', given) });
        Assert.Contains($" address={new string('a', shown)} mechanism=", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_count_is_of_attempts_that_are_alike_but_for_their_client()
    {
        await using var journal = Journal();
        journal.Record(Attempt());
        journal.Record(Attempt() with { Client = "other", Cid = "c2" });
        journal.Record(Attempt() with { Remote = IPAddress.Loopback });
        journal.Record(Attempt());
        Assert.Equal(["count=1", "count=2", "count=1", "count=3"], _log.Lines.Select(line => line.Split(' ')[^1]));
    }

    [Fact]
    public async Task The_history_has_what_the_client_says_in_time_and_the_first_of_it()
    {
        await using var journal = Journal();
        var early = journal.Record(Attempt() with { Cid = "early" });
        var late = journal.Record(Attempt() with { Mechanism = "PLAIN" });
        journal.Record(Attempt() with { Client = "known before\r\n" });
        early.SetClient("Mailbird\u0007 1.2" + new string('x', 300));
        early.SetClient("another");
        await _server.AdvanceAsync(TimeSpan.FromHours(1), WrittenAsync(3));
        late.SetClient("too late");
        await journal.FlushAsync(isLast: true);
        Assert.Equal(
            ["", "Mailbird? 1.2" + new string('x', 187), "known before??"],
            History(Alice).Select(login => login.Client).Order(StringComparer.Ordinal));
        Assert.All(History(Alice), login => Assert.Equal(
            (Alice, "ok", true, "pQz_4", "192.0.2.7", "TLS1.3", "imap", TestServer.Start),
            (login.Account, login.Outcome, login.IsSuccess, login.PublicKey, login.Remote, login.Tls, login.Protocol, login.First)));
    }

    [Fact]
    public async Task An_attempt_that_names_nobody_is_in_nobodys_history_and_each_account_has_its_own()
    {
        await using (var journal = Journal())
        {
            journal.Record(Attempt() with { Account = null, AccountName = "", Address = "nobody@example.org", Outcome = LoginOutcome.BadCredentials });
            journal.Record(Attempt() with { Account = _server.Account(TestServer.Bob).Id });
        }

        // Stopping has written what there was.
        Assert.Equal("nobody@example.org", Assert.Single(History(LoginEntry.Nobody)).Address);
        Assert.Single(History(_server.Account(TestServer.Bob).Id));
        Assert.Empty(History(Alice));
    }

    [Fact]
    public async Task A_flood_of_one_attempt_is_one_entry()
    {
        await using var journal = Journal(Few);
        for (var i = 0; i < 10_000; i++)
        {
            journal.Record(Attempt() with { Outcome = LoginOutcome.BadCredentials });
        }

        Assert.Equal((4, 1, 1), journal.Counts);
        await journal.FlushAsync(isLast: true);
        Assert.Equal(10_000, Assert.Single(History(Alice)).Count);
        Assert.Equal((10_000, 0L), (_log.Lines.Count, journal.Dropped));
    }

    [Fact]
    public async Task An_attempt_takes_a_few_kilobytes_that_do_not_outlive_it()
    {
        await using var journal = new LoginJournal(_server.Store, _server.Time, NullLogger.Instance, Few);
        var attempt = Attempt() with { Outcome = LoginOutcome.BadCredentials };
        for (var i = 0; i < 100; i++)
        {
            journal.Record(attempt);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            journal.Record(attempt);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, 1, 4000);
    }

    [Fact]
    public async Task A_flood_of_different_failures_is_dropped_from_the_history_only_and_leaves_room_for_successes()
    {
        await using var journal = Journal(Few);
        for (var i = 0; i < 10_000; i++)
        {
            journal.Record(Attempt() with { Outcome = LoginOutcome.BadCredentials, Address = i.ToString(CultureInfo.InvariantCulture), Client = "bot" });
        }

        for (var i = 0; i < 5; i++)
        {
            journal.Record(Attempt() with { Mechanism = $"M{i}", Client = "mine" });
        }

        Assert.Equal((0, 10, 64), journal.Counts);
        Assert.Equal((10_005, 9_995L), (_log.Lines.Count, journal.Dropped));
        await journal.FlushAsync(isLast: true);
        Assert.Equal((6, 4), (History(Alice).Count(login => !login.IsSuccess), History(Alice).Count(login => login.IsSuccess)));
        Assert.Equal("Warning: too many logins at once, some are in the log only attempts=9995", _log.Lines.Last());
    }

    [Fact]
    public async Task With_too_many_waiting_for_their_client_the_oldest_goes_on_without()
    {
        await using var journal = Journal(Few);
        var tickets = Enumerable.Range(0, 5).Select(i => journal.Record(Attempt() with { Mechanism = $"M{i}" })).ToList();
        Assert.Equal((4, 1, 5), journal.Counts);
        tickets.ForEach(ticket => ticket.SetClient("mine"));
        await journal.FlushAsync(isLast: false);
        Assert.Equal(["", "mine", "mine", "mine", "mine"], History(Alice).Select(login => login.Client).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_store_that_cannot_write_costs_history_and_one_warning_and_no_login()
    {
        using var folder = new TempFolder();
        var store = SqliteStore.Open(folder["store"], new StoreLimits(), _server.Time, _log);
        await using var journal = new LoginJournal(store, _server.Time, _log);
        await store.DisposeAsync();
        for (var i = 0; i < 3; i++)
        {
            journal.Record(Attempt());
            await journal.FlushAsync(isLast: true);
        }

        Assert.Equal(3, _log.Lines.Count(line => line.StartsWith("Information: login ok ", StringComparison.Ordinal)));
        Assert.Single(_log.Lines, line => line.StartsWith("Warning: login history not written, these are in the log only entries=1", StringComparison.Ordinal));
    }

    private static LoginAttempt Attempt(AccountId? account, string name) => new()
    {
        Account = account,
        AccountName = name,
        Address = "Alice@Example.org",
        Mechanism = "EXTERNAL",
        Protocol = "imap",
        Tls = "TLS1.3",
        Key = "pQz_4",
        Remote = IPAddress.Parse("192.0.2.7"),
        Cid = "c1f",
        Outcome = LoginOutcome.Ok,
    };

    private LoginAttempt Attempt() => Attempt(Alice, TestServer.Alice);

    private LoginJournal Journal(LoginJournalLimits? limits = null) => new(_server.Store, _server.Time, _log, limits);

    private IReadOnlyList<LoginEntry> History(AccountId account) => _server.Store.Logins.Read(account, 1000);

    private async Task WrittenAsync(int entries)
    {
        while (History(Alice).Count < entries)
        {
            await Task.Yield();
        }
    }
}
