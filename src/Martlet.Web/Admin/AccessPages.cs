using Martlet.Server.Admin;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>What gets in to an account, and what is in now: keys, browsers, mail programs.</summary>
internal static class AccessPages
{
    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", "/accounts/access", WebAccess.SignedIn, request => ShowAsync(request, request.Query("address"), Retry.None)),
        new("POST", "/accounts/keys/add", WebAccess.SignedIn, AddKeyAsync),
        new("POST", "/accounts/keys/remove", WebAccess.SignedIn, request => ChangeAsync(request, new RemoveKey(request.Field("id"), Address(request)), "key-removed")),
        new("POST", "/accounts/sessions/end", WebAccess.SignedIn, EndSessionsAsync),
        new("POST", "/accounts/connections/end", WebAccess.SignedIn, request => ChangeAsync(request, new EndConnection(Address(request), request.Field("id")), "session-ended")),
    ];

    private static string Address(WebRequest request) => request.Field("address");

    private static Task<WebReply> ChangeAsync(WebRequest request, AdminRequest change, string notice)
    {
        var address = Address(request);
        return request.ChangeAsync(change, Places.Access(address), notice, retry => ShowAsync(request, address, retry));
    }

    private static Task<WebReply> AddKeyAsync(WebRequest request)
    {
        var name = request.Field("name").Trim();
        var key = new AddKey(request.Field("signs-in-as") is { Length: > 0 } chosen ? chosen : Address(request), request.Field("pem").Trim(), request.IsTicked("preauth"), name.Length > 0 ? name : null);
        // The form is of one account: a key for another one is not added from it.
        var directory = request.Services.Store.Directory;
        return directory.FindAddress(key.Address)?.Id == directory.FindAddress(Address(request))?.Id
            ? ChangeAsync(request, key, "key-added")
            : ShowAsync(request, Address(request), Retry.Of(request, "Choose an address of the account."));
    }

    private static Task<WebReply> EndSessionsAsync(WebRequest request) =>
        ChangeAsync(request, new EndWebSessions(Address(request), request.Field("id") is { Length: > 0 } id ? id : null), "session-ended");

    private static async Task<WebReply> ShowAsync(WebRequest request, string address, Retry retry)
    {
        var account = (await request.RunAsync(new ShowAccount(address))).Account;
        if (account is null)
        {
            return ErrorReplies.NotFound;
        }

        var keys = (await request.RunAsync(new ListKeys(address))).Keys ?? [];
        var sessions = (await request.RunAsync(new ListWebSessions(address))).WebSessions ?? [];
        var connections = (await request.RunAsync(new ListConnections(address))).Connections ?? [];
        return WebReply.Page<AccessPage>(request, account.Address, new AccessModel(account.Address, account.Addresses, keys, sessions, connections, retry), retry.Status);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Address">Name of the account.</param>
/// <param name="Addresses">Addresses a key may log in as.</param>
/// <param name="Keys">Keys.</param>
/// <param name="Sessions">Browsers.</param>
/// <param name="Connections">Mail programs.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record AccessModel(
    string Address, IReadOnlyList<string> Addresses, IReadOnlyList<KeySummary> Keys, IReadOnlyList<WebSessionSummary> Sessions, IReadOnlyList<ConnectionSummary> Connections, Retry Retry);
