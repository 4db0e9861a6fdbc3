using System.Net;
using Martlet.Server.Config;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Safety;

public sealed class HostTests
{
    [Theory]
    [InlineData(Site.Hostname, true)]
    [InlineData("MAIL.Example.ORG:8443", true)]
    [InlineData("autoconfig.example.org:1443", true)]
    [InlineData("autoconfig." + TestServer.Domain, true)]
    [InlineData("autodiscover." + TestServer.Domain, true)]
    [InlineData("localhost", true)]
    [InlineData("127.0.0.1:443", true)]
    [InlineData("[::1]", true)]
    [InlineData(TestServer.Domain, false)]
    [InlineData("www." + TestServer.Domain, false)]
    [InlineData("mail.elsewhere.example", false)]
    [InlineData("autoconfig.autoconfig." + TestServer.Domain, false)]
    [InlineData("mail.example.org.evil.example", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("evil.example", false)]
    public async Task Only_names_that_are_ours_are_answered(string host, bool isOurs)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { Host = host } };

        var page = await browser.SendAsync(request);

        Assert.Equal(isOurs ? HttpStatusCode.OK : HttpStatusCode.MisdirectedRequest, page.Status);
        Assert.Equal(isOurs, page.Html.Contains("<form", StringComparison.Ordinal));
        Assert.DoesNotContain("evil", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_without_a_name_or_with_two_gets_nothing()
    {
        await using var site = await Site.StartAsync();

        Assert.StartsWith("HTTP/1.1 421 ", await site.RawAsync(MailProtocol.Http, "GET / HTTP/1.0\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await site.RawAsync(MailProtocol.Http, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 400 ", await site.RawAsync(MailProtocol.Http, "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/")]
    [InlineData("/keys?done=x&y=%2F", "/keys?done=x&y=%2F")]
    [InlineData("/%0d%0aSet-Cookie:%20a=b", "/%0D%0ASet-Cookie:%20a=b")]
    [InlineData("//evil.example/x", "//evil.example/x")]
    public async Task Without_TLS_there_is_only_the_way_to_where_there_is(string path, string expected)
    {
        await using var site = await Site.StartAsync();

        var answer = await site.RawAsync(MailProtocol.Http, $"GET {path} HTTP/1.1\r\nHost: {Site.Hostname}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 308 ", answer, StringComparison.Ordinal);
        Assert.Contains($"\r\nLocation: https://{Site.Hostname}:{site.Port(MailProtocol.Https)}{expected}\r\n", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nSet-Cookie:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_TLS_no_form_is_taken_and_no_other_name_redirected()
    {
        await using var site = await Site.StartAsync();

        var post = await site.RawAsync(MailProtocol.Http, "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        var other = await site.RawAsync(MailProtocol.Http, "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 405 ", post, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 421 ", other, StringComparison.Ordinal);
        Assert.DoesNotContain("Location", post + other, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_place_with_TLS_there_is_nothing_to_redirect_to()
    {
        await using var site = await Site.StartAsync(new SiteOptions { Protocols = [MailProtocol.Http] });

        Assert.StartsWith("HTTP/1.1 404 ", await site.RawAsync(MailProtocol.Http, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), StringComparison.Ordinal);
    }
}
