using System.Globalization;
using System.Net;
using Martlet.Server.Accounts;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

public sealed class LoginThrottleTests
{
    private const string Alice = "alice@example.org";
    private const string Home = "192.0.2.1";

    // Small, and of different lengths, so that no limit can pass for another: an interval is 60, 30, 20 and 100 seconds.
    private static readonly LoginThrottleLimits Small = new()
    {
        Narrow = new(5, TimeSpan.FromMinutes(5), 3),
        Middle = new(10, TimeSpan.FromMinutes(5), 6),
        Wide = new(15, TimeSpan.FromMinutes(5), 9),
        Name = new(6, TimeSpan.FromMinutes(10), 4),
    };

    private readonly FakeTimeProvider _time = new();

    private LoginThrottle Throttle(LoginThrottleLimits? limits = null) => new(limits ?? Small, _time);

    // Fails with another name each time, so that networks alone decide.
    private static void Fail(LoginThrottle throttle, string remote, int times, string? name = null)
    {
        for (var i = 0; i < times; i++)
        {
            var verdict = throttle.Begin(IPAddress.Parse(remote), name ?? $"{remote}-{i}@example.org");
            Assert.True(verdict.IsAllowed, $"failure {i} of {remote}");
            verdict.Login.Fail();
        }
    }

    private static TimeSpan Retry(LoginThrottle throttle, string remote, string name = "somebody@example.org")
    {
        var verdict = throttle.Begin(IPAddress.Parse(remote), name);
        Assert.Equal(verdict.IsAllowed, verdict.Retry == TimeSpan.Zero);
        verdict.Login?.Abandon();
        return verdict.Retry;
    }

    [Theory]
    [InlineData(Home, "192.0.2.2")]
    [InlineData("2001:db8::1", "2001:db8:0:1::1")]
    public void An_address_has_its_failures_and_its_neighbour_his_own(string remote, string neighbour)
    {
        var throttle = Throttle();
        Fail(throttle, remote, 5);
        Assert.Equal(TimeSpan.FromSeconds(60), Retry(throttle, remote));
        Assert.Equal(TimeSpan.Zero, Retry(throttle, neighbour));
    }

    [Theory]
    [InlineData("192.0.2.0", "192.0.2.63", "192.0.2.62", "192.0.2.64")]
    [InlineData("2001:db8:1::1", "2001:db8:1:ffff::1", "2001:db8:1:2::1", "2001:db8:2::1")]
    public void The_middle_network_has_a_limit(string one, string two, string sameNetwork, string nextNetwork)
    {
        var throttle = Throttle();
        Fail(throttle, one, 5);
        Fail(throttle, two, 4);
        Assert.Equal(TimeSpan.Zero, Retry(throttle, sameNetwork));
        Fail(throttle, two, 1);
        Assert.Equal(TimeSpan.FromSeconds(30), Retry(throttle, sameNetwork));
        Assert.Equal(TimeSpan.Zero, Retry(throttle, nextNetwork));
    }

    [Theory]
    [InlineData("10.0.0.1", "10.0.3.1", "10.0.7.255", "10.0.5.1", "10.0.8.0")]
    [InlineData("2001:db8:1::", "2001:db8:2::", "2001:db8:ffff::", "2001:db8:5::", "2001:db9::")]
    public void The_wide_network_has_a_limit(string one, string two, string three, string sameNetwork, string nextNetwork)
    {
        var throttle = Throttle();
        Fail(throttle, one, 5);
        Fail(throttle, two, 5);
        Fail(throttle, three, 4);
        Assert.Equal(TimeSpan.Zero, Retry(throttle, sameNetwork));
        Fail(throttle, three, 1);
        Assert.Equal(TimeSpan.FromSeconds(20), Retry(throttle, sameNetwork));
        Assert.Equal(TimeSpan.Zero, Retry(throttle, nextNetwork));
    }

    [Theory]
    [InlineData(Alice)]
    [InlineData("nobody@example.org")]
    [InlineData("no address")]
    public void A_name_has_a_limit_over_all_networks_whether_anybody_has_it_or_not(string name)
    {
        var throttle = Throttle();
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(TimeSpan.Zero, Retry(throttle, "203.0.113.1", name));
            Fail(throttle, $"10.{i}.0.1", 1, name);
        }

