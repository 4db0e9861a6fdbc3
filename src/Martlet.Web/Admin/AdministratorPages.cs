using Martlet.Server.Admin;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Martlet.Web.Sessions;

namespace Martlet.Web.Admin;

/// <summary>Administrators, and their tokens for programs. What lets somebody in asks for the own password once more.</summary>
internal static class AdministratorPages
{
    /// <summary>The page.</summary>
    public const string Path = "/administrators";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ShowAsync(request, Retry.None)),
        new("POST", "/administrators/add", WebAccess.SignedIn, request => SetAsync(
            request, new SetAdministrator(request.Field("name").Trim(), request.Field("password")) { MustBeNew = true }, "administrator-added")),
        new("POST", "/administrators/password", WebAccess.SignedIn, request => SetAsync(
            request, new SetAdministrator(request.Field("name"), request.Field("password")) { MustExist = true }, "administrator-password")),
        new("POST", "/administrators/remove", WebAccess.SignedIn, RemoveAsync),
        new("POST", "/administrators/sign-out", WebAccess.SignedIn, SignOutAsync),
    ];

    /// <summary>The page, with a form that was not taken.</summary>
    public static async Task<WebReply> ShowAsync(WebRequest request, Retry retry)
    {
        var administrators = (await request.RunAsync(new ListAdministrators())).Administrators ?? [];
        var tokens = (await request.RunAsync(new ListTokens())).Tokens ?? [];
        return WebReply.Page<AdministratorsPage>(request, "Administrators", new AdministratorsModel(request.Me.Name, administrators, tokens, request.Services.Time.GetUtcNow(), retry), retry.Status);
    }

    private static async Task<WebReply> SetAsync(WebRequest request, SetAdministrator change, string notice)
    {
        if (request.Field("password") != request.Field("again"))
        {
            return await ShowAsync(request, Retry.Of(request, "The two new passwords differ."));
        }

        if (await request.PasswordProblemAsync() is { } problem)
        {
            return await ShowAsync(request, Retry.Of(request, problem));
        }

        var reply = await request.ChangeAsync(change);
        if (reply.Status != AdminStatus.Done)
        {
            return await ShowAsync(request, Retry.Of(request, reply.Text));
        }

        // One's own password: this session has ended with all others, and a new one begins.
        if (change.Name.Equals(request.Me.Name, StringComparison.OrdinalIgnoreCase))
        {
            var result = await AdminSignIn.CheckAsync(request, change.Name, change.Password);
            if (result.Token is null)
            {
                return WebReply.Redirect(request.Surface.Realm!.SignInPath);
            }

            SessionCookies.Set(request.Http, request.Surface.Realm!.Cookie, result.Token);
        }

        return WebReply.Redirect(Notices.With(Path, notice));
    }

    private static async Task<WebReply> RemoveAsync(WebRequest request)
    {
        var name = request.Field("name");
        return request.Field("confirm").Trim() != name
            ? await ShowAsync(request, Retry.Of(request, $"Nothing was removed: type {name} to say that you mean it."))
            : await request.ChangeAsync(new RemoveAdministrator(name), Path, "administrator-removed", retry => ShowAsync(request, retry));
    }

    private static Task<WebReply> SignOutAsync(WebRequest request)
    {
        var name = request.Field("name");
        return request.ChangeAsync(
            new EndAdministratorSessions(name, name == request.Me.Name ? request.Me.Session.Id : null), Path, "administrator-signed-out", retry => ShowAsync(request, retry));
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Me">Who looks at it.</param>
/// <param name="Administrators">All.</param>
/// <param name="Tokens">All.</param>
/// <param name="Now">What expires before is not taken any more.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record AdministratorsModel(string Me, IReadOnlyList<AdministratorSummary> Administrators, IReadOnlyList<TokenSummary> Tokens, DateTimeOffset Now, Retry Retry);
