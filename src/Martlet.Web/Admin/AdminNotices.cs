namespace Martlet.Web.Admin;

/// <summary>What administrators' pages say after something was done (<see cref="Pages.Notices"/>).</summary>
internal static class AdminNotices
{
    /// <summary>All of them.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["domain-added"] = "The domain is added.",
        ["domain-changed"] = "The domain is changed.",
        ["domain-removed"] = "The domain is removed.",
        ["account-changed"] = "The account is changed.",
        ["account-removed"] = "The account and its mail are gone.",
        ["account-disabled"] = "Nobody signs in to the account any more; its sessions have ended, and mail still comes in.",
        ["account-enabled"] = "The account may sign in again.",
        ["address-added"] = "The address is added.",
        ["address-removed"] = "The address is removed.",
        ["alias-added"] = "The alias is added.",
        ["alias-changed"] = "The alias is changed.",
        ["alias-removed"] = "The alias is removed.",
        ["levels"] = "The levels of the log are changed.",
        ["settings"] = "The settings are changed.",
        ["administrator-added"] = "The administrator is added.",
        ["administrator-password"] = "The password is changed, and all browsers that used the old one are signed out.",
        ["administrator-removed"] = "The administrator is removed, with sessions and tokens.",
        ["administrator-signed-out"] = "The browsers are signed out.",
        ["token-removed"] = "The token is removed and not taken any more.",
    };
}
