using Martlet.Server.Admin;
using Martlet.Web.Hosting;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Microsoft.Extensions.Logging;

namespace Martlet.Web.Admin;

/// <summary>What the forms of administrators' pages have in common: a request is carried out and written down with who asked, then the browser is sent on.</summary>
internal static partial class AdminActions
{
    /// <summary>Carries out a change; the log says who asked for what. What was asked for in detail is not in it: passwords are.</summary>
    public static async Task<AdminReply> ChangeAsync(this WebRequest request, AdminRequest change)
    {
        var reply = await request.RunAsync(change);
        Note(request, change, request.Me.Name, reply);
        return reply;
    }

    /// <summary>The same, and then to a page.</summary>
    /// <param name="request">The form.</param>
    /// <param name="change">What is to be done.</param>
    /// <param name="path">The page.</param>
    /// <param name="notice">What it says.</param>
    /// <param name="again">Shows the form again with what is wrong.</param>
    public static async Task<WebReply> ChangeAsync(this WebRequest request, AdminRequest change, string path, string notice, Func<Retry, Task<WebReply>> again)
    {
        var reply = await request.ChangeAsync(change);
        return reply.Status == AdminStatus.Done ? WebReply.Redirect(Notices.With(path, notice)) : await again(Retry.Of(request, reply.Text));
    }

    /// <summary>Asks for the administrator's password once more (field <c>current</c>).</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static async Task<string?> PasswordProblemAsync(this WebRequest request)
    {
        var password = request.Field("current");
        if (password.Length is 0 or > AdminSignIn.PasswordCharsMax)
        {
            return "Give your own password too.";
        }

        var reply = await request.RunAsync(new ConfirmAdministrator(request.Me.Name, password));
        return reply.Status == AdminStatus.Done ? null : reply.Text;
    }

    /// <summary>Writes down who asked for what.</summary>
    public static void Note(WebRequest request, AdminRequest asked, string by, AdminReply reply)
    {
        var (what, cid, remote) = (AdminCatalog.NameOf(asked), WebServer.CidOf(request.Http), request.Remote.ToString());
        LogAsked(request.Services.Logger, what, by, reply.Status, cid, remote);
    }

    [LoggerMessage(EventId = 6003, Level = LogLevel.Information, Message = "admin request do={Do} by={By} status={Status} cid={Cid} remote={Remote}")]
    private static partial void LogAsked(ILogger logger, string @do, string by, AdminStatus status, string cid, string remote);
}
