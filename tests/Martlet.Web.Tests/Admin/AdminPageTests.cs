using System.Net;
using Martlet.Server.Accounts;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Admin;

/// <summary>What administrators do on their pages, form by form.</summary>
public sealed class AdminPageTests
{
    private const string Alice = "address=alice%40example.org";

    [Fact]
    [Route("GET /domains", "POST /domains/add", "GET /domains/show", "POST /domains/change", "POST /domains/remove")]
    public async Task Domains()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();

        var added = await ada.ChangeAsync("/domains", "/domains/add", ("name", "Example.NET"), ("state", "draft"));
        Assert.Contains("The domain is added.", added.Text, StringComparison.Ordinal);
        var changed = await ada.ChangeAsync(
            "/domains/show?name=example.net", "/domains/change", ("state", "receive"), ("catch-all", TestServer.Alice), ("separators", "+-"), ("case-sensitive", "yes"), ("description", "the old one"));
        Assert.Contains("The domain is changed.", changed.Text, StringComparison.Ordinal);
        var domain = site.Server.Store.Directory.Current.Domains["example.net"];
        Assert.Equal((DomainState.Receive, TestServer.Alice, "+-", true, "the old one"), (domain.State, domain.CatchAll, domain.Separators, domain.IsCaseSensitive, domain.Description));

        await ada.ChangeAsync("/domains/show?name=example.net", "/domains/change", ("state", "live"), ("catch-all", ""), ("separators", ""), ("description", ""));
        domain = site.Server.Store.Directory.Current.Domains["example.net"];
        Assert.Equal((DomainState.Live, null, "", false, ""), (domain.State, domain.CatchAll, domain.Separators, domain.IsCaseSensitive, domain.Description));

        await ada.ChangeAsync("/domains/show?name=example.net", "/domains/remove");
        Assert.False(site.Server.Store.Directory.HasDomain("example.net"));
        var refused = await ada.SubmitAsync("/domains/show?name=example.org", "/domains/remove");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("still in use", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Route("GET /accounts", "POST /accounts/add")]
    public async Task A_new_account_gets_a_password_that_is_shown_once_and_works()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();

        var made = await ada.SubmitAsync("/accounts", "/accounts/add", ("address", "carol@example.org"), ("name", "Carol"));