        Assert.Equal(TimeSpan.FromSeconds(100), Retry(throttle, "203.0.113.1", name));
        Assert.Equal(TimeSpan.Zero, Retry(throttle, "203.0.113.1"));
    }

    [Fact]
    public void IPv4_in_IPv6_form_is_IPv4()
    {
        var throttle = Throttle();
        Fail(throttle, "::ffff:192.0.2.1", 3);
        Fail(throttle, Home, 2);
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, "::ffff:192.0.2.1"));
        Assert.Equal(TimeSpan.Zero, Retry(throttle, "::ffff:192.0.2.2"));
    }

    [Fact]
    public void Failures_wear_off_one_by_one_and_being_refused_does_not_count()
    {
        var throttle = Throttle();
        Fail(throttle, Home, 5);
        for (var i = 0; i < 100; i++)
        {
            Assert.NotEqual(TimeSpan.Zero, Retry(throttle, Home));
        }

        _time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(1));
        Assert.Equal(TimeSpan.FromTicks(1), Retry(throttle, Home));
        _time.Advance(TimeSpan.FromTicks(1));
        Fail(throttle, Home, 1);
        Assert.Equal(TimeSpan.FromSeconds(60), Retry(throttle, Home));
        _time.Advance(Small.Narrow.Window);
        Fail(throttle, Home, 5);
        Assert.Equal(TimeSpan.FromSeconds(60), Retry(throttle, Home));
    }

    [Fact]
    public void A_success_gives_back_the_failures_of_its_address_to_all_its_networks()
    {
        var throttle = Throttle();
        Fail(throttle, "192.0.2.2", 4);
        Fail(throttle, Home, 4);
        Begin(throttle, Home, Alice).Succeed();
        // Of the ten of the middle network, only the neighbour's four are used.
        Fail(throttle, Home, 5);
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, Home));
        Assert.Equal(TimeSpan.Zero, Retry(throttle, "192.0.2.3"));
        Fail(throttle, "192.0.2.3", 1);
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, "192.0.2.3"));
    }

    [Fact]
    public void A_success_does_not_give_back_what_others_failed_at_for_the_name()
    {
        var throttle = Throttle();
        for (var i = 0; i < 5; i++)
        {
            Fail(throttle, $"10.{i}.0.1", 1, Alice);
        }

        Begin(throttle, Home, Alice).Succeed();
        Fail(throttle, "10.9.0.1", 1, Alice);
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, "10.10.0.1", Alice));
    }

    [Fact]
    public void The_owner_at_home_is_not_locked_out_by_those_who_guess_elsewhere_or_next_door()
    {
        var throttle = Throttle();
        Begin(throttle, Home, Alice).Succeed();
        for (var i = 0; i < 6; i++)
        {
            Fail(throttle, $"10.{i}.0.1", 1, Alice);
        }

        Fail(throttle, "192.0.2.2", 5);
        Fail(throttle, "192.0.2.3", 5);
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, "198.51.100.1", Alice));
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, "192.0.2.4"));
        // A mistyped password at home counts at home only.
        Fail(throttle, Home, 4, Alice);
        Assert.Equal(TimeSpan.Zero, Retry(throttle, Home, Alice));
        Fail(throttle, Home, 1, Alice);
        Assert.Equal(TimeSpan.FromSeconds(60), Retry(throttle, Home, Alice));
    }

    [Fact]
    public void Home_is_one_name_in_one_network_for_two_weeks()
    {
        var throttle = Throttle();
        Begin(throttle, Home, Alice).Succeed();
        FillName(throttle, Alice);
        FillName(throttle, "bob@example.org");
        Assert.Equal(TimeSpan.Zero, Retry(throttle, Home, Alice));
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, Home, "bob@example.org"));
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, "192.0.2.2", Alice));
        _time.Advance(Small.HomeFor - TimeSpan.FromTicks(1));
        FillName(throttle, Alice);
        Assert.Equal(TimeSpan.Zero, Retry(throttle, Home, Alice));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, Home, Alice));
    }

    [Fact]
    public void A_key_counts_for_networks_and_makes_its_address_at_home()
    {
        var throttle = Throttle();
        Fail(throttle, Home, 4, "");
        Begin(throttle, Home, "").Succeed(Alice);
        FillName(throttle, Alice);
        Assert.Equal(TimeSpan.Zero, Retry(throttle, Home, Alice));
        Fail(throttle, Home, 5, "");
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, Home, ""));
    }

    [Fact]
    public void Logins_under_way_have_limits_and_end_once()
    {
        var throttle = Throttle();
        var logins = Enumerable.Range(0, 3).Select(i => Begin(throttle, Home, $"{i}@example.org")).ToList();
        Assert.Equal(TimeSpan.FromSeconds(1), Retry(throttle, Home));
        logins[0].Abandon();
        logins[0].Abandon();
        logins[0].Fail();
        Assert.Equal(TimeSpan.Zero, Retry(throttle, Home));
        logins[0] = Begin(throttle, Home, Alice);
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, Home));
        logins.ForEach(login => login.Dispose());
        // Those three were disposed of without a word and have failed; two more may.
        Fail(throttle, Home, 2);
        Assert.Equal(TimeSpan.FromSeconds(60), Retry(throttle, Home));
    }

    [Fact]
    public async Task Of_a_thousand_parallel_guesses_a_few_are_verified()
    {
        var throttle = Throttle(new LoginThrottleLimits());
        var limits = new LoginThrottleLimits();
        var sameNetwork = await BeginAllAsync(i => throttle.Begin(IPAddress.Parse(Home), $"{i}@example.org"));
        Assert.Equal(limits.Narrow.UnderWay, sameNetwork.Count);
        var sameName = await BeginAllAsync(i => throttle.Begin(new IPAddress([10, (byte)(i / 250), (byte)(i % 250), 1]), Alice));
        Assert.Equal(limits.Name.UnderWay, sameName.Count);
        // What was let through beyond the limit is paid off before the next one.
        Parallel.ForEach(sameNetwork, login => login.Fail());
        var perFailure = limits.Narrow.Window / limits.Narrow.Failures;
        Assert.Equal((limits.Narrow.UnderWay - limits.Narrow.Failures + 1) * perFailure, Retry(throttle, Home));
    }

    [Fact]
    public void A_person_with_a_mistyped_password_on_three_devices_notices_nothing()
    {
        var throttle = Throttle(new LoginThrottleLimits());
        Begin(throttle, Home, Alice).Succeed();
        for (var minute = 0; minute < 60; minute += 5)
        {
            Fail(throttle, Home, 12, Alice);
            _time.Advance(TimeSpan.FromMinutes(5));
        }

        Begin(throttle, Home, Alice).Succeed();
    }

    [Fact]
    public void A_botnet_in_one_range_and_one_over_the_world_are_noticed()
    {
        var throttle = Throttle(new LoginThrottleLimits());
        Assert.Equal(300, Enumerable.Range(0, 2048).Count(i => Guess(throttle, new IPAddress([198, 18, (byte)(i / 256), (byte)i]), $"{i}@example.org")));
        Assert.Equal(50, Enumerable.Range(0, 2048).Count(i => Guess(throttle, new IPAddress([10, (byte)(i / 256), (byte)i, 1]), Alice)));
    }

    [Fact]
    public void A_full_table_forgets_those_with_few_failures_and_refuses_nobody_because_of_it()
    {
        var throttle = Throttle(Small with { NetworksMax = 64, NamesMax = 64, HomesMax = 64 });
        Fail(throttle, Home, 5, Alice);
        for (var i = 0; i < 5000; i++)
        {
            var remote = new IPAddress([(byte)(20 + (i / 250)), (byte)(i % 250), 0, 1]);
            var verdict = throttle.Begin(remote, string.Create(CultureInfo.InvariantCulture, $"{i}@example.org"));
            Assert.True(verdict.IsAllowed);
            verdict.Login.Fail();
            Begin(throttle, remote.ToString(), $"{i}@example.com").Succeed();
        }

        Assert.Equal((64, 64, 64), throttle.Counts);
        Assert.NotEqual(TimeSpan.Zero, Retry(throttle, Home));
    }

    [Fact]
    public void Turned_off_it_refuses_and_remembers_nothing()
    {
        var throttle = Throttle(LoginThrottleLimits.Off);
        Fail(throttle, "127.0.0.1", 1000, Alice);
        Assert.Equal((0, 0, 0), throttle.Counts);
    }

    [Theory]
    [InlineData(0, 60, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 60, 0)]
    public void A_limit_that_nobody_could_keep_is_none(int failures, int seconds, int underWay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ThrottleLimit(failures, TimeSpan.FromSeconds(seconds), underWay));

    private static ThrottledLogin Begin(LoginThrottle throttle, string remote, string name)
    {
        var verdict = throttle.Begin(IPAddress.Parse(remote), name);
        Assert.True(verdict.IsAllowed);
        return verdict.Login;
    }

    private static bool Guess(LoginThrottle throttle, IPAddress remote, string name)
    {
        var verdict = throttle.Begin(remote, name);
        verdict.Login?.Fail();
        return verdict.IsAllowed;
    }

    // Until the name is refused elsewhere.
    private static void FillName(LoginThrottle throttle, string name)
    {
        for (var i = 0; Guess(throttle, new IPAddress([172, 16, (byte)(8 * i), 1]), name); i++)
        {
            Assert.True(i < 20, "The name is never refused.");
        }
    }

    private static async Task<List<ThrottledLogin>> BeginAllAsync(Func<int, ThrottleVerdict> begin)
    {
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => Task.Run(() => begin(i))));
        return [.. verdicts.Where(verdict => verdict.IsAllowed).Select(verdict => verdict.Login!)];
    }
}
