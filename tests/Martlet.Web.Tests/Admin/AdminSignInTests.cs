using System.Net;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Admin;

public sealed class AdminSignInTests
{
    [Fact]
    public async Task An_administrator_signs_in_by_name_and_password_until_signing_out()
    {
        await using var site = await AdminSite.StartAsync();
        using var browser = await site.SignInAdminAsync("Ada");

        Assert.Contains("What there is", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains(AdminSite.Cookie, browser.Cookies.Keys);
        var token = browser.Cookies[AdminSite.Cookie];

        await browser.SubmitAsync("/", "/sign-out");
        browser.SetCookie(AdminSite.Cookie, token);
        Assert.Equal("/sign-in", (await browser.GetAsync("/")).Location);
    }

    [Theory]
    [InlineData("ada", "wrong horse")]
    [InlineData("nobody", TestServer.Password)]
    [InlineData("alice@example.org", TestServer.Password)]
    [InlineData("", TestServer.Password)]
    [InlineData("ada", "")]
    public async Task Unknown_names_and_wrong_passwords_get_one_answer(string name, string password)
    {
        await using var site = await AdminSite.StartAsync();
        using var browser = site.NewBrowser(MailProtocol.Admin);

        var page = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", name), ("password", password));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Name or password is wrong.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(AdminSite.Cookie, browser.Cookies.Keys);
    }

    [Fact]
    public async Task A_name_that_nobody_has_costs_a_check_as_well()
    {
        await using var site = await AdminSite.StartAsync();
        using var browser = site.NewBrowser(MailProtocol.Admin);
        var before = site.Server.Hasher.Computed;

        await browser.SubmitAsync("/sign-in", "/sign-in", ("name", "nobody"), ("password", "wrong horse"));
        var unknown = site.Server.Hasher.Computed - before;
        await browser.SubmitAsync("/sign-in", "/sign-in", ("name", AdminSite.Ada), ("password", "wrong horse"));

        Assert.Equal((1, 2), (unknown, site.Server.Hasher.Computed - before));
    }

    [Fact]
    public async Task Names_and_passwords_have_a_largest_length()
    {
        await using var site = await AdminSite.StartAsync();
        var longest = new string('a', 64);
        await site.DoAsync(new SetAdministrator(longest, TestServer.Password));
        using var browser = await site.SignInAdminAsync(longest);
        using var other = site.NewBrowser(MailProtocol.Admin);
        var before = site.Server.Hasher.Computed;

        Assert.Equal(HttpStatusCode.Forbidden, (await other.SubmitAsync("/sign-in", "/sign-in", ("name", longest + "a"), ("password", TestServer.Password))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.SubmitAsync("/sign-in", "/sign-in", ("name", longest), ("password", new string('x', 1025)))).Status);
        Assert.Equal(before, site.Server.Hasher.Computed);
    }

    [Fact]
    public async Task Guesses_are_slowed_down_and_written_down_with_all_other_logins()
    {
        await using var site = await AdminSite.StartAsync();
        using var browser = site.NewBrowser(MailProtocol.Admin);
        Page page;
        var tries = 0;
        do
        {
            page = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", AdminSite.Ada), ("password", $"guess {tries}"));
        }
        while (page.Status != HttpStatusCode.TooManyRequests && ++tries < 200);

        Assert.InRange(tries, 3, 100);
        // Not even with the right one now, and a user's address is not concerned by it by name.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await browser.SubmitAsync("/sign-in", "/sign-in", ("name", AdminSite.Ada), ("password", TestServer.Password))).Status);
        await site.Server.Journal.FlushAsync(isLast: true);
        var logins = (await site.DoAsync(new ListLogins(100))).Logins!;
        Assert.Contains(logins, login => login is { Protocol: "admin", Mechanism: "FORM", Address: AdminSite.Ada, Result: "badcreds" });
        Assert.Contains(logins, login => login is { Protocol: "admin", Result: "throttled" });
    }

    [Fact]
    public async Task A_session_ends_at_once_when_the_administrator_is_removed_or_gets_another_password()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        using var grace = await site.SignInAdminAsync(AdminSite.Grace);

        await site.DoAsync(new SetAdministrator(AdminSite.Ada, "another horse"));
        Assert.Equal("/sign-in", (await ada.GetAsync("/")).Location);
        Assert.Equal(HttpStatusCode.OK, (await grace.GetAsync("/")).Status);

        var token = (await grace.GetAsync("/domains")).Hidden("/domains/add").Single();
        await site.DoAsync(new RemoveAdministrator(AdminSite.Grace));
        Assert.Equal("/sign-in", (await grace.GetAsync("/")).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await grace.PostAsync("/domains/add", token, ("name", "example.net"), ("state", "live"))).Status);
        Assert.False(site.Server.Store.Directory.HasDomain("example.net"));
    }

    [Fact]
    public async Task A_session_that_is_not_used_ends_after_half_an_hour_and_any_after_twelve()
    {
        await using var site = await AdminSite.StartAsync();
        using var idle = await site.SignInAdminAsync();
        using var busy = await site.SignInAdminAsync(AdminSite.Grace);

        site.Advance(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/")).Status);
        site.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("/sign-in", (await idle.GetAsync("/")).Location);
        for (var minutes = 30; minutes < 12 * 60; minutes += 15)
        {
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/")).Status);
            site.Advance(TimeSpan.FromMinutes(15));
        }

        Assert.Equal("/sign-in", (await busy.GetAsync("/")).Location);
    }
}
