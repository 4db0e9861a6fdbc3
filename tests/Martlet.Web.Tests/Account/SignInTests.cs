using System.Net;
using Martlet.Server.Accounts;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Account;

public sealed class SignInTests
{
    private const string Cookie = "__Host-martlet-account";

    [Fact]
    [Route("GET /sign-in", "POST /sign-in", "POST /sign-out")]
    public async Task Who_signs_in_sees_their_account_until_they_sign_out()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();

        var signedIn = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", "Alice@Example.ORG"), ("password", TestServer.Password));
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (signedIn.Status, signedIn.Location));
        Assert.Contains(TestServer.Alice, (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.Equal("/", (await browser.GetAsync("/sign-in")).Location);
        var token = browser.Cookies[Cookie];

        var signedOut = await browser.SubmitAsync("/", "/sign-out");
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in?done=signed-out"), (signedOut.Status, signedOut.Location));
        Assert.Contains("You are signed out.", (await browser.GetAsync(signedOut.Location!)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);
        // Whoever has kept the cookie has nothing.
        browser.SetCookie(Cookie, token);
        Assert.Equal("/sign-in", (await browser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task Cookies_are_held_to_this_host_and_out_of_reach_of_scripts_and_other_sites()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();

        var visit = (await browser.GetAsync("/sign-in")).Headers["Set-Cookie"];
        var session = (await browser.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", TestServer.Password))).Headers["Set-Cookie"];

        Assert.Matches("^__Host-martlet-account-visit=[A-Za-z0-9_-]{43}; path=/; secure; samesite=strict; httponly$", visit);
        Assert.Matches("^__Host-martlet-account=[A-Za-z0-9_-]{43}; path=/; secure; samesite=strict; httponly, __Host-martlet-account-visit=; expires=Thu, 01 Jan 1970", session);
    }

    [Fact]
    public async Task Each_sign_in_has_a_token_of_its_own_that_nobody_can_choose_and_that_is_not_stored()
    {
        await using var site = await Site.StartAsync();
        using var browser = await site.SignInAsync(TestServer.Alice);
        using var chosen = site.NewBrowser();
        chosen.SetCookie(Cookie, new string('A', 43));
        await chosen.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", TestServer.Password));

        var tokens = new[] { browser.Cookies[Cookie], chosen.Cookies[Cookie] };

        Assert.Equal(2, tokens.Distinct().Count());
        Assert.DoesNotContain(new string('A', 43), tokens);
        Assert.Equal(2, site.Server.Store.Directory.Current.Sessions.Count);
        Assert.All(site.Server.Store.Directory.Current.Sessions.Keys, id => Assert.DoesNotContain(id, tokens));
        Assert.All(tokens, token => Assert.DoesNotContain(token, site.Log, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TestServer.Alice, "wrong")]
    [InlineData("nobody@example.org", "wrong")]
    [InlineData("nobody@elsewhere.example", "wrong")]
    [InlineData("not an address", "wrong")]
    [InlineData("", "")]
    [InlineData(TestServer.Alice, "")]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer(string name, string password)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();

        var page = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", name), ("password", password));

        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.Contains("Address or password is wrong.", page.Text, StringComparison.Ordinal);
        Assert.Equal(["/sign-in"], page.Actions);
        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);
        var known = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Bob), ("password", "wrong"));
        Assert.Equal(
            known.Html.Replace($"value=\"{TestServer.Bob}\"", "NAME", StringComparison.Ordinal),
            page.Html.Replace($"value=\"{name}\"", "NAME", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        using var attacker = site.NewBrowser();
        var theirs = (await attacker.GetAsync("/sign-in")).Hidden("/sign-in").Single();
        (string, string)[] login = [("name", TestServer.Bob), ("password", TestServer.Password)];

        // Without having been here, and with a visit of its own but the attacker's token.
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/sign-in", login)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/sign-in", [theirs, .. login])).Status);
        await browser.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostAsync("/sign-in", [theirs, .. login])).Status);
        Assert.Empty(site.Server.Store.Directory.Current.Sessions);
    }

    [Fact]
    public async Task Failures_count_together_with_those_of_mail_programs()
    {
        var limits = new LoginThrottleLimits { Narrow = new ThrottleLimit(3, TimeSpan.FromMinutes(10), 100) };
        await using var site = await Site.StartAsync(new SiteOptions { Server = new TestServerOptions { UsesFakeTime = true, Logins = new AuthenticatorOptions { Throttle = limits } } });
        using var browser = site.NewBrowser();
        async Task<Page> TryAsync(string password) => await browser.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", password));
        Task<LoginResult> ImapAsync(string password) => site.Server.Authenticator.LoginAsync(TestServer.Alice, password, new LoginContext("imap", "c1", IPAddress.Loopback));

        Assert.Equal(HttpStatusCode.Forbidden, (await TryAsync("wrong 1")).Status);
        Assert.Equal(LoginRefusal.BadCredentials, (await ImapAsync("wrong 2")).Refusal);
        Assert.Equal(HttpStatusCode.Forbidden, (await TryAsync("wrong 3")).Status);

        var page = await TryAsync(TestServer.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Contains("Nothing was checked.", page.Text, StringComparison.Ordinal);
        Assert.Equal(LoginRefusal.Throttled, (await ImapAsync(TestServer.Password)).Refusal);
        await site.Server.AdvanceAsync(TimeSpan.FromMinutes(10), until: null);
        Assert.Equal(HttpStatusCode.SeeOther, (await TryAsync(TestServer.Password)).Status);
    }

    [Fact]
    public async Task A_disabled_account_is_told_why_after_the_right_password_only()
    {
        await using var site = await Site.StartAsync();
        await site.Server.Store.SetDisabledAsync(site.Server.Account(TestServer.Alice).Id, "Ask at the desk.");
        using var browser = site.NewBrowser();

        var wrong = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", "wrong"));
        var right = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", TestServer.Password));

        Assert.DoesNotContain("desk", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Ask at the desk.", right.Text, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (wrong.Status, right.Status));
    }

    [Fact]
    public async Task A_sign_in_is_in_the_log_and_in_the_history_as_any_login()
    {
        await using var site = await Site.StartAsync();
        using var browser = await site.SignInAsync(TestServer.Alice);
        await site.Server.Journal.FlushAsync(isLast: true);

        Assert.Contains(site.Server.Log.Lines, line => line.StartsWith("Information: login ok cid=w", StringComparison.Ordinal)
            && line.Contains(" account=alice@example.org address=alice@example.org mechanism=FORM protocol=web tls=TLS1.3 ", StringComparison.Ordinal));
        var entry = Assert.Single(site.Server.Store.Logins.Read(site.Server.Account(TestServer.Alice).Id, 10));
        Assert.Equal(("web", "FORM", "ok", "TestBrowser/1.0", "127.0.0.1"), (entry.Protocol, entry.Mechanism, entry.Outcome, entry.Client, entry.Remote));
    }
}
