using System.Text;
using Martlet.Web.Hosting;
using Martlet.Web.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Routing;

/// <summary>The answer to a request, as a value; written by <see cref="RouteRunner"/>.</summary>
internal abstract class WebReply
{
    /// <summary>Status of the answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>Writes it.</summary>
    public abstract Task WriteAsync(HttpContext context, WebServices services);

    /// <summary>A page: a component with a parameter <c>Model</c>.</summary>
    /// <param name="request">Whose frame it gets.</param>
    /// <param name="title">Its heading and the browser's title.</param>
    /// <param name="model">What it shows.</param>
    /// <param name="status">Status.</param>
    /// <param name="refreshSeconds">Seconds after which the browser loads it anew; null for never.</param>
    public static WebReply Page<TPage>(WebRequest request, string title, object model, int status = StatusCodes.Status200OK, int? refreshSeconds = null)
        where TPage : IComponent =>
        new PageReply(typeof(TPage), PageFrame.Of(request, title) with { RefreshSeconds = refreshSeconds }, model) { Status = status };

    /// <summary>After a POST, to a page of ours; a reload shows that page and sends nothing again.</summary>
    /// <param name="path">Path of ours, with what belongs behind the question mark.</param>
    public static WebReply Redirect(string path) => new RedirectReply(path) { Status = StatusCodes.Status303SeeOther };

    /// <summary>Text or data of a known type.</summary>
    /// <param name="contentType">Type with charset.</param>
    /// <param name="text">The text.</param>
    /// <param name="status">Status.</param>
    public static WebReply Text(string contentType, string text, int status = StatusCodes.Status200OK) => new BytesReply(contentType, Encoding.UTF8.GetBytes(text), fileName: null) { Status = status };

    /// <summary>A file to keep.</summary>
    /// <param name="contentType">Type.</param>
    /// <param name="fileName">Name it is proposed under; ASCII letters, digits, dots, hyphens only.</param>
    /// <param name="bytes">The file.</param>
    public static WebReply File(string contentType, string fileName, ReadOnlyMemory<byte> bytes) => new BytesReply(contentType, bytes, fileName);

    /// <summary>Anything else.</summary>
    /// <param name="write">Writes it.</param>
    public static WebReply By(Func<HttpContext, Task> write) => new WrittenReply(write);

    private sealed class PageReply(Type component, PageFrame frame, object model) : WebReply
    {
        public override async Task WriteAsync(HttpContext context, WebServices services)
        {
            var html = await services.Renderer.RenderAsync(component, frame, model);
            context.Response.StatusCode = Status;
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(html, context.RequestAborted);
        }
    }

    private sealed class RedirectReply(string path) : WebReply
    {
        public override Task WriteAsync(HttpContext context, WebServices services)
        {
            context.Response.StatusCode = Status;
            context.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }

    private sealed class BytesReply(string contentType, ReadOnlyMemory<byte> bytes, string? fileName) : WebReply
    {
        public override Task WriteAsync(HttpContext context, WebServices services)
        {
            context.Response.StatusCode = Status;
            context.Response.ContentType = contentType;
            context.Response.ContentLength = bytes.Length;
            if (fileName is not null)
            {
                context.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
            }

            return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(bytes, context.RequestAborted).AsTask();
        }
    }

    private sealed class WrittenReply(Func<HttpContext, Task> write) : WebReply
    {
        public override Task WriteAsync(HttpContext context, WebServices services) => write(context);
    }
}
