using Martlet.Store.Model;
using Martlet.Web.Hosting;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Martlet.Web.Safety;

/// <summary>Ends requests that fail: logged once with their cause; the browser gets a page that says nothing of what is inside.</summary>
internal static partial class FaultBoundary
{
    /// <summary>Runs the rest.</summary>
    public static async Task RunAsync(HttpContext context, RequestDelegate next, WebServices services)
    {
        try
        {
            await next(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser is gone; whatever failed failed because of that.
            context.Abort();
        }
        catch (BadHttpRequestException e)
        {
            await EndAsync(context, ErrorReplies.BadRequest(e.StatusCode), services);
        }
#pragma warning disable CA1031 // Request boundary: one request's fault must not end the server.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(services.Logger, WebServer.CidOf(context), context.Request.Method, context.Request.Path, e);
            await EndAsync(context, e is StoreException ? ErrorReplies.StoreFailed : ErrorReplies.Failed, services);
        }
    }

    private static async Task EndAsync(HttpContext context, WebReply reply, WebServices services)
    {
        if (context.Response.HasStarted)
        {
            // Half of an answer must not look like a whole one.
            context.Abort();
            return;
        }

        context.Response.Clear();
        SecurityHeaders.Set(context);
        await reply.WriteAsync(context, services);
    }

    [LoggerMessage(EventId = 6001, Level = LogLevel.Error, Message = "request failed cid={Cid} method={Method} path={Path}")]
    private static partial void LogFailed(ILogger logger, string cid, string method, string path, Exception fault);
}
