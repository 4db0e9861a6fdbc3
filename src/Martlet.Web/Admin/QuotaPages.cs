using Martlet.Server.Admin;
using Martlet.Store.Model;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>What holds for all accounts that have nothing of their own: limits, and who gets mail for postmaster; and which accounts are fullest.</summary>
internal static class QuotaPages
{
    private const string Path = "/quotas";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ShowAsync(request, Retry.None)),
        new("POST", "/quotas/defaults", WebAccess.SignedIn, ChangeAsync),
    ];

    private static async Task<WebReply> ChangeAsync(WebRequest request)
    {
        var (bytes, messages) = (LimitText.Bytes(request.Field("bytes")), LimitText.Messages(request.Field("messages")));
        if (bytes is null || messages is null)
        {
            return await ShowAsync(request, Retry.Of(request, bytes is null
                ? "The size is a number with a unit, as in 500 MB or 5 GB, or the word none."
                : "The number of messages is a number above 0, or the word none."));
        }

        var change = new ChangeSettings
        {
            // Here there is nothing behind the default: none is 0.
            QuotaBytes = bytes == QuotaLimits.None ? 0 : bytes,
            QuotaMessages = messages == QuotaLimits.None ? 0 : messages,
            Postmaster = request.Field("postmaster").Trim() is { Length: > 0 } address ? address : "none",
        };
        return await request.ChangeAsync(change, Path, "settings", retry => ShowAsync(request, retry));
    }

    private static async Task<WebReply> ShowAsync(WebRequest request, Retry retry)
    {
        var settings = (await request.RunAsync(new ShowSettings())).Settings!;
        var reply = await request.RunAsync(new ListAccounts { IsByFullness = true, Limit = AccountListPages.RowsMax });
        return WebReply.Page<QuotasPage>(request, "Quotas", new QuotasModel(settings, reply.Accounts ?? [], AccountListPages.RowsMax, retry), retry.Status);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Settings">What holds for all.</param>
/// <param name="Accounts">The fullest first.</param>
/// <param name="Most">Rows at most.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record QuotasModel(SettingsSummary Settings, IReadOnlyList<AccountSummary> Accounts, int Most, Retry Retry);
