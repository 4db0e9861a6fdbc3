using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Sessions;

/// <summary>The two cookies there are: the session's, and the visit's for the form of the sign-in page. Both end with the browser; the server ends them earlier.</summary>
internal static class SessionCookies
{
    /// <summary>A cookie's token; empty when it is not there or not in the form of one.</summary>
    public static string Read(HttpContext context, string name) => context.Request.Cookies[name] is { } token && Tokens.IsOne(token) ? token : "";

    /// <summary>Gives the browser a token.</summary>
    public static void Set(HttpContext context, string name, string token) => context.Response.Cookies.Append(name, token, Options());

    /// <summary>Takes it back.</summary>
    public static void Remove(HttpContext context, string name) => context.Response.Cookies.Delete(name, Options());

    /// <summary>The token of the visit, made when there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="realm">For whom.</param>
    /// <param name="mayMake">False for a form that comes in: it must have one.</param>
    public static string Visit(HttpContext context, SessionRealm realm, bool mayMake)
    {
        var token = Read(context, realm.VisitCookie);
        if (token.Length == 0 && mayMake)
        {
            token = Tokens.Make();
            Set(context, realm.VisitCookie, token);
        }

        return token;
    }

    // No Domain, Path / and Secure are what the __Host- prefix wants.
    private static CookieOptions Options() => new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true };
}
