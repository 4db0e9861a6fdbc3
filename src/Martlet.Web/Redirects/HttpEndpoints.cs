using System.Globalization;
using Martlet.Server.Config;
using Martlet.Web.Hosting;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Martlet.Web.Redirects;

/// <summary>What is served without TLS: nothing but the way to where there is TLS. A form is not sent on: what was in it has been seen already.</summary>
internal static class HttpEndpoints
{
    private const int StandardPort = 443;

    /// <summary>The surface.</summary>
    public static Surface Surface(WebServices services)
    {
        var ports = services.Context.Listeners.Where(listener => listener.Protocol == MailProtocol.Https).Select(listener => listener.EndPoint.Port).ToHashSet();
        return new Surface(MailProtocol.Http, [])
        {
            // A redirect needs a place to go to.
            Fallback = ports.Count == 0 ? null : WebReply.By(context => SendOnAsync(context, ports.Contains(StandardPort) ? StandardPort : ports.Min())),
        };
    }

    private static Task SendOnAsync(HttpContext context, int port)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        // The host is one of ours: it was checked.
        var authority = port == StandardPort ? context.Request.Host.Host : string.Create(CultureInfo.InvariantCulture, $"{context.Request.Host.Host}:{port}");
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"https://{authority}{context.Request.GetEncodedPathAndQuery()}";
        return Task.CompletedTask;
    }
}
