using System.Net;
using System.Text.RegularExpressions;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Testing;
using Martlet.Web.Routing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Admin;

/// <summary>Every address of the administrators, asked for by those who may not.</summary>
public sealed class AdminSafetyTests
{
    [Fact]
    public async Task Forms_need_the_token_of_their_own_session_and_a_page_of_ours()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        using var grace = await site.SignInAdminAsync(AdminSite.Grace);
        var token = (await ada.GetAsync("/")).Hidden("/sign-out").Single();
        var other = (await grace.GetAsync("/")).Hidden("/sign-out").Single();
        var ours = ada.Base.GetLeftPart(UriPartial.Authority);
        var before = site.Server.Store.Directory.Current;
        foreach (var path in Routes(site).Where(route => route is { Method: "POST", Access: WebAccess.SignedIn }).Select(PathOf))
        {
            Page[] answers =
            [
                await ada.PostAsync(path),
                await ada.PostAsync(path, other),
                await ada.PostAsync(path, "https://evil.example", "same-origin", token),
                await ada.PostAsync(path, ours, "cross-site", token),
            ];
            Assert.All(answers, answer => Assert.Equal((HttpStatusCode.Forbidden, path), (answer.Status, path)));
        }

        Assert.Same(before, site.Server.Store.Directory.Current);
    }

    [Fact]
    public async Task A_user_s_session_is_none_here_and_an_administrator_s_none_there()
    {
        await using var site = await AdminSite.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        using var ada = await site.SignInAdminAsync();
        using var asAdmin = site.NewBrowser(MailProtocol.Admin);
        asAdmin.SetCookie("__Host-martlet-account", alice.Cookies["__Host-martlet-account"]);
        asAdmin.SetCookie(AdminSite.Cookie, alice.Cookies["__Host-martlet-account"]);
        foreach (var route in Routes(site).Where(route => route.Access == WebAccess.SignedIn))
        {
            var page = route.Method == "GET" ? await asAdmin.GetAsync(PathOf(route)) : await asAdmin.PostAsync(PathOf(route));
            Assert.Equal((route.Method == "GET" ? HttpStatusCode.SeeOther : HttpStatusCode.Forbidden, route.Pattern), (page.Status, route.Pattern));
        }

        using var asUser = site.NewBrowser();
        asUser.SetCookie("__Host-martlet-account", ada.Cookies[AdminSite.Cookie]);
        Assert.Equal("/sign-in", (await asUser.GetAsync("/")).Location);
    }

    [Fact]
    public async Task On_the_users_listener_the_administrators_addresses_are_not_there()
    {
        await using var site = await AdminSite.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        var users = site.Routes.Where(entry => entry.Protocol == MailProtocol.Https).Select(entry => entry.Route.Pattern).ToHashSet(StringComparer.Ordinal);
        var nothing = await alice.GetAsync("/nothing");
        var nothingSent = await alice.PostAsync("/nothing");
        Assert.Equal(HttpStatusCode.NotFound, nothing.Status);
        var tried = 0;
        foreach (var route in Routes(site).Where(route => !users.Contains(route.Pattern)))
        {
            var page = route.Method == "GET" ? await alice.GetAsync(PathOf(route)) : await alice.PostAsync(PathOf(route));
            var expected = route.Method == "GET" ? nothing : nothingSent;
            Assert.Equal((expected.Status, expected.Html), (page.Status, page.Html));
            tried++;
        }

        Assert.True(tried > 30);
        foreach (var pattern in Routes(site).Where(route => route.Method == "GET" && users.Contains(route.Pattern)).Select(PathOf))
        {
            Assert.DoesNotContain("Martlet administration", (await alice.GetAsync(pattern)).Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task On_the_administrators_listener_the_users_pages_are_not_there()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        var here = Routes(site).Select(route => $"{route.Method} {route.Pattern}").ToHashSet(StringComparer.Ordinal);
        foreach (var route in site.Routes.Where(entry => entry.Protocol == MailProtocol.Https).Select(entry => entry.Route).Where(route => !here.Contains($"{route.Method} {route.Pattern}")))
        {
            var page = route.Method == "GET" ? await ada.GetAsync(PathOf(route)) : await ada.PostAsync(PathOf(route));
            Assert.True(page.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{route.Pattern}: {page.Status}");
        }
    }

    [Fact]
    public async Task A_token_for_programs_opens_no_page()
    {
        await using var site = await AdminSite.StartAsync();
        var token = (await site.DoAsync(new AddToken(AdminSite.Ada, "backup"))).Token!;
        using var browser = site.NewBrowser(MailProtocol.Admin);
        foreach (var route in Routes(site).Where(route => route is { Method: "GET", Access: WebAccess.SignedIn }))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(route));
            request.Headers.Authorization = new("Bearer", token);
            Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), ((await browser.SendAsync(request)) is var page ? page.Status : default, page.Location));
        }
    }

    [Fact]
    public async Task What_is_not_there_is_said_so()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        foreach (var path in new[] { "/nothing", "/accounts/show", "/accounts/show?address=nobody@example.org", "/accounts/access?address=x", "/logins?address=nobody@example.org", "/aliases/show?address=x", "/domains/show?name=example.net" })
        {
            Assert.Equal((HttpStatusCode.NotFound, path), ((await ada.GetAsync(path)).Status, path));
        }
    }

    internal static IEnumerable<WebRoute> Routes(Site site) => site.Routes.Where(entry => entry.Protocol == MailProtocol.Admin).Select(entry => entry.Route);

    private static string PathOf(WebRoute route) => Regex.Replace(route.Pattern, @"\{[^}]*\}", "x", RegexOptions.None, TimeSpan.FromSeconds(1));
}
