using System.Globalization;
using Martlet.Server.Config;
using Martlet.Web.Hosting;
using Martlet.Web.Routing;
using Martlet.Web.WellKnown;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Martlet.Web.Redirects;

/// <summary>What is served without TLS: the way to where there is TLS, and what mail programs ask for without. A form is not sent on: what was in it has been seen already.</summary>
internal static class HttpEndpoints
{
    /// <summary>The surface.</summary>
    public static Surface Surface(WebServices services)
    {
        // A redirect needs a place to go to.
        var hasPlace = services.Context.Listeners.Any(listener => listener.Protocol == MailProtocol.Https);
        return new Surface(MailProtocol.Http, [.. AutoconfigEndpoints.PlainRoutes]) { Fallback = hasPlace ? WebReply.By(context => SendOnAsync(context, services.HttpsPort)) : null };
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
        var authority = port == MailProtocol.Https.Port ? context.Request.Host.Host : string.Create(CultureInfo.InvariantCulture, $"{context.Request.Host.Host}:{port}");
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = $"https://{authority}{context.Request.GetEncodedPathAndQuery()}";
        return Task.CompletedTask;
    }
}
