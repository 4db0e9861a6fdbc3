using Martlet.Server.Admin;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>Which lines the log has, by area; changed while the server runs.</summary>
internal static class LoggingPages
{
    private const string Path = "/logging";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ShowAsync(request, Retry.None)),
        new("POST", "/logging/levels", WebAccess.SignedIn, ChangeAsync),
    ];

    private static async Task<WebReply> ChangeAsync(WebRequest request)
    {
        var now = (await request.RunAsync(new ShowLogLevels())).LogLevels ?? [];
        // Only what the form has: a browser that sends less changes less.
        var changes = now.Select(row => (row.Area, Level: request.Field(row.Area))).Where(row => row.Level.Length > 0).Select(row => $"{row.Area}={row.Level}").ToList();
        return changes.Count == 0
            ? await ShowAsync(request, Retry.Of(request, "Choose a level for each area."))
            : await request.ChangeAsync(new SetLogLevels(changes, Keep: request.Field("keep") == "on"), Path, "levels", retry => ShowAsync(request, retry));
    }

    private static async Task<WebReply> ShowAsync(WebRequest request, Retry retry)
    {
        var reply = await request.RunAsync(new ShowLogLevels());
        return WebReply.Page<LoggingPage>(request, "Log levels", new LoggingModel(reply.LogLevels ?? [], retry), retry.Status);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Areas">Areas with their levels.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record LoggingModel(IReadOnlyList<LogLevelSummary> Areas, Retry Retry);
