using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>Accounts, found and listed in parts, and new ones.</summary>
internal static class AccountListPages
{
    private const string Path = "/accounts";

    /// <summary>Rows of a part of a list.</summary>
    public const int RowsMax = 100;

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ListAsync(request, Retry.None)),
        new("POST", "/accounts/add", WebAccess.SignedIn, AddAsync),
    ];

    private static async Task<WebReply> AddAsync(WebRequest request)
    {
        var address = request.Field("address").Trim();
        var password = GeneratedPassword.Make();
        var reply = await request.ChangeAsync(new AddAccount(address, password));
        if (reply.Status != AdminStatus.Done)
        {
            return await ListAsync(request, Retry.Of(request, reply.Text));
        }

        if (request.Field("name").Trim() is { Length: > 0 } name)
        {
            var named = await request.ChangeAsync(new SetDisplayName(address, name));
            if (named.Status != AdminStatus.Done)
            {
                return Made(request, address, password, named.Text);
            }
        }

        return Made(request, address, password, problem: "");
    }

    // Not after a redirect: the password is kept nowhere from which another page could show it.
    private static WebReply Made(WebRequest request, string address, string password, string problem) => WebReply.Page<SecretPage>(request, "The account is made", new SecretModel(
        problem, $"The password of {address}", password, "Give it to its owner, who can change it on the account page. It is shown this once.", new MenuItem(Places.Account(address), "Go to the account")));

    private static async Task<WebReply> ListAsync(WebRequest request, Retry retry)
    {
        var (search, after) = (request.Query("search"), request.Query("after"));
        var reply = await request.RunAsync(new ListAccounts { Search = search, After = after.Length > 0 ? after : null, Limit = RowsMax });
        var model = new AccountsModel(reply.Accounts ?? [], search, after.Length > 0, reply.Next, request.Services.Store.Directory.Current.Domains.Count > 0, retry);
        return WebReply.Page<AccountsPage>(request, "Accounts", model, retry.Status);
    }
}

/// <summary>What the list shows.</summary>
/// <param name="Accounts">A part of them.</param>
/// <param name="Search">What is looked for.</param>
/// <param name="IsLaterPart">Whether others come before.</param>
/// <param name="Next">Where the next part begins; null at the end.</param>
/// <param name="HasDomains">Whether there is a domain for a new account.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record AccountsModel(IReadOnlyList<AccountSummary> Accounts, string Search, bool IsLaterPart, string? Next, bool HasDomains, Retry Retry);

/// <summary>What a page shows that shows a secret, once.</summary>
/// <param name="Problem">What was not done beside it; empty for nothing.</param>
/// <param name="Label">What it is.</param>
/// <param name="Secret">The secret.</param>
/// <param name="Text">What to do with it.</param>
/// <param name="Link">Where to go on.</param>
public sealed record SecretModel(string Problem, string Label, string Secret, string Text, MenuItem Link)
{
    /// <summary>Nothing of the secret: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(SecretModel)} {{ {Label} }}";
}
