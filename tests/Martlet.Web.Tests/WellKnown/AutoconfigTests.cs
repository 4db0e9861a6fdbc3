using System.Net;
using System.Text;
using System.Xml.Linq;
using Martlet.Server.Autoconfig;
using Martlet.Server.Config;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.WellKnown;

/// <summary>Mail programs ask as they do, and others as they should not.</summary>
public sealed class AutoconfigTests
{
    private const string Address = "alice@" + TestServer.Domain;
    private const string Nobody = "nobody@" + TestServer.Domain;

    [Theory]
    [InlineData("/mail/config-v1.1.xml", "autoconfig." + TestServer.Domain)]
    [InlineData("/mail/config-v1.1.xml?emailaddress=" + Nobody, "autoconfig." + TestServer.Domain)]
    [InlineData("/.well-known/autoconfig/mail/config-v1.1.xml", TestServer.Domain)]
    [InlineData("/mail/config-v1.1.xml?emailaddress=" + Address, Site.Hostname)]
    [InlineData("/mail/config-v1.1.xml?emailaddress=" + Nobody, Site.Hostname)]
    [Route("GET /mail/config-v1.1.xml", "GET /.well-known/autoconfig/mail/config-v1.1.xml")]
    public async Task Thunderbird_gets_the_settings_of_a_domain_with_and_without_TLS(string path, string host)
    {
        await using var site = await Site.StartAsync();
        foreach (var protocol in new[] { MailProtocol.Https, MailProtocol.Http })
        {
            var page = await AskAsync(site, protocol, path, host);

            Assert.Equal((HttpStatusCode.OK, "text/xml; charset=utf-8"), (page.Status, page.Headers["Content-Type"]));
            Assert.Equal(TestServer.Domain, XDocument.Parse(page.Html).Root!.Element("emailProvider")!.Element("domain")!.Value);
        }
    }

    [Theory]
    [InlineData("/mail/config-v1.1.xml", Site.Hostname)]
    [InlineData("/mail/config-v1.1.xml?emailaddress=alice@elsewhere.example", Site.Hostname)]
    [InlineData("/mail/config-v1.1.xml?emailaddress=%22%3E%3Cscript%3Eevil", Site.Hostname)]
    public async Task A_domain_that_is_not_ours_has_no_settings(string path, string host)
    {
        await using var site = await Site.StartAsync();

        var page = await AskAsync(site, MailProtocol.Https, path, host);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.DoesNotContain("evil", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/mail/config-v1.1.xml")]
    public async Task Under_the_bare_name_of_a_domain_there_is_nothing_else(string path)
    {
        await using var site = await Site.StartAsync();

        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await AskAsync(site, MailProtocol.Https, path, TestServer.Domain)).Status);
    }

    [Theory]
    [InlineData("/autodiscover/autodiscover.xml")]
    [InlineData("/Autodiscover/Autodiscover.xml")]
    [InlineData("/AutoDiscover/AutoDiscover.XML")]
    [Route("POST /autodiscover/autodiscover.xml")]
    public async Task Outlook_gets_settings_whoever_is_asked_for(string path)
    {
        await using var site = await Site.StartAsync();

        var alice = await PostAsync(site, path, Question(Address));
        var nobody = await PostAsync(site, path, Question(Nobody));

        Assert.Equal((HttpStatusCode.OK, "text/xml; charset=utf-8"), (alice.Status, alice.Headers["Content-Type"]));
        Assert.Contains($"<LoginName>{Address}</LoginName>", alice.Html, StringComparison.Ordinal);
        Assert.Equal(alice.Html, nobody.Html.Replace(Nobody, Address, StringComparison.Ordinal));
        Assert.Contains("<ErrorCode>500</ErrorCode>", (await PostAsync(site, path, Question("alice@elsewhere.example"))).Html, StringComparison.Ordinal);
    }

