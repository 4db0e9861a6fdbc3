using Martlet.Web.Hosting;
using Martlet.Web.Safety;
using Martlet.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Martlet.Web.Routing;

/// <summary>What stands before every handler: session, origin, size of the body, token of the form. A handler runs only when all of it is right.</summary>
internal static class RouteRunner
{
    /// <summary>Answers a request.</summary>
    public static async Task RunAsync(HttpContext context, Surface surface, WebRoute route, WebServices services)
    {
        var reply = await AnswerAsync(context, surface, route, services);
        await reply.WriteAsync(context, services);
    }

    private static async Task<WebReply> AnswerAsync(HttpContext context, Surface surface, WebRoute route, WebServices services)
    {
        var isPost = route.Method == "POST";
        if (route.BodyBytesMax is { } max && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = max;
        }

        if (route.Access == WebAccess.Anybody)
        {
            return await route.Handle(new WebRequest(context, surface, services));
        }

        var realm = surface.Realm!;
        var user = services.Sessions.Find(SessionCookies.Read(context, realm.Cookie), realm);
        if (route.Access == WebAccess.SignedIn && user is null)
        {
            return isPost ? ErrorReplies.SignedOut : WebReply.Redirect(realm.SignInPath);
        }

        if (isPost && !OriginCheck.IsOurs(context.Request))
        {
            return ErrorReplies.WrongForm;
        }

        // Who is signed in has the token of the session; a visitor has one of a cookie that lives as long as the browser.
        var token = route.Access == WebAccess.SignedIn ? FormTokens.Of(user!.Token) : FormTokens.Of(SessionCookies.Visit(context, realm, mayMake: !isPost));
        var form = isPost && !route.IsStreamed ? await ReadFormAsync(context, route.BodyBytesMax is { } own ? services.Limits with { FormBytesMax = (int)own } : services.Limits) : FormCollection.Empty;
        if (isPost && !route.IsStreamed && !FormTokens.AreSame(token, form[FormTokens.Field].ToString()))
        {
            return ErrorReplies.WrongForm;
        }

        return await route.Handle(new WebRequest(context, surface, services) { User = user, FormToken = token, Form = form });
    }

    private static async Task<IFormCollection> ReadFormAsync(HttpContext context, WebLimits limits)
    {
        if (!context.Request.HasFormContentType)
        {
            return FormCollection.Empty;
        }

        try
        {
            return await context.Request.ReadFormAsync(
                new FormOptions
                {
                    ValueCountLimit = limits.FormFieldsMax,
                    KeyLengthLimit = 64,
                    ValueLengthLimit = limits.FormBytesMax,
                    BufferBodyLengthLimit = limits.FormBytesMax,
                    MultipartBodyLengthLimit = limits.FormBytesMax,
                    MultipartHeadersCountLimit = 8,
                    MultipartHeadersLengthLimit = 4096,
                    // All of it fits: no file of a form ever goes to the disk.
                    MemoryBufferThreshold = limits.FormBytesMax,
                },
                context.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException("The form is over a limit, or not in its form.", StatusCodes.Status400BadRequest, e);
        }
    }
}
