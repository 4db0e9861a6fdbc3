using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Account;

public sealed class PageTests
{
    [Fact]
    [Route("GET /", "POST /name")]
    public async Task The_overview_shows_the_account_and_changes_the_name()
    {
        await using var site = await Site.StartAsync();
        await site.Server.Store.AddAddressAsync(site.Server.Account(TestServer.Alice).Id, "a.lice@example.org");
        await site.Server.Store.Settings.SetAliasAsync(new AliasEntry("all@example.org", [TestServer.Alice, TestServer.Bob]));
        using var alice = await site.SignInAsync(TestServer.Alice);

        var page = await alice.GetAsync("/");
        Assert.Contains("all@example.org", page.Text, StringComparison.Ordinal);
        Assert.Contains("Mail: 0 bytes (no limit)", page.Text, StringComparison.Ordinal);
        Assert.Contains("a.lice@example.org", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(TestServer.Bob, page.Text, StringComparison.Ordinal);

        var saved = await alice.SubmitAsync("/", "/name", ("name", "Alice Liddell"));
        Assert.Equal("/?done=name", saved.Location);
        Assert.Contains("value=\"Alice Liddell\"", (await alice.GetAsync("/")).Html, StringComparison.Ordinal);
        Assert.Equal("Alice Liddell", site.Server.Store.Directory.FindAddress(TestServer.Alice)!.DisplayName);
        Assert.Equal(HttpStatusCode.BadRequest, (await alice.SubmitAsync("/", "/name", ("name", new string('x', 1000)))).Status);
    }

    [Theory]
    [InlineData(79, "79 %", "")]
    [InlineData(80, "80 %", "More than 80 %")]
    [InlineData(94, "94 %", "More than 80 %")]
    [InlineData(95, "95 %", "nearly full")]
    [InlineData(100, "100 %", "is full")]
    public async Task The_room_is_a_meter_with_a_word_when_it_becomes_little(int percent, string shown, string notice)
    {
        await using var site = await Site.StartAsync();
        var account = site.Server.Account(TestServer.Alice);
        await site.AddMailAsync(TestServer.Alice, percent);
        await site.Server.Store.SetQuotaAsync(account.Id, bytes: null, messages: 100);
        using var alice = await site.SignInAsync(TestServer.Alice);

        var page = await alice.GetAsync("/");

        Assert.Contains($"{percent} of 100 ({shown})", page.Text, StringComparison.Ordinal);
        Assert.Matches($"<meter min=\"0\" max=\"100\" low=\"80\" high=\"95\" optimum=\"0\" value=\"{percent}\"", page.Html);
        Assert.Equal(notice.Length > 0, page.Html.Contains("role=\"status\"", StringComparison.Ordinal));
        Assert.Contains(notice, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Route("GET /password", "POST /password")]
    public async Task A_new_password_signs_everything_out_but_this_browser()
    {
        await using var site = await Site.StartAsync();
        using var here = await site.SignInAsync(TestServer.Alice);
        using var elsewhere = await site.SignInAsync(TestServer.Alice);
        var imap = await site.Server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, new LoginContext("imap", "c1", IPAddress.Loopback));
        var before = here.Cookies.Values.ToHashSet();

        var changed = await here.SubmitAsync("/password", "/password", ("current", TestServer.Password), ("password", "battery staple"), ("again", "battery staple"));

        Assert.Equal("/password?done=password", changed.Location);
        Assert.Empty(here.Cookies.Values.Intersect(before));
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/")).Status);
        Assert.Equal("/sign-in", (await elsewhere.GetAsync("/")).Location);
        Assert.False(imap.Grant!.Holds(site.Server.Store.Directory));
        using var old = site.NewBrowser();
        Assert.Equal(HttpStatusCode.Forbidden, (await old.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", TestServer.Password))).Status);
        using var next = await site.SignInAsync(TestServer.Alice, "battery staple");
    }

    [Theory]
    [InlineData("wrong", "battery staple", "battery staple", "The current password is wrong.", "current")]
    [InlineData(TestServer.Password, "short", "short", "at least 8 characters", "password")]
    [InlineData(TestServer.Password, "battery staple", "battery stable", "The two new passwords differ.", "again")]
    [InlineData(TestServer.Password, "with\nline end", "with\nline end", "control character", "password")]
    public async Task A_password_that_is_not_taken_is_explained_at_its_field(string current, string password, string again, string problem, string field)
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        var page = await alice.SubmitAsync("/password", "/password", ("current", current), ("password", password), ("again", again));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(problem, page.Text, StringComparison.Ordinal);
        Assert.Matches($"<input id=\"f-{field}\"[^>]* aria-describedby=\"f-{field}-error", page.Html);
        Assert.DoesNotContain("battery", page.Html, StringComparison.Ordinal);
        using var still = await site.SignInAsync(TestServer.Alice);
    }

    [Fact]
    public async Task Guessing_the_current_password_in_a_browser_left_open_is_slowed_down()
    {
        var limits = new LoginThrottleLimits { Narrow = new ThrottleLimit(2, TimeSpan.FromMinutes(10), 100) };
        await using var site = await Site.StartAsync(new SiteOptions { Server = new TestServerOptions { UsesFakeTime = true, Logins = new AuthenticatorOptions { Throttle = limits } } });
        using var alice = await site.SignInAsync(TestServer.Alice);
        Task<Page> TryAsync(string current) => alice.SubmitAsync("/password", "/password", ("current", current), ("password", "battery staple"), ("again", "battery staple"));

        await TryAsync("wrong 1");
        await TryAsync("wrong 2");
        await TryAsync("wrong 3");

        // The one at home is let through by itself: counted is what the browser does.
        var page = await TryAsync("wrong 4");
        Assert.Contains("password", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        await site.Server.Journal.FlushAsync(isLast: true);
        Assert.Contains(site.Server.Store.Logins.Read(site.Server.Account(TestServer.Alice).Id, 10), login => login is { Mechanism: "CONFIRM", IsSuccess: false });
    }

    [Fact]
    [Route("GET /keys", "POST /keys/add", "POST /keys/change", "POST /keys/remove")]
    public async Task A_key_is_added_renamed_switched_and_removed()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var pem = TestKeys.Phone.Certificate.ExportCertificatePem();

        var added = await alice.SubmitAsync("/keys", "/keys/add", ("pem", pem), ("name", "phone"), ("preauth", "on"), ("current", TestServer.Password));
        Assert.Equal("/keys?done=key-added", added.Location);
        var key = Assert.Single(site.Server.Store.Directory.Current.Keys.Values);
        Assert.Equal((TestKeys.Phone.Key.Fingerprint, TestServer.Alice, "phone", true), (key.Fingerprint, key.Address, key.Name, key.MayPreauth));
        Assert.Contains(key.Fingerprint, (await alice.GetAsync("/keys")).Text, StringComparison.Ordinal);

        var changed = await alice.SubmitAsync("/keys", "/keys/change", ("name", "old phone"));
        Assert.Equal("/keys?done=key-changed", changed.Location);
        key = Assert.Single(site.Server.Store.Directory.Current.Keys.Values);
        Assert.Equal(("old phone", false), (key.Name, key.MayPreauth));

        var grant = await site.LogInByKeyAsync(TestKeys.Phone);
        Assert.NotNull(grant);
        await site.Server.Journal.FlushAsync(isLast: true);
        Assert.DoesNotContain("not in the last 30 days", (await alice.GetAsync("/keys")).Text, StringComparison.Ordinal);

        var removed = await alice.SubmitAsync("/keys", "/keys/remove");
        Assert.Equal("/keys?done=key-removed", removed.Location);
        Assert.Empty(site.Server.Store.Directory.Current.Keys);
        Assert.False(grant.Holds(site.Server.Store.Directory));
    }

    [Fact]
    public async Task A_key_comes_as_a_file_too_and_never_with_its_private_part()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var made = ClientKeyFiles.Make(ClientKeyAlgorithm.Ed25519, "laptop", "", TestServer.Start);

        var refused = await UploadAsync(alice, made.CombinedPem);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("There is a private key in this.", refused.Text, StringComparison.Ordinal);
        Assert.Equal("/keys?done=key-added", (await UploadAsync(alice, made.CertificatePem)).Location);
        Assert.Equal("laptop", Assert.Single(site.Server.Store.Directory.Current.Keys.Values).Name);
    }

    [Theory]
    [InlineData("", "on", "Choose a file with the certificate, or paste it.")]
    [InlineData("not a certificate", "on", "There is no certificate and no public key in PEM in this")]
    public async Task What_is_no_key_is_explained(string pem, string preauth, string problem)
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        var page = await alice.SubmitAsync("/keys", "/keys/add", ("pem", pem), ("name", ""), ("preauth", preauth), ("current", TestServer.Password));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(problem, page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_needs_the_password_and_an_address_of_ones_own()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var pem = TestKeys.Phone.Certificate.ExportCertificatePem();

        var wrong = await alice.SubmitAsync("/keys", "/keys/add", ("pem", pem), ("name", "phone"), ("current", "wrong"));
        var other = await alice.SubmitAsync("/keys", "/keys/add", ("pem", pem), ("name", "phone"), ("address", TestServer.Bob), ("current", TestServer.Password));
        var made = await alice.SubmitAsync("/keys", "/keys/make", ("name", "phone"), ("kind", "p256"), ("file-kind", "pem"), ("current", "wrong"));

        Assert.Contains("The current password is wrong.", wrong.Text, StringComparison.Ordinal);
        Assert.Contains("Choose one of your addresses.", other.Text, StringComparison.Ordinal);
        Assert.Contains("The current password is wrong.", made.Text, StringComparison.Ordinal);
        Assert.Empty(site.Server.Store.Directory.Current.Keys);
    }

    [Theory]
    [Route("POST /keys/make")]
    [InlineData("p256", "p12", "application/x-pkcs12", "ada-s-phone.p12")]
    [InlineData("rsa", "p12", "application/x-pkcs12", "ada-s-phone.p12")]
    [InlineData("ed25519", "pem", "application/x-pem-file", "ada-s-phone.pem")]
    [InlineData("p256", "apple", "application/x-apple-aspen-config; charset=utf-8", "ada-s-phone.mobileconfig")]
    public async Task A_key_that_is_made_goes_out_once_and_logs_in(string kind, string file, string type, string name)
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        var answer = await alice.SubmitAsync(
            "/keys", "/keys/make", ("name", "ada's phone"), ("kind", kind), ("file-kind", file), ("file-password", "open sesame"), ("preauth", "on"), ("current", TestServer.Password));

        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.Status, answer.Headers["Cache-Control"]));
        Assert.Equal((type, $"attachment; filename=\"{name}\""), (answer.Headers["Content-Type"], answer.Headers["Content-Disposition"]));
        var added = Assert.Single(site.Server.Store.Directory.Current.Keys.Values);
        Assert.Equal("ada's phone", added.Name);
        var pkcs12 = file switch
        {
            "p12" => answer.Bytes,
            "apple" => Convert.FromBase64String(answer.Html.Split("<data>")[1].Split("</data>")[0]),
            _ => null,
        };
        var fingerprint = pkcs12 is null
            ? ClientIdentity.FromPem(answer.Html).Key.Fingerprint
            : ClientKey.FromCertificate(X509CertificateLoader.LoadPkcs12(pkcs12, "open sesame").RawData)!.Fingerprint;
        Assert.Equal(added.Fingerprint, fingerprint);
        // Nothing of it is anywhere else.
        Assert.DoesNotContain("PRIVATE KEY", (await alice.GetAsync("/keys")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", site.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "p256", "p12", "open sesame", "Give the key a name")]
    [InlineData("phone", "dsa", "p12", "open sesame", "Choose one of the kinds of keys.")]
    [InlineData("phone", "p256", "exe", "open sesame", "Choose one of the kinds of files.")]
    [InlineData("phone", "p256", "p12", "", "Give the file a password")]
    [InlineData("phone", "p256", "apple", "päss", "ASCII letters")]
    [InlineData("line\u2028end", "p256", "p12", "open sesame", "one line")]
    public async Task A_key_that_cannot_be_made_is_explained(string name, string kind, string file, string password, string problem)
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        var page = await alice.SubmitAsync("/keys", "/keys/make", ("name", name), ("kind", kind), ("file-kind", file), ("file-password", password), ("current", TestServer.Password));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(problem, page.Text, StringComparison.Ordinal);
        Assert.Empty(site.Server.Store.Directory.Current.Keys);
        Assert.DoesNotContain("sesame", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    [Route("GET /logins")]
    public async Task The_history_shows_who_signed_in_and_who_tried()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        await site.Server.Authenticator.LoginAsync(TestServer.Alice, "wrong", new LoginContext("imap", "c1", IPAddress.Parse("192.0.2.7")) { Client = "Thunderbird 140" });
        await site.Server.Authenticator.LoginAsync(TestServer.Bob, "wrong", new LoginContext("imap", "c2", IPAddress.Parse("192.0.2.8")));
        await site.Server.Journal.FlushAsync(isLast: true);

        var text = (await alice.GetAsync("/logins")).Text;

        Assert.Contains("wrong password", text, StringComparison.Ordinal);
        Assert.Contains("192.0.2.7 imap without TLS", text, StringComparison.Ordinal);
        Assert.Contains("Thunderbird 140", text, StringComparison.Ordinal);
        Assert.Contains("password, on the pages", text, StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.8", text, StringComparison.Ordinal);
    }

    [Fact]
    [Route("GET /extensions", "POST /extensions")]
    public async Task Extensions_are_switched_off_and_on()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var all = Martlet.Server.Imap.ImapService.HideableCapabilities;
        string Hidden() => site.Server.Account(TestServer.Alice).Row.HiddenCapabilities;

        await alice.SubmitAsync("/extensions", "/extensions", [.. all.Where(name => name != "UIDONLY").Select(name => ("on", name))]);
        Assert.Equal("UIDONLY", Hidden());
        Assert.DoesNotMatch("value=\"UIDONLY\" checked", (await alice.GetAsync("/extensions")).Html);
        Assert.Matches("value=\"IDLE\" checked", (await alice.GetAsync("/extensions")).Html);

        // A name that is none is as none.
        await alice.SubmitAsync("/extensions", "/extensions", [("on", "NOSUCH"), .. all.Select(name => ("on", name))]);
        Assert.Equal("", Hidden());
    }

    [Fact]
    [Route("POST /connections/end")]
    public async Task Connections_of_mail_programs_are_shown_and_ended()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var context = new LoginContext("imap", "c1-7", IPAddress.Parse("192.0.2.7")) { Client = "Thunderbird 140" };
        var login = await site.Server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, context);
        var ended = false;
        using var open = site.Server.Authenticator.Open.Add(login.Grant!, context, () => ended = true);

        Assert.Contains("Thunderbird 140", (await alice.GetAsync("/sessions")).Text, StringComparison.Ordinal);
        Assert.Equal("/sessions?done=session-ended", (await alice.SubmitAsync("/sessions", "/connections/end")).Location);
        Assert.True(ended);
        open.Dispose();
        Assert.Contains("No mail program is connected.", (await alice.GetAsync("/sessions")).Text, StringComparison.Ordinal);
    }

    private static async Task<Page> UploadAsync(Browser browser, string pem)
    {
        var token = (await browser.GetAsync("/keys")).Hidden("/keys/add").Single();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/keys/add");
        using var file = new ByteArrayContent(System.Text.Encoding.ASCII.GetBytes(pem)) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-x509-ca-cert") } };
        request.Content = new MultipartFormDataContent
        {
            { new StringContent(token.Value), token.Name }, { file, "file", "laptop.cert.pem" }, { new StringContent(""), "pem" }, { new StringContent(""), "name" },
            { new StringContent(TestServer.Password), "current" },
        };
        return await browser.SendAsync(request);
    }
}