    [Fact]
    [Route("GET /autodiscover/autodiscover.xml")]
    public async Task A_request_that_cannot_be_read_gets_an_error_and_one_that_is_too_long_nothing()
    {
        await using var site = await Site.StartAsync();
        const string Path = "/autodiscover/autodiscover.xml";

        Assert.Contains("<ErrorCode>600</ErrorCode>", (await AskAsync(site, MailProtocol.Https, Path, Site.Hostname)).Html, StringComparison.Ordinal);
        Assert.Contains("<ErrorCode>600</ErrorCode>", (await PostAsync(site, Path, "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>" + Question("&b;"))).Html, StringComparison.Ordinal);
        Assert.Contains("<ErrorCode>600</ErrorCode>", (await PostAsync(site, Path, new string(' ', AutodiscoverRequest.BytesMax))).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(site, Path, new string(' ', AutodiscoverRequest.BytesMax + 1))).Status);
    }

    [Fact]
    public async Task Without_TLS_Outlook_is_sent_to_the_name_with_a_certificate()
    {
        await using var site = await Site.StartAsync();

        var page = await AskAsync(site, MailProtocol.Http, "/autodiscover/autodiscover.xml", "autodiscover." + TestServer.Domain);
        Assert.Equal((HttpStatusCode.Found, $"https://{Site.Hostname}:{site.Port(MailProtocol.Https)}/autodiscover/autodiscover.xml"), (page.Status, page.Location));
    }

    [Fact]
    [Route("GET /autodiscover/autodiscover.json", "GET /autodiscover/autodiscover.json/v1.0/{email}")]
    public async Task The_second_autodiscover_tells_where_the_first_is()
    {
        await using var site = await Site.StartAsync();
        foreach (var path in new[] { $"/autodiscover/autodiscover.json?Email={Nobody}&Protocol=AutodiscoverV1", $"/autodiscover/autodiscover.json/v1.0/{Address}?protocol=AutodiscoverV1" })
        {
            var page = await AskAsync(site, MailProtocol.Https, path, "autodiscover." + TestServer.Domain);
            Assert.Equal(
                (HttpStatusCode.OK, $$"""{"Protocol":"AutodiscoverV1","Url":"https://{{Site.Hostname}}:{{site.Port(MailProtocol.Https)}}/autodiscover/autodiscover.xml"}"""), (page.Status, page.Html));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(site, MailProtocol.Https, "/autodiscover/autodiscover.json?Protocol=%3Cb%3E", Site.Hostname)).Status);
    }

    [Fact]
    [Route("GET /programs")]
    public async Task The_page_for_mail_programs_says_it_in_words_and_leads_to_the_profile()
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);

        var page = await alice.GetAsync("/programs");
        Assert.Contains($"href=\"https://{Site.Hostname}:{site.Port(MailProtocol.Https)}/profile.mobileconfig?address=alice%40example.org\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("Reading (IMAP) mail.example.org 993 SSL/TLS", page.Text, StringComparison.Ordinal);
        Assert.Contains("<svg ", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_told_of_a_domain_that_is_a_draft()
    {
        await using var site = await Site.StartAsync();
        await site.Server.Store.Settings.ChangeDomainAsync(TestServer.Domain, domain => domain with { State = DomainState.Draft });

        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(site, MailProtocol.Https, $"/mail/config-v1.1.xml?emailaddress={Address}", Site.Hostname)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(site, MailProtocol.Https, $"/profile.mobileconfig?address={Address}", Site.Hostname)).Status);
        Assert.Contains("<ErrorCode>500</ErrorCode>", (await PostAsync(site, "/autodiscover/autodiscover.xml", Question(Address))).Html, StringComparison.Ordinal);
    }

    [Fact]
    [Route("GET /profile.mobileconfig", "GET /profile.svg")]
    public async Task Apple_devices_get_a_profile_and_a_code_that_leads_to_it()
    {
        await using var site = await Site.StartAsync();

        var alice = await AskAsync(site, MailProtocol.Https, $"/profile.mobileconfig?address={Address}", Site.Hostname);
        var nobody = await AskAsync(site, MailProtocol.Https, $"/profile.mobileconfig?address={Nobody}", Site.Hostname);
        Assert.Equal(
            (HttpStatusCode.OK, "application/x-apple-aspen-config; charset=utf-8", "attachment; filename=\"mail.mobileconfig\""),
            (alice.Status, alice.Headers["Content-Type"], alice.Headers["Content-Disposition"]));
        Assert.Equal((HttpStatusCode.OK, alice.Html.Split('\n').Length), (nobody.Status, nobody.Html.Split('\n').Length));
        var code = await AskAsync(site, MailProtocol.Https, $"/profile.svg?address={Nobody}", Site.Hostname);
        Assert.Equal((HttpStatusCode.OK, "image/svg+xml; charset=utf-8"), (code.Status, code.Headers["Content-Type"]));
        Assert.StartsWith("<svg ", code.Html, StringComparison.Ordinal);
        foreach (var path in new[] { "/profile.mobileconfig", "/profile.mobileconfig?address=alice@elsewhere.example", "/profile.svg?address=%3Csvg%20onload=x%3E", "/profile.svg?address=a@[192.0.2.1]" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(site, MailProtocol.Https, path, Site.Hostname)).Status);
        }
    }

    private static async Task<Page> AskAsync(Site site, MailProtocol protocol, string path, string host)
    {
        using var browser = site.NewBrowser(protocol);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        return await browser.SendAsync(request);
    }

    private static async Task<Page> PostAsync(Site site, string path, string body)
    {
        using var browser = site.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "text/xml"), Headers = { Host = "autodiscover." + TestServer.Domain } };
        return await browser.SendAsync(request);
    }

    private static string Question(string address) => $"""
        <Autodiscover xmlns="http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006"><Request><EMailAddress>{address}</EMailAddress></Request></Autodiscover>
        """;
}
