using Martlet.Server.Accounts;
using Martlet.Store.Model;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

public sealed class RecentLoginsTests
{
    private static readonly AccountId Account = new(1);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_login_is_known_by_account_hash_and_password()
    {
        var recent = new RecentLogins(_time);
        recent.Add(Account, "hash", "caf\u00e9");
        Assert.True(recent.Contains(Account, "hash", "caf\u00e9"));
        Assert.True(recent.Contains(Account, "hash", "cafe\u0301"));
        Assert.False(recent.Contains(Account, "hash", "cafe"));
        Assert.False(recent.Contains(Account, "other hash", "caf\u00e9"));
        Assert.False(recent.Contains(new AccountId(2), "hash", "caf\u00e9"));
    }

    [Fact]
    public void A_login_is_known_for_ten_minutes_from_its_last_check()
    {
        var recent = new RecentLogins(_time);
        recent.Add(Account, "hash", "secret");
        _time.Advance(RecentLogins.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(recent.Contains(Account, "hash", "secret"));
        recent.Add(Account, "hash", "secret");
        _time.Advance(RecentLogins.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(recent.Contains(Account, "hash", "secret"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(recent.Contains(Account, "hash", "secret"));
    }

    [Fact]
    public void The_oldest_of_more_than_10000_logins_is_forgotten()
    {
        var recent = new RecentLogins(_time);
        for (var i = 0; i <= RecentLogins.EntriesMax; i++)
        {
            recent.Add(new AccountId(i), "hash", "secret");
        }

        Assert.False(recent.Contains(new AccountId(0), "hash", "secret"));
        Assert.True(recent.Contains(new AccountId(1), "hash", "secret"));
        Assert.True(recent.Contains(new AccountId(RecentLogins.EntriesMax), "hash", "secret"));
    }
}
