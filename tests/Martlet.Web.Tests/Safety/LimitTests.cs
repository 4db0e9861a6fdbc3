using System.Net;
using System.Text;
using Martlet.Network.Connections;
using Martlet.Server.Config;
using Martlet.Testing;
using Martlet.Web.Hosting;
using Martlet.Web.Safety;
using Martlet.Web.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Web.Tests.Safety;

public sealed class LimitTests
{
    [Fact]
    public async Task A_form_has_a_largest_size()
    {
        await using var site = await Site.StartAsync(new SiteOptions { Limits = new WebLimits { FormBytesMax = 1000 } });
        using var alice = await site.SignInAsync(TestServer.Alice);
        var token = (await alice.GetAsync("/")).Hidden("/name").Single();
        var rest = $"{token.Name}={token.Value}&name=Alice&x=";

        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(alice, rest.PadRight(1000, 'x'))).Status);
        var page = await SendAsync(alice, rest.PadRight(1001, 'x'));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Contains("This is too large", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_has_a_largest_number_of_fields()
    {
        await using var site = await Site.StartAsync(new SiteOptions { Limits = new WebLimits { FormFieldsMax = 10 } });
        using var alice = await site.SignInAsync(TestServer.Alice);
        var token = (await alice.GetAsync("/")).Hidden("/name").Single();
        string Form(int count) => string.Join('&', Enumerable.Range(0, count - 2).Select(i => $"x{i}=").Prepend("name=Alice").Prepend($"{token.Name}={token.Value}"));

        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync(alice, Form(10))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(alice, Form(11))).Status);
    }

    [Fact]
    public async Task A_request_has_a_longest_header_and_first_line()
    {
        await using var site = await Site.StartAsync(new SiteOptions { Limits = new WebLimits { RequestLineBytesMax = 200, HeaderBytesMax = 1000, HeadersMax = 5 }, Protocols = [MailProtocol.Http] });
        Task<string> AskAsync(string path, string fields) => site.RawAsync(MailProtocol.Http, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{fields}\r\n");

        Assert.StartsWith("HTTP/1.1 404 ", await AskAsync("/" + new string('x', 200 - "GET / HTTP/1.1\r\n".Length), ""), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 414 ", await AskAsync("/" + new string('x', 201 - "GET / HTTP/1.1\r\n".Length), ""), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 404 ", await AskAsync("/", "A: 1\r\nB: 2\r\nC: 3\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync("/", "A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431 ", await AskAsync("/", $"A: {new string('x', 1000)}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_are_counted_with_those_of_all_other_protocols()
    {
        var counts = new ConnectionLimits { ConnectionsMax = 2 };
        await using var site = await Site.StartAsync(new SiteOptions { Connections = counts, Protocols = [MailProtocol.Http] });
        Assert.True(counts.TryEnter(IPAddress.Loopback));
        const string Request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

        Assert.StartsWith("HTTP/1.1 404 ", await site.RawAsync(MailProtocol.Http, Request), StringComparison.Ordinal);
        Assert.True(counts.TryEnter(IPAddress.Loopback));
        Assert.Equal("", await RefusedAsync(site, Request));
        counts.Leave(IPAddress.Loopback);
        Assert.StartsWith("HTTP/1.1 404 ", await site.RawAsync(MailProtocol.Http, Request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_does_not_come_ends_the_connection()
    {
        await using var site = await Site.StartAsync(new SiteOptions { Limits = new WebLimits { HeaderTimeout = TimeSpan.FromMilliseconds(500) }, Protocols = [MailProtocol.Http] });

        Assert.StartsWith("HTTP/1.1 408 ", await site.RawAsync(MailProtocol.Http, "GET / HTTP/1.1\r\nHost: loc"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_of_one_network_are_counted()
    {
        var limits = new WebLimits { RequestsAtOnceMax = 3, RequestsPerMinute = 60, CountsLoopback = true };
        await using var site = await Site.StartAsync(new SiteOptions { Limits = limits });
        using var browser = site.NewBrowser();
        async Task<HttpStatusCode[]> AskAsync(int times)
        {
            var answers = new HttpStatusCode[times];
            for (var i = 0; i < times; i++)
            {
                answers[i] = (await browser.GetAsync("/sign-in")).Status;
            }

            return answers;
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], await AskAsync(4));
        site.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.TooManyRequests], await AskAsync(2));
        Assert.Equal("10", (await browser.GetAsync("/sign-in")).Headers["Retry-After"]);
    }

    [Fact]
    public void Networks_that_are_counted_are_bounded_and_each_has_its_own_count()
    {
        var rates = new RequestRates(new WebLimits { RequestsAtOnceMax = 1, RequestsPerMinute = 60, NetworksMax = 4 }, new FakeTimeProvider(TestServer.Start));

        Assert.True(rates.TryTake(IPAddress.Parse("2001:db8::1")));
        Assert.False(rates.TryTake(IPAddress.Parse("2001:db8::2")));
        Assert.True(rates.TryTake(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.True(rates.TryTake(IPAddress.Parse("192.0.2.1")));
        Assert.True(rates.TryTake(IPAddress.Parse("192.0.2.2")));
        Assert.False(rates.TryTake(IPAddress.Parse("192.0.2.2")));
        // One more than fits: all start anew.
        Assert.True(rates.TryTake(IPAddress.Parse("192.0.2.3")));
        Assert.True(rates.TryTake(IPAddress.Parse("192.0.2.2")));
    }

    // Closed without a word: at once, or before or after the request is written.
    private static async Task<string> RefusedAsync(Site site, string request)
    {
        try
        {
            return await site.RawAsync(MailProtocol.Http, request);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException)
        {
            return "";
        }
    }

    private static async Task<Page> SendAsync(Browser browser, string form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/name") { Content = new StringContent(form, Encoding.ASCII, "application/x-www-form-urlencoded") };
        return await browser.SendAsync(request);
    }
}
