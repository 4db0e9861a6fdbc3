using Martlet.Server.Config;
using Martlet.Web.Api;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Martlet.Web.Sessions;

namespace Martlet.Web.Admin;

/// <summary>The administrators' pages and, beside them, the interface for programs: on a listener of their own, and never on that of the users.</summary>
internal static class AdminEndpoints
{
    /// <summary>The surface.</summary>
    public static Surface Surface() => new(MailProtocol.Admin,
    [
        AssetFiles.Route,
        .. SignInPages.Routes(AdminSignIn.CheckAsync, "Name"),
        .. HomePages.Routes,
        .. DomainPages.Routes,
        .. AccountListPages.Routes,
        .. AccountPages.Routes,
        .. AccessPages.Routes,
        .. AliasPages.Routes,
        .. KeyListPages.Routes,
        .. LoginListPages.Routes,
        .. QuotaPages.Routes,
        .. AdministratorPages.Routes,
        .. TokenPages.Routes,
        .. LookupPages.Routes,
        .. ConfigurationPages.Routes,
        .. LoggingPages.Routes,
        .. ApiEndpoints.Routes,
    ])
    {
        Realm = SessionRealm.Administrator,
        Title = "Martlet administration",
        Menu =
        [
            new("/", "Overview"),
            new("/domains", "Domains"),
            new("/accounts", "Accounts"),
            new("/aliases", "Aliases"),
            new("/keys", "Keys"),
            new("/logins", "Sign-ins"),
            new("/quotas", "Quotas"),
            new("/lookup", "Where mail goes"),
            new("/configuration", "Configuration"),
            new("/logging", "Log levels"),
            new("/administrators", "Administrators"),
        ],
    };
}
