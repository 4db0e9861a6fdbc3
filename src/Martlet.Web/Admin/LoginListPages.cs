using Martlet.Server.Admin;
using Martlet.Web.Account;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>Who signed in or tried to: all, those of one account, or those that named no account.</summary>
internal static class LoginListPages
{
    private const int RowsMax = 200;

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } = [new("GET", "/logins", WebAccess.SignedIn, ShowAsync)];

    private static async Task<WebReply> ShowAsync(WebRequest request)
    {
        var address = request.Query("address");
        var isUnknown = request.Query("of") == "unknown";
        var reply = await request.RunAsync(address.Length > 0 ? new ListLogins(RowsMax, address) : new ListLogins(RowsMax) { IsOfAll = !isUnknown });
        if (reply.Status == AdminStatus.Refused)
        {
            return ErrorReplies.NotFound;
        }

        var names = request.Services.Store.Directory.Current.Keys.Values.ToDictionary(key => key.Fingerprint, key => key.Name, StringComparer.Ordinal);
        return WebReply.Page<LoginListPage>(request, address.Length > 0 ? address : "Sign-ins", new LoginListModel(LoginPages.Rows(reply, names), RowsMax, address, isUnknown));
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Rows">The newest first.</param>
/// <param name="Most">Rows at most.</param>
/// <param name="Address">Whose; empty for those of more than one.</param>
/// <param name="IsUnknown">Whether they named no account.</param>
public sealed record LoginListModel(IReadOnlyList<LoginRow> Rows, int Most, string Address, bool IsUnknown);
