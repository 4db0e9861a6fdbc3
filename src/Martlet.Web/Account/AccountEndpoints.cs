using Martlet.Server.Config;
using Martlet.Web.Hosting;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Martlet.Web.Sessions;
using Martlet.Web.Transfer;
using Martlet.Web.WellKnown;

namespace Martlet.Web.Account;

/// <summary>The pages of a user's own account. Every handler works on the account that is signed in, and takes no name of an account from a form.</summary>
internal static class AccountEndpoints
{
    /// <summary>The surface.</summary>
    public static Surface Surface(WebServices services) => new(MailProtocol.Https,
    [
        AssetFiles.Route,
        .. SignInPages.Routes(AccountSignIn.CheckAsync, "Address"),
        .. OverviewPages.Routes,
        .. PasswordPages.Routes,
        .. KeyPages.Routes,
        .. SessionPages.Routes,
        .. LoginPages.Routes,
        .. CapabilityPages.Routes,
        .. ProgramPages.Routes,
        .. TransferPages.Routes(services.Limits.UploadBytesMax),
        .. AutoconfigEndpoints.Routes,
    ])
    {
        Realm = SessionRealm.Account,
        Menu =
        [
            new("/", "Overview"),
            new("/password", "Password"),
            new("/keys", "Keys"),
            new("/programs", "Mail programs"),
            new("/sessions", "Signed in now"),
            new("/logins", "Sign-ins"),
            new("/transfer", "Import and export"),
            new("/extensions", "IMAP extensions"),
        ],
    };
}
