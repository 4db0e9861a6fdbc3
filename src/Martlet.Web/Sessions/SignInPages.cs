using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Sessions;

/// <summary>Signing in and out, the same for every realm; how a name and a password become a session is the realm's own (<see cref="SignInCheck"/>).</summary>
internal static class SignInPages
{
    private const string Title = "Sign in";

    /// <summary>The routes.</summary>
    /// <param name="check">Checks name and password.</param>
    /// <param name="nameLabel">What the realm's names are.</param>
    public static IEnumerable<WebRoute> Routes(SignInCheck check, string nameLabel) =>
    [
        new("GET", "/sign-in", WebAccess.Visitor, request => Show(request, nameLabel)),
        new("POST", "/sign-in", WebAccess.Visitor, request => SignInAsync(request, check, nameLabel)),
        new("POST", "/sign-out", WebAccess.SignedIn, SignOutAsync),
    ];

    private static WebReply Show(WebRequest request, string nameLabel) =>
        request.User is null ? WebReply.Page<SignInPage>(request, Title, new SignInModel(nameLabel, "", "")) : WebReply.Redirect("/");

    private static async Task<WebReply> SignInAsync(WebRequest request, SignInCheck check, string nameLabel)
    {
        var name = request.Field("name");
        var result = await check(request, name, request.Field("password"));
        if (result.Token is null)
        {
            return WebReply.Page<SignInPage>(request, Title, new SignInModel(nameLabel, name, result.Problem), result.Status);
        }

        // A session that the browser had before ends: its token may be known to somebody who put it there.
        if (request.User is { } before)
        {
            await request.Services.Sessions.EndAsync(before);
        }

        SessionCookies.Set(request.Http, request.Surface.Realm!.Cookie, result.Token);
        SessionCookies.Remove(request.Http, request.Surface.Realm!.VisitCookie);
        return WebReply.Redirect("/");
    }

    private static async Task<WebReply> SignOutAsync(WebRequest request)
    {
        await request.Services.Sessions.EndAsync(request.Me);
        SessionCookies.Remove(request.Http, request.Surface.Realm!.Cookie);
        request.Http.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return WebReply.Redirect(Notices.With(request.Surface.Realm!.SignInPath, "signed-out"));
    }
}

/// <summary>Checks a name and a password, and starts a session. It must answer alike, in words and in time, whether the name is there or not.</summary>
internal delegate Task<SignInResult> SignInCheck(WebRequest request, string name, string password);

/// <summary>What became of a sign-in.</summary>
/// <param name="Token">Token of the new session; null when there is none.</param>
/// <param name="Problem">What to tell then.</param>
/// <param name="Status">Status of the answer then.</param>
internal sealed record SignInResult(string? Token, string Problem = "", int Status = StatusCodes.Status403Forbidden)
{
    /// <summary>Nothing of the token: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(SignInResult)} {{ {Status} }}";
}
