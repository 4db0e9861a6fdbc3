using System.Net;
using System.Text;
using System.Xml.Linq;
using Martlet.Server.Config;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.WellKnown;

public sealed class AutoconfigTests
{
    [Theory]
    [InlineData("autoconfig.example.org", "/mail/config-v1.1.xml", true)]
    [InlineData("autoconfig.example.org", "/.well-known/autoconfig/mail/config-v1.1.xml", true)]
    [InlineData(Site.Hostname, "/mail/config-v1.1.xml?emailaddress=nobody@example.org", true)]
    [InlineData(Site.Hostname, "/mail/config-v1.1.xml?emailaddress=a@elsewhere.example", false)]
    [InlineData(Site.Hostname, "/mail/config-v1.1.xml?emailaddress=%3Cscript%3E", false)]
    [InlineData(Site.Hostname, "/mail/config-v1.1.xml", false)]
    [Route("GET /mail/config-v1.1.xml", "GET /.well-known/autoconfig/mail/config-v1.1.xml")]
    public async Task Thunderbird_gets_its_file_with_TLS_and_without(string host, string path, bool isThere)
    {
        await using var site = await Site.StartAsync();
        foreach (var protocol in new[] { MailProtocol.Https, MailProtocol.Http })
        {
            using var client = site.NewBrowser(protocol);
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
            var answer = await client.SendAsync(request);

            Assert.Equal(isThere ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.Status);
            if (isThere)
            {
                Assert.Equal("text/xml; charset=utf-8", answer.Headers["Content-Type"]);
                Assert.Equal("example.org", XDocument.Parse(answer.Html).Root!.Element("emailProvider")!.Attribute("id")!.Value);
            }
        }
    }

    [Theory]
    [InlineData("alice@example.org")]
    [InlineData("nobody@example.org")]
    [Route("POST /autodiscover/autodiscover.xml")]
    public async Task Outlook_gets_settings_whether_the_address_exists_or_not(string address)
    {
        await using var site = await Site.StartAsync();
        using var client = site.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/Autodiscover/Autodiscover.xml")
        {
            Content = new StringContent(
                $"<Autodiscover xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006\"><Request><EMailAddress>{address}</EMailAddress></Request></Autodiscover>",
                Encoding.UTF8, "text/xml"),
        };

        var answer = await client.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, "text/xml; charset=utf-8"), (answer.Status, answer.Headers["Content-Type"]));
        Assert.Contains($"<LoginName>{address}</LoginName>", answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_not_read()
    {
        await using var site = await Site.StartAsync();
        using var client = site.NewBrowser();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/autodiscover/autodiscover.xml") { Content = new StringContent(new string('x', 16 * 1024 + 1)) };

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await client.SendAsync(request)).Status);
    }

    [Fact]
    [Route("GET /autodiscover/autodiscover.json")]
    public async Task The_second_autodiscover_tells_where_the_first_one_is()
    {
        await using var site = await Site.StartAsync();
        using var client = site.NewBrowser();

        var answer = await client.GetAsync("/autodiscover/autodiscover.json?Email=alice@example.org&Protocol=AutodiscoverV1");
        var wrong = await client.GetAsync("/autodiscover/autodiscover.json?Email=alice@example.org&Protocol=<script>");

        Assert.Equal($"{{\"Protocol\":\"AutodiscoverV1\",\"Url\":\"https://{Site.Hostname}:{site.Port(MailProtocol.Https)}/autodiscover/autodiscover.xml\"}}", answer.Html);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.DoesNotContain("script", wrong.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alice@example.org", true)]
    [InlineData("nobody@example.org", true)]
    [InlineData("alice@elsewhere.example", false)]
    [InlineData("", false)]
    [Route("GET /profile.mobileconfig", "GET /programs")]
    public async Task Apple_devices_get_a_profile_and_the_page_leads_to_it(string address, bool isThere)
    {
        await using var site = await Site.StartAsync();
        using var client = site.NewBrowser();

        var answer = await client.GetAsync("/profile.mobileconfig?address=" + Uri.EscapeDataString(address));

        Assert.Equal(isThere ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(isThere, answer.Html.Contains("com.apple.mail.managed", StringComparison.Ordinal));
        using var alice = await site.SignInAsync(TestServer.Alice);
        var page = await alice.GetAsync("/programs");
        Assert.Contains($"href=\"https://{Site.Hostname}:{site.Port(MailProtocol.Https)}/profile.mobileconfig?address=alice%40example.org\"", page.Html, StringComparison.Ordinal);
        Assert.Contains("Reading (IMAP) mail.example.org 993 SSL/TLS", page.Text, StringComparison.Ordinal);
        Assert.Contains("<svg ", page.Html, StringComparison.Ordinal);
    }
}
