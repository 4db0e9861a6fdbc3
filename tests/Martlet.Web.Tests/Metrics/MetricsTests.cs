using System.Net;
using System.Text.Json;
using Martlet.Server.Config;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Metrics;

/// <summary>The listener for machines that watch over the server.</summary>
public sealed class MetricsTests
{
    [Fact]
    [Route("GET /metrics", "GET /health")]
    public async Task Metrics_and_health_are_there_without_signing_in()
    {
        await using var site = await Site.StartAsync(Options);
        using var browser = site.NewBrowser(MailProtocol.Metrics);

        var metrics = await browser.GetAsync("/metrics");
        Assert.Equal((HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8"), (metrics.Status, metrics.Headers["Content-Type"]));
        Assert.Contains("# TYPE martlet_store_operations_total counter\n", metrics.Html, StringComparison.Ordinal);
        var health = await browser.GetAsync("/health");
        Assert.Equal((HttpStatusCode.OK, "application/json"), (health.Status, health.Headers["Content-Type"]));
        using var json = JsonDocument.Parse(health.Html);
        Assert.Equal("ok", json.RootElement.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Who_asks_for_OpenMetrics_gets_it()
    {
        await using var site = await Site.StartAsync(Options);
        using var browser = site.NewBrowser(MailProtocol.Metrics);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5" } } };

        var page = await browser.SendAsync(request);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", page.Headers["Content-Type"]);
        Assert.EndsWith("# EOF\n", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_has_failed_answers_503()
    {
        await using var site = await Site.StartAsync(Options with { Listening = false });
        using var browser = site.NewBrowser(MailProtocol.Metrics);

        var page = await browser.GetAsync("/health");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, page.Status);
        Assert.Contains("Not accepting: imap.", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sign-in")]
    [InlineData("/metrics/x")]
    public async Task Nothing_else_is_there(string path)
    {
        await using var site = await Site.StartAsync(Options);
        using var browser = site.NewBrowser(MailProtocol.Metrics);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health")]
    public async Task It_is_on_no_other_listener(string path)
    {
        await using var site = await Site.StartAsync();
        using var browser = site.NewBrowser();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
    }

    private static SiteOptions Options => new() { Protocols = [MailProtocol.Metrics] };
}
