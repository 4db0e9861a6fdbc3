using Martlet.Server.Admin;
using Martlet.Store.Model;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Account;

/// <summary>Where the account is signed in now: browsers and mail programs, each of which can be ended.</summary>
internal static class SessionPages
{
    private const string Path = "/sessions";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ShowAsync(request)),
        new("POST", "/sessions/end", WebAccess.SignedIn, request => DoAsync(request, new EndWebSessions(request.Me.Name, request.Field("id")), "session-ended")),
        new("POST", "/sessions/end-others", WebAccess.SignedIn, request => DoAsync(request, new EndWebSessions(request.Me.Name, Except: request.Me.Session.Id), "sessions-ended")),
        new("POST", "/connections/end", WebAccess.SignedIn, request => DoAsync(request, new EndConnection(request.Me.Name, request.Field("id")), "session-ended")),
    ];

    private static async Task<WebReply> DoAsync(WebRequest request, AdminRequest change, string notice)
    {
        var reply = await request.RunAsync(change);
        return reply.Status == AdminStatus.Done ? WebReply.Redirect(Notices.With(Path, notice)) : await ShowAsync(request, reply.Text);
    }

    private static async Task<WebReply> ShowAsync(WebRequest request, string problem = "")
    {
        var services = request.Services;
        var connections = await request.RunAsync(new ListConnections(request.Me.Name));
        var keys = services.Store.Directory.KeysOf(request.Me.Account!.Id).ToDictionary(key => key.Fingerprint, key => key.Name, StringComparer.Ordinal);
        var sessions = services.Sessions.Of(request.Me.Account.Id);
        return WebReply.Page<SessionsPage>(request, "Signed in now", new SessionsModel(
            problem, request.Me.Session.Id, [.. sessions.Select(session => new SessionRow(session, services.Sessions.LastUse(session)))],
            [.. (connections.Connections ?? []).Select(connection => new ConnectionRow(connection, connection.Key is { } key ? keys.GetValueOrDefault(key, "") : ""))]), problem.Length > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Problem">Why something was not done; empty otherwise.</param>
/// <param name="Mine">The session that looks at it.</param>
/// <param name="Sessions">Browsers.</param>
/// <param name="Connections">Mail programs.</param>
public sealed record SessionsModel(string Problem, string Mine, IReadOnlyList<SessionRow> Sessions, IReadOnlyList<ConnectionRow> Connections);

/// <summary>A browser.</summary>
/// <param name="Session">Its session.</param>
/// <param name="LastUse">When it was last used.</param>
public sealed record SessionRow(WebSession Session, DateTimeOffset LastUse)
{
    /// <summary>When it was signed in.</summary>
    public DateTimeOffset Created => DateTimeOffset.FromUnixTimeSeconds(Session.Created);
}

/// <summary>A mail program.</summary>
/// <param name="Connection">Its connection.</param>
/// <param name="Key">Name of its key; empty without.</param>
public sealed record ConnectionRow(ConnectionSummary Connection, string Key);
