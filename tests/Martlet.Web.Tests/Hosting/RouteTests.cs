using System.Net;
using System.Reflection;
using Martlet.Server.Config;
using Martlet.Testing;
using Martlet.Web.Routing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Hosting;

/// <summary>The tables of routes: all of them are shown by a test, and none does more without its checks than it says.</summary>
public sealed class RouteTests
{
    [Fact]
    public async Task Every_route_is_shown_by_a_test()
    {
        await using var site = await Site.StartAsync(Everything);
        var shown = typeof(RouteTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttribute<RouteAttribute>()?.Routes ?? [])
            .ToHashSet(StringComparer.Ordinal);
        var there = site.Routes.Select(entry => $"{entry.Route.Method} {entry.Route.Pattern}").ToHashSet(StringComparer.Ordinal);

        Assert.Empty(there.Except(shown));
        Assert.Empty(shown.Except(there));
    }

    [Fact]
    public async Task Without_a_session_every_page_leads_to_the_sign_in_and_every_form_is_refused()
    {
        await using var site = await Site.StartAsync(Everything);
        foreach (var (protocol, route) in Routes(site, WebAccess.SignedIn))
        {
            using var browser = site.NewBrowser(protocol);
            var page = route.Method == "GET" ? await browser.GetAsync(PathOf(route)) : await browser.PostAsync(PathOf(route));

            Assert.True(
                route.Method == "GET" ? (page.Status, page.Location) == (HttpStatusCode.SeeOther, "/sign-in") : page.Status == HttpStatusCode.Forbidden, $"{route.Method} {route.Pattern}: {page.Status}");
            Assert.Equal("no-store", page.Headers["Cache-Control"]);
        }
    }

    [Fact]
    public async Task A_form_needs_the_token_of_its_own_session_and_a_page_of_ours()
    {
        await using var site = await Site.StartAsync(Everything);
        using var alice = await site.SignInAsync(TestServer.Alice);
        using var bob = await site.SignInAsync(TestServer.Bob);
        var token = (await alice.GetAsync("/")).Hidden("/sign-out").Single();
        var other = (await bob.GetAsync("/")).Hidden("/sign-out").Single();
        var ours = alice.Base.GetLeftPart(UriPartial.Authority);
        Assert.NotEqual(token, other);
        foreach (var (_, route) in Routes(site, WebAccess.SignedIn).Where(entry => entry.Protocol == MailProtocol.Https && entry.Route.Method == "POST"))
        {
            var path = PathOf(route);
            Page[] answers =
            [
                await alice.PostAsync(path),
                await alice.PostAsync(path, (token.Name, "")),
                await alice.PostAsync(path, (token.Name, token.Value[..^1] + (token.Value[^1] == 'A' ? 'B' : 'A'))),
                await alice.PostAsync(path, other),
                await alice.PostAsync(path, "https://evil.example", "same-origin", token),
                await alice.PostAsync(path, "http" + ours[5..], "same-origin", token),
                await alice.PostAsync(path, "null", "same-origin", token),
                await alice.PostAsync(path, ours, "cross-site", token),
                await alice.PostAsync(path, ours, "same-site", token),
                await alice.PostAsync(path, origin: null, "none", token),
            ];

            Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Forbidden, path), (answer.Status, path)));
        }

        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_browser_that_says_nothing_of_where_a_form_is_from_needs_the_token_alone()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var token = (await alice.GetAsync("/")).Hidden("/sign-out").Single();

        Assert.Equal(HttpStatusCode.SeeOther, (await alice.PostAsync("/name", origin: null, site: null, token, ("name", "Alice"))).Status);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task Other_methods_are_not_taken(string method)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        using var request = new HttpRequestMessage(new HttpMethod(method), "/sign-in");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await browser.SendAsync(request)).Status);
    }

    [Fact]
    [Route("GET /assets/{version}/{name}")]
    public async Task HEAD_is_GET_without_the_page()
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/sign-in");

        var page = await browser.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, ""), (page.Status, page.Html));
        Assert.Equal("text/html; charset=utf-8", page.Headers["Content-Type"]);
    }

    private static readonly SiteOptions Everything = new() { Protocols = [.. MailProtocol.All.Where(protocol => protocol.IsHttp)] };

    private static IEnumerable<(MailProtocol Protocol, WebRoute Route)> Routes(Site site, WebAccess access) => site.Routes.Where(entry => entry.Route.Access == access);

    private static string PathOf(WebRoute route) => System.Text.RegularExpressions.Regex.Replace(route.Pattern, @"\{[^}]*\}", "x", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
