using System.Net;
using Martlet.Server.Config;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Safety;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/", HttpStatusCode.SeeOther)]
    [InlineData("/nosuch", HttpStatusCode.NotFound)]
    public async Task Every_answer_says_what_browsers_may_do_with_it(string path, HttpStatusCode status)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync(path);

        Assert.Equal(status, page.Status);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            page.Headers["Content-Security-Policy"]);
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", page.Headers["X-Frame-Options"]);
        Assert.Equal("same-origin", page.Headers["Referrer-Policy"]);
        Assert.Equal("same-origin", page.Headers["Cross-Origin-Opener-Policy"]);
        Assert.Equal("same-origin", page.Headers["Cross-Origin-Resource-Policy"]);
        Assert.Contains("geolocation=()", page.Headers["Permissions-Policy"], StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers["Cache-Control"]);
        Assert.DoesNotContain("Server", page.Headers.Keys);
    }

    [Theory]
    [InlineData(Site.Hostname, "max-age=31536000")]
    [InlineData("localhost", null)]
    [InlineData("127.0.0.1", null)]
    public async Task Browsers_are_told_to_stay_with_TLS_under_the_servers_name_and_not_on_localhost(string host, string? expected)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = host } };

        Assert.Equal(expected, (await browser.SendAsync(request)).Headers.GetValueOrDefault("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Pages_have_no_code_and_no_style_of_their_own_and_load_only_our_files()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();

        var page = await browser.GetAsync("/sign-in");

        Assert.DoesNotContain("style=", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<style", page.Html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(?i) on[a-z]+=", page.Html);
        Assert.DoesNotMatch("(?i)(src|href)=\"(https?:)?//", page.Html);
        Assert.DoesNotMatch("(?is)<script[^>]*>[^<]", page.Html);
    }

    [Fact]
    public async Task Files_may_be_kept_for_ever_because_their_addresses_change_with_them()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        var html = (await browser.GetAsync("/sign-in")).Html;
        var paths = html.Split('"').Where(part => part.StartsWith("/assets/", StringComparison.Ordinal)).Distinct().ToList();

        Assert.Equal(3, paths.Count);
        foreach (var path in paths)
        {
            var file = await browser.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (file.Status, file.Headers["Cache-Control"]));
            Assert.Equal("nosniff", file.Headers["X-Content-Type-Options"]);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/assets/0000000000000000/site.css")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/assets/0000000000000000/..%2fsite.css")).Status);
    }

    [Fact]
    public async Task HTTP_2_is_spoken_and_HTTP_1_too()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        using var second = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), await StatusAsync(browser.GetAsync("/sign-in")));
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), await StatusAsync(browser.SendAsync(second)));
        Assert.True(MailProtocol.Https.IsImplicitTls);
    }

    private static async Task<(HttpStatusCode, Version)> StatusAsync(Task<Page> request)
    {
        var page = await request;
        return (page.Status, page.Version);
    }
}
