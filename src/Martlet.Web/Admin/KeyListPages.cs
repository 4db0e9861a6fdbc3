using Martlet.Server.Admin;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>Keys of all accounts.</summary>
internal static class KeyListPages
{
    private const string Path = "/keys";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ListAsync(request, Retry.None)),
        new("POST", "/keys/remove", WebAccess.SignedIn, request => request.ChangeAsync(new RemoveKey(request.Field("id")), Path, "key-removed", retry => ListAsync(request, retry))),
    ];

    private static async Task<WebReply> ListAsync(WebRequest request, Retry retry)
    {
        var search = request.Query("search");
        var reply = await request.RunAsync(new ListKeys { Search = search, Limit = AccountListPages.RowsMax });
        return WebReply.Page<KeyListPage>(request, "Keys", new KeyListModel(reply.Keys ?? [], search, AccountListPages.RowsMax, retry), retry.Status);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Keys">Those that are found.</param>
/// <param name="Search">What is looked for.</param>
/// <param name="Most">Rows at most.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record KeyListModel(IReadOnlyList<KeySummary> Keys, string Search, int Most, Retry Retry);
