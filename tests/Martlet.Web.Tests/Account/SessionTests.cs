using System.Net;
using Martlet.Server.Accounts;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Web.Sessions;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Account;

public sealed class SessionTests
{
    private const string Cookie = "__Host-martlet-account";

    [Fact]
    public async Task A_session_ends_when_it_is_not_used()
    {
        await using var site = await Site.StartAsync();
        using var browser = await site.SignInAsync(TestServer.Alice);
        var realm = SessionRealm.Account;

        site.Advance(realm.IdleMax - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
        site.Advance(realm.IdleMax - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/")).Status);
        site.Advance(realm.IdleMax);
        Assert.Equal("/sign-in", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task A_session_ends_at_its_age_however_much_it_is_used()
    {
        await using var site = await Site.StartAsync();
        using var browser = await site.SignInAsync(TestServer.Alice);
        var realm = SessionRealm.Account;
        var step = TimeSpan.FromHours(1);

        for (var age = TimeSpan.Zero; age + step < realm.AgeMax; age += step)
        {
            site.Advance(step);
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/password")).Status);
        }

        site.Advance(step);
        Assert.Equal("/sign-in", (await browser.GetAsync("/")).Location);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("disabled")]
    [InlineData("removed")]
    public async Task A_session_ends_at_once_when_its_login_could_not_be_had_again(string change)
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        using var bob = await site.SignInAsync(TestServer.Bob);
        var (store, id) = (site.Server.Store, site.Server.Account(TestServer.Alice).Id);
        var form = (await alice.GetAsync("/")).Hidden("/name").Single();

        _ = change switch
        {
            "password" => (object)await store.SetPasswordAsync(id, (await site.Server.Passwords.EncodeAsync("another one"))!.Hash, ""),
            "disabled" => await store.SetDisabledAsync(id, "Not now."),
            _ => await store.RemoveAccountAsync(id),
        };

        Assert.Equal("/sign-in", (await alice.GetAsync("/")).Location);
        Assert.Equal(HttpStatusCode.Forbidden, (await alice.PostAsync("/name", form, ("name", "Mallory"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await bob.GetAsync("/")).Status);
    }

    [Fact]
    [Route("GET /sessions", "POST /sessions/end", "POST /sessions/end-others")]
    public async Task Other_browsers_are_shown_and_signed_out()
    {
        await using var site = await Site.StartAsync();
        using var here = await site.SignInAsync(TestServer.Alice);
        using var phone = await site.SignInAsync(TestServer.Alice);
        using var library = await site.SignInAsync(TestServer.Alice);
        phone.UserAgent = library.UserAgent = "Elsewhere";

        var page = await here.GetAsync("/sessions");
        Assert.Equal(2, page.Actions.Count(action => action == "/sessions/end"));
        var ended = await here.SubmitAsync("/sessions", "/sessions/end");
        Assert.Equal("/sessions?done=session-ended", ended.Location);
        Assert.Equal(1, await CountAsync(phone, library));

        Assert.Equal("/sessions?done=sessions-ended", (await here.SubmitAsync("/sessions", "/sessions/end-others")).Location);
        Assert.Equal(0, await CountAsync(phone, library));
        Assert.Contains("All other browsers are signed out.", (await here.GetAsync("/sessions?done=sessions-ended")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_oldest_session_ends_when_there_are_too_many()
    {
        await using var site = await Site.StartAsync(new SiteOptions { Server = new TestServerOptions { UsesFakeTime = true, Limits = new StoreLimits { SessionsPerOwnerMax = 2 } } });
        using var first = await site.SignInAsync(TestServer.Alice);
        site.Advance(TimeSpan.FromMinutes(1));
        using var second = await site.SignInAsync(TestServer.Alice);
        site.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, await CountAsync(first, second));
        using var third = await site.SignInAsync(TestServer.Alice);

        Assert.Equal("/sign-in", (await first.GetAsync("/")).Location);
        Assert.Equal(2, await CountAsync(second, third));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00%0d%0a")]
    public async Task What_is_no_token_of_ours_is_nobody(string cookie)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        browser.SetCookie(Cookie, cookie);

        Assert.Equal("/sign-in", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task A_form_that_was_opened_before_a_new_sign_in_is_not_taken()
    {
        await using var site = await Site.StartAsync();
        using var browser = await site.SignInAsync(TestServer.Alice);
        var old = (await browser.GetAsync("/")).Hidden("/name").Single();
        await browser.SubmitAsync("/", "/sign-out");
        await browser.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", TestServer.Password));

        var page = await browser.PostAsync("/name", old, ("name", "Mallory"));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Nothing was changed.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_program_that_says_nothing_is_signed_out_too_when_the_password_changes()
    {
        await using var site = await Site.StartAsync();
        using var browser = await site.SignInAsync(TestServer.Alice);
        var (alice, bob) = (false, false);
        using var first = await OpenAsync(site, TestServer.Alice, () => alice = true);
        using var second = await OpenAsync(site, TestServer.Bob, () => bob = true);

        await browser.SubmitAsync("/", "/name", ("name", "Alice"));
        Assert.False(alice);
        await browser.SubmitAsync("/password", "/password", ("current", TestServer.Password), ("password", "battery staple"), ("again", "battery staple"));

        Assert.Equal((true, false), (alice, bob));
    }

    private static async Task<IDisposable> OpenAsync(Site site, string address, Action end)
    {
        var context = new LoginContext("imap", "c1", IPAddress.Loopback);
        var login = await site.Server.Authenticator.LoginAsync(address, TestServer.Password, context);
        return site.Server.Authenticator.Open.Add(login.Grant!, context, end);
    }

    private static async Task<int> CountAsync(params Browser[] browsers)
    {
        var count = 0;
        foreach (var browser in browsers)
        {
            count += (await browser.GetAsync("/")).Status == HttpStatusCode.OK ? 1 : 0;
        }

        return count;
    }
}
