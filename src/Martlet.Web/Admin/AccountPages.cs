using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Web.Account;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>One account: name, password, limits, addresses, whether anybody signs in to it, and its end.</summary>
internal static class AccountPages
{
    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", "/accounts/show", WebAccess.SignedIn, request => ShowAsync(request, request.Query("address"), Retry.None)),
        new("POST", "/accounts/name", WebAccess.SignedIn, request => ChangeAsync(request, new SetDisplayName(Address(request), request.Field("name").Trim()), "account-changed")),
        new("POST", "/accounts/password", WebAccess.SignedIn, SetPasswordAsync),
        new("POST", "/accounts/quota", WebAccess.SignedIn, SetQuotaAsync),
        new("POST", "/accounts/disable", WebAccess.SignedIn, request => ChangeAsync(request, new DisableAccount(Address(request), request.Field("text").Trim()), "account-disabled")),
        new("POST", "/accounts/enable", WebAccess.SignedIn, request => ChangeAsync(request, new EnableAccount(Address(request)), "account-enabled")),
        new("POST", "/accounts/extensions", WebAccess.SignedIn, SetExtensionsAsync),
        new("POST", "/accounts/addresses/add", WebAccess.SignedIn, request => ChangeAsync(request, new AddAddress(Address(request), request.Field("new").Trim()), "address-added")),
        new("POST", "/accounts/addresses/remove", WebAccess.SignedIn, RemoveAddressAsync),
        new("POST", "/accounts/remove", WebAccess.SignedIn, RemoveAsync),
    ];

    private static string Address(WebRequest request) => request.Field("address");

    private static Task<WebReply> ChangeAsync(WebRequest request, AdminRequest change, string notice)
    {
        var address = Address(request);
        return request.ChangeAsync(change, Places.Account(address), notice, retry => ShowAsync(request, address, retry));
    }

    private static async Task<WebReply> SetPasswordAsync(WebRequest request)
    {
        var (address, password) = (Address(request), GeneratedPassword.Make());
        var reply = await request.ChangeAsync(new SetPassword(address, password));
        return reply.Status == AdminStatus.Done
            ? WebReply.Page<SecretPage>(request, "The password is changed", new SecretModel(
                "", $"The new password of {address}", password, "What was signed in with the old one has ended. It is shown this once.", new MenuItem(Places.Account(address), "Back to the account")))
            : await ShowAsync(request, address, Retry.Of(request, reply.Text));
    }

    private static async Task<WebReply> SetQuotaAsync(WebRequest request)
    {
        var (bytes, messages) = (LimitText.Bytes(request.Field("bytes")), LimitText.Messages(request.Field("messages")));
        return bytes is null || messages is null
            ? await ShowAsync(request, Address(request), Retry.Of(request, bytes is null
                ? "The size is a number with a unit, as in 500 MB or 5 GB, or the word none, or default."
                : "The number of messages is a number above 0, or the word none, or default."))
            : await ChangeAsync(request, new SetQuota(Address(request), bytes, messages), "account-changed");
    }

    private static Task<WebReply> SetExtensionsAsync(WebRequest request)
    {
        // A box that is not ticked is not sent: what is missing is off.
        var on = request.Form["on"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var all = request.Services.Admin.HideableCapabilities;
        return ChangeAsync(request, new SetCapabilities(Address(request), [.. all.Where(name => !on.Contains(name))], [.. all.Where(on.Contains)]), "capabilities");
    }

    private static Task<WebReply> RemoveAddressAsync(WebRequest request)
    {
        // Of this account: the form says which page it was on, and another account's address is not removed from it.
        var directory = request.Services.Store.Directory;
        return directory.FindAddress(request.Field("old")) is { } owner && directory.FindAddress(Address(request))?.Id == owner.Id
            ? ChangeAsync(request, new RemoveAddress(request.Field("old")), "address-removed")
            : ShowAsync(request, Address(request), Retry.Of(request, "The account has no such address any more."));
    }

    private static async Task<WebReply> RemoveAsync(WebRequest request)
    {
        var address = Address(request);
        return request.Field("confirm").Trim() != address
            ? await ShowAsync(request, address, Retry.Of(request, $"Nothing was removed: type {address} to say that you mean it."))
            : await request.ChangeAsync(new RemoveAccount(address), "/accounts", "account-removed", retry => ShowAsync(request, address, retry));
    }

    private static async Task<WebReply> ShowAsync(WebRequest request, string address, Retry retry)
    {
        var reply = await request.RunAsync(new ShowAccount(address));
        if (reply.Account is not { } account)
        {
            return ErrorReplies.NotFound;
        }

        var hidden = account.HiddenCapabilities.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return WebReply.Page<AccountPage>(request, account.Address, new AccountModel(
            account, [.. request.Services.Admin.HideableCapabilities.Order(StringComparer.Ordinal).Select(name => new CapabilitySwitch(name, !hidden.Contains(name)))], retry), retry.Status);
    }
}

/// <summary>What the page of an account shows.</summary>
/// <param name="Account">The account.</param>
/// <param name="Switches">IMAP extensions.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record AccountModel(AccountDetails Account, IReadOnlyList<CapabilitySwitch> Switches, Retry Retry);