        Assert.Equal((HttpStatusCode.OK, "no-store"), (made.Status, made.Headers["Cache-Control"]));
        var password = System.Text.RegularExpressions.Regex.Match(made.Html, "<code>(?<v>[a-z0-9-]{23})</code>", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Groups["v"].Value;
        using var carol = await site.SignInAsync("carol@example.org", password);
        Assert.Contains("Carol", (await ada.GetAsync("/accounts?search=CAROL")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(password, site.Log, StringComparison.Ordinal);

        var again = await ada.SubmitAsync("/accounts", "/accounts/add", ("address", "carol@example.org"));
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("exists already", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Accounts_are_listed_in_parts_and_found_by_address_and_name()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        for (var i = 0; i < 101; i++)
        {
            await site.Server.Store.AddAccountAsync($"u{i:000}@example.org", passwordHash: null, secrets: "");
        }

        var first = await ada.GetAsync("/accounts");
        Assert.Contains("u097@example.org", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("u098@example.org", first.Text, StringComparison.Ordinal);
        var link = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(first.Html, "href=\"(?<v>/accounts\\?search=[^\"]*after=[^\"]*)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Groups["v"].Value);
        var second = await ada.GetAsync(link);
        Assert.Contains("u100@example.org", second.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("u097@example.org", second.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("More accounts", second.Text, StringComparison.Ordinal);
        Assert.Contains("No account is found.", (await ada.GetAsync("/accounts?search=nobody")).Text, StringComparison.Ordinal);
    }

    [Fact]
    [Route("GET /accounts/show", "POST /accounts/name", "POST /accounts/quota", "POST /accounts/extensions")]
    public async Task Name_limits_and_extensions_of_an_account()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        var show = $"/accounts/show?{Alice}";

        Assert.Contains("The account is changed.", (await ada.ChangeAsync(show, "/accounts/name", ("name", "Alice A."))).Text, StringComparison.Ordinal);
        await ada.ChangeAsync(show, "/accounts/quota", ("bytes", "2 GB"), ("messages", "none"));
        var account = site.Server.Account(TestServer.Alice);
        Assert.Equal(("Alice A.", 2_000_000_000, -1), (site.Server.Store.Directory.FindAddress(TestServer.Alice)!.DisplayName, account.Row.QuotaBytes, account.Row.QuotaMessages));
        Assert.Contains("value=\"2 GB\"", (await ada.GetAsync(show)).Html, StringComparison.Ordinal);
        await ada.ChangeAsync(show, "/accounts/quota", ("bytes", "default"), ("messages", "1000"));
        account = site.Server.Account(TestServer.Alice);
        Assert.Equal((0, 1000), (account.Row.QuotaBytes, account.Row.QuotaMessages));
        foreach (var wrong in new[] { "much", "0", "-5", "5 XB", "99999999999999999999 GB", "1.5 GB" })
        {
            var page = await ada.SubmitAsync(show, "/accounts/quota", ("bytes", wrong), ("messages", "none"));
            Assert.Equal((HttpStatusCode.BadRequest, wrong), (page.Status, wrong));
        }

        // One that is not ticked is hidden.
        await ada.ChangeAsync(show, "/accounts/extensions", [.. Martlet.Server.Imap.ImapService.HideableCapabilities.Skip(1).Select(name => ("on", name))]);
        Assert.Equal(Martlet.Server.Imap.ImapService.HideableCapabilities[0], site.Server.Account(TestServer.Alice).Row.HiddenCapabilities);
    }

    [Fact]
    [Route("POST /accounts/password", "POST /accounts/disable", "POST /accounts/enable")]
    public async Task A_new_password_ends_the_old_one_and_a_disabled_account_signs_in_no_more()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var show = $"/accounts/show?{Alice}";

        var made = await ada.SubmitAsync(show, "/accounts/password");
        Assert.Equal(HttpStatusCode.OK, made.Status);
        Assert.Equal("/sign-in", (await alice.GetAsync("/")).Location);
        var password = System.Text.RegularExpressions.Regex.Match(made.Html, "<code>(?<v>[a-z0-9-]{23})</code>", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Groups["v"].Value;
        using var again = await site.SignInAsync(TestServer.Alice, password);

        await ada.ChangeAsync(show, "/accounts/disable", ("text", "Ask the office."));
        Assert.Equal("/sign-in", (await again.GetAsync("/")).Location);
        Assert.Contains("Ask the office.", (await ada.GetAsync(show)).Text, StringComparison.Ordinal);
        var refused = await ada.SubmitAsync("/accounts/show?address=bob%40example.org", "/accounts/disable", ("text", "zwölf"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        await ada.ChangeAsync(show, "/accounts/enable");
        using var back = await site.SignInAsync(TestServer.Alice, password);
    }

    [Fact]
    [Route("POST /accounts/addresses/add", "POST /accounts/addresses/remove", "POST /accounts/remove")]
    public async Task Addresses_of_an_account_and_its_end()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        var show = $"/accounts/show?{Alice}";

        await ada.ChangeAsync(show, "/accounts/addresses/add", ("new", "al/ice@example.org"));
        Assert.Equal(TestServer.Alice, site.Server.Store.Directory.FindAddress("al/ice@example.org")?.Name);
        await ada.ChangeAsync(show, "/accounts/addresses/remove");
        Assert.Null(site.Server.Store.Directory.FindAddress("al/ice@example.org"));
        var token = (await ada.GetAsync(show)).Hidden("/accounts/name").First();
        var others = await ada.PostAsync("/accounts/addresses/remove", token, ("address", TestServer.Alice), ("old", TestServer.Bob));
        Assert.Equal(HttpStatusCode.BadRequest, others.Status);

        var unsure = await ada.SubmitAsync(show, "/accounts/remove", ("confirm", "alice"));
        Assert.Equal(HttpStatusCode.BadRequest, unsure.Status);
        Assert.NotNull(site.Server.Store.Directory.FindAddress(TestServer.Alice));
        Assert.Contains("The account and its mail are gone.", (await ada.ChangeAsync(show, "/accounts/remove", ("confirm", TestServer.Alice))).Text, StringComparison.Ordinal);
        Assert.Null(site.Server.Store.Directory.FindAddress(TestServer.Alice));
    }

    [Fact]
    [Route("GET /accounts/access", "POST /accounts/keys/add", "POST /accounts/keys/remove", "POST /accounts/sessions/end", "POST /accounts/connections/end", "GET /keys", "POST /keys/remove")]
    public async Task Keys_and_sessions()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var access = $"/accounts/access?{Alice}";
        var pem = TestKeys.Phone.Certificate.ExportCertificatePem();

        await ada.ChangeAsync(access, "/accounts/keys/add", ("pem", pem), ("name", "phone"), ("preauth", "on"));
        Assert.NotNull(await site.LogInByKeyAsync(TestKeys.Phone));
        Assert.Contains("phone", (await ada.GetAsync("/keys?search=alice")).Text, StringComparison.Ordinal);
        await ada.ChangeAsync(access, "/accounts/keys/remove");
        Assert.Null(await site.LogInByKeyAsync(TestKeys.Phone));
        await site.Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await ada.ChangeAsync("/keys", "/keys/remove");
        Assert.Empty(site.Server.Store.Directory.Current.Keys);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync(access, "/accounts/keys/add", ("pem", "nothing"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync(access, "/accounts/keys/add", ("pem", pem), ("signs-in-as", TestServer.Bob))).Status);

        await ada.ChangeAsync(access, "/accounts/sessions/end");
        Assert.Equal("/sign-in", (await alice.GetAsync("/")).Location);

        var context = new LoginContext("imap", "c1", IPAddress.Loopback);
        var login = await site.Server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, context);
        var hasEnded = false;
        using var open = site.Server.Authenticator.Open.Add(login.Grant!, context, () => hasEnded = true);
        await ada.ChangeAsync(access, "/accounts/connections/end");
        Assert.True(hasEnded);
    }

    [Fact]
    [Route("GET /aliases", "POST /aliases/add", "GET /aliases/show", "POST /aliases/change", "POST /aliases/remove", "GET /lookup")]
    public async Task Aliases_and_where_their_mail_goes()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();

        await ada.ChangeAsync("/aliases", "/aliases/add", ("address", "all@example.org"), ("members", $"{TestServer.Alice}\r\n{TestServer.Bob}\r\n"), ("description", "everybody"));
        Assert.Equal([TestServer.Alice, TestServer.Bob], site.Server.Store.Directory.FindAlias("all@example.org")!.Members);
        var lookup = await ada.GetAsync("/lookup?address=all%40example.org");
        Assert.Contains("It would arrive in INBOX of bob@example.org.", lookup.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.GetAsync("/lookup?address=nonsense")).Status);
        await ada.ChangeAsync("/aliases/show?address=all%40example.org", "/aliases/change", ("members", TestServer.Bob), ("description", ""));
        Assert.Equal([TestServer.Bob], site.Server.Store.Directory.FindAlias("all@example.org")!.Members);
        var refused = await ada.SubmitAsync("/aliases/show?address=all%40example.org", "/aliases/change", ("members", "nobody@example.org"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("nobody@example.org</textarea>", refused.Html, StringComparison.Ordinal);
        await ada.ChangeAsync("/aliases/show?address=all%40example.org", "/aliases/remove");
        Assert.Null(site.Server.Store.Directory.FindAlias("all@example.org"));
    }

    [Fact]
    [Route("GET /logging", "POST /logging/levels")]
    public async Task Levels_of_the_log_change_while_the_server_runs()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();

        var page = await ada.GetAsync("/logging");
        Assert.Contains("<option value=\"info\" selected", page.Html, StringComparison.Ordinal);
        Assert.Contains("The levels of the log are changed.", (await ada.ChangeAsync("/logging", "/logging/levels", ("smtp", "debug"), ("keep", "on"))).Text, StringComparison.Ordinal);
        Assert.Equal("info,smtp=debug", site.Server.Store.Directory.Current.Settings.LogLevels);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync("/logging", "/logging/levels", ("smtp", "loud"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync("/logging", "/logging/levels", ("nosuch", "debug"))).Status);

        Assert.Equal("info,smtp=debug", site.Server.Store.Directory.Current.Settings.LogLevels);
    }

    [Fact]
    [Route("GET /logins", "GET /quotas", "POST /quotas/defaults")]
    public async Task Sign_ins_of_all_and_limits_for_all()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        await site.Server.Authenticator.LoginAsync("mallory@example.com", "guess", new LoginContext("imap", "c1", IPAddress.Loopback));
        await site.Server.Journal.FlushAsync(isLast: true);

        var all = (await ada.GetAsync("/logins")).Text;
        Assert.Contains(TestServer.Alice, all, StringComparison.Ordinal);
        Assert.Contains("mallory@example.com", all, StringComparison.Ordinal);
        var unknown = (await ada.GetAsync("/logins?of=unknown")).Text;
        Assert.DoesNotContain(TestServer.Alice, unknown, StringComparison.Ordinal);
        Assert.Contains("mallory@example.com", unknown, StringComparison.Ordinal);
        Assert.DoesNotContain("mallory@example.com", (await ada.GetAsync($"/logins?{Alice}")).Text, StringComparison.Ordinal);

        await ada.ChangeAsync("/quotas", "/quotas/defaults", ("bytes", "5GB"), ("messages", "none"), ("postmaster", TestServer.Bob));
        var settings = site.Server.Store.Directory.Current.Settings;
        Assert.Equal((5_000_000_000, 0, TestServer.Bob), (settings.QuotaBytes, settings.QuotaMessages, settings.Postmaster));
        await site.AddMailAsync(TestServer.Bob, 3);
        var rows = (await ada.GetAsync("/quotas")).Text;
        Assert.True(rows.LastIndexOf(TestServer.Bob, StringComparison.Ordinal) < rows.LastIndexOf(TestServer.Alice, StringComparison.Ordinal), "The fullest comes first.");
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync("/quotas", "/quotas/defaults", ("bytes", "x"), ("messages", "none"))).Status);
    }
}
