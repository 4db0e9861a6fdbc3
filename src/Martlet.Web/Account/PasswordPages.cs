using Martlet.Server.Admin;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Martlet.Web.Sessions;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Account;

/// <summary>Changing the password. It ends everything that used the old one, this session too; the browser in which it was changed gets a new one.</summary>
internal static class PasswordPages
{
    private const string Title = "Password";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", "/password", WebAccess.SignedIn, request => WebReply.Page<PasswordPage>(request, Title, new PasswordModel(request.Me.Name))),
        new("POST", "/password", WebAccess.SignedIn, ChangeAsync),
    ];

    private static async Task<WebReply> ChangeAsync(WebRequest request)
    {
        var (current, password) = (request.Field("current"), request.Field("password"));
        var model = new PasswordModel(request.Me.Name);
        if (password != request.Field("again"))
        {
            return Wrong(request, model with { AgainProblem = "The two new passwords differ." });
        }

        var reply = await request.RunAsync(new ChangePassword(request.Me.Name, current, password));
        if (reply.Status != AdminStatus.Done)
        {
            return Wrong(request, reply.Text.Contains("current", StringComparison.Ordinal) || reply.Text.StartsWith("Too many", StringComparison.Ordinal)
                ? model with { CurrentProblem = reply.Text }
                : model with { PasswordProblem = reply.Text });
        }

        // By the new password, as any sign-in: recorded in the history, with a session of its own.
        var result = await AccountSignIn.CheckAsync(request, request.Me.Name, password);
        if (result.Token is null)
        {
            return WebReply.Redirect(request.Surface.Realm!.SignInPath);
        }

        SessionCookies.Set(request.Http, request.Surface.Realm!.Cookie, result.Token);
        return WebReply.Redirect(Notices.With("/password", "password"));
    }

    private static WebReply Wrong(WebRequest request, PasswordModel model) => WebReply.Page<PasswordPage>(request, Title, model, StatusCodes.Status400BadRequest);
}

/// <summary>What the page shows.</summary>
/// <param name="Address">Whose password, for password managers.</param>
public sealed record PasswordModel(string Address)
{
    /// <summary>What is wrong with the current one.</summary>
    public string CurrentProblem { get; init; } = "";

    /// <summary>What is wrong with the new one.</summary>
    public string PasswordProblem { get; init; } = "";

    /// <summary>What is wrong with its repetition.</summary>
    public string AgainProblem { get; init; } = "";
}
