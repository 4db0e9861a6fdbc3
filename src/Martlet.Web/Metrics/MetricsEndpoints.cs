using System.Text;
using Martlet.Server.Config;
using Martlet.Server.Observe.Metrics;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Metrics;

/// <summary>What machines that watch over the server ask for: the page of metrics for Prometheus, and health. Nobody signs in there, and nothing there is about a person.</summary>
internal static class MetricsEndpoints
{
    /// <summary>The surface.</summary>
    public static Surface Surface() => new(MailProtocol.Metrics,
    [
        new("GET", "/metrics", WebAccess.Anybody, Metrics),
        new("GET", "/health", WebAccess.Anybody, HealthAsync),
    ]);

    private static WebReply Metrics(WebRequest request)
    {
        if (request.Services.Context.Services.Metrics is not { } metrics)
        {
            return ErrorReplies.NotFound;
        }

        var format = MetricsFormat.For(request.Http.Request.Headers.Accept.ToString());
        return WebReply.Text(format.ContentType, metrics.Page(format));
    }

    private static async Task<WebReply> HealthAsync(WebRequest request)
    {
        if (request.Services.Admin.Health is not { } health)
        {
            return ErrorReplies.NotFound;
        }

        var report = await health.CheckAsync(request.Cancel);
        return WebReply.Text(
            "application/json", Encoding.UTF8.GetString(report.ToJson()), report.IsServing ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
