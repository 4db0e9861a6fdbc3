using Martlet.Web.Hosting;
using Martlet.Web.Pages;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Routing;

/// <summary>The error pages: what happened and what to do, nothing of what is inside. They need no session, and show none.</summary>
internal static class ErrorReplies
{
    /// <summary>No such page, or not one for whoever asks: the two are never told apart.</summary>
    public static WebReply NotFound { get; } = new ErrorReply(404, "There is no such page", "The address may be mistyped, or what it showed is gone.");

    /// <summary>A form that is not from a page of ours, is too old, or was sent twice.</summary>
    public static WebReply WrongForm { get; } = new ErrorReply(
        403, "This form cannot be taken", "It did not come from a page of this site, or you have signed in anew since it was opened. Nothing was changed. Open the page again and repeat it.");

    /// <summary>A form of somebody who is not signed in any more.</summary>
    public static WebReply SignedOut { get; } = new ErrorReply(403, "You are signed out", "Nothing was changed. Sign in and repeat it.") { Link = new MenuItem("/sign-in", "Sign in") };

    /// <summary>The host name is not ours.</summary>
    public static WebReply WrongHost { get; } = new ErrorReply(421, "This is not the server you are looking for", "This server does not answer under the name that was asked for.") { HasHome = false };

    /// <summary>Too many requests.</summary>
    public static WebReply TooManyRequests { get; } = new ErrorReply(429, "Too many requests", "Wait a few seconds, then open the page again.");

    /// <summary>The store failed.</summary>
    public static WebReply StoreFailed { get; } = new ErrorReply(503, "This cannot be done now", "The server has trouble with its disk, or is stopping. Nothing was changed. Try again in a minute.");

    /// <summary>Our own fault.</summary>
    public static WebReply Failed { get; } = new ErrorReply(500, "Something went wrong", "The fault is this server's. Its administrator finds the cause in the log.");

    /// <summary>What the HTTP server does not take.</summary>
    /// <param name="status">Its status.</param>
    public static WebReply BadRequest(int status) => status switch
    {
        413 => new ErrorReply(413, "This is too large", "What was sent is larger than this page takes. Nothing was changed."),
        408 => new ErrorReply(408, "This took too long", "The data came in too slowly. Nothing was changed."),
        _ => new ErrorReply(status, "This cannot be read", "What was sent does not have the form that this page takes. Nothing was changed."),
    };

    private sealed class ErrorReply : WebReply
    {
        private readonly string _title;
        private readonly string _text;

        public ErrorReply(int status, string title, string text)
        {
            (Status, _title, _text) = (status, title, text);
        }

        public MenuItem? Link { get; init; }

        public bool HasHome { get; init; } = true;

        public override async Task WriteAsync(HttpContext context, WebServices services)
        {
            var link = Link ?? (HasHome ? new MenuItem("/", "Go to the first page") : null);
            var html = await services.Renderer.RenderAsync(typeof(ErrorPage), new PageFrame { Title = _title, HasAssets = HasHome }, new ErrorModel(_text, link));
            context.Response.StatusCode = Status;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(html, context.RequestAborted);
        }
    }
}
