using Martlet.Server.Admin;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Account;

/// <summary>The first page: who it is, how much there is and how much there may be.</summary>
internal static class OverviewPages
{
    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", "/", WebAccess.SignedIn, request => Show(request)),
        new("POST", "/name", WebAccess.SignedIn, SetNameAsync),
    ];

    private static WebReply Show(WebRequest request, string? name = null, string problem = "")
    {
        var entry = request.Me.Account!;
        var services = request.Services;
        if (services.Store.OpenAccount(entry.Id) is not { } account)
        {
            return ErrorReplies.NotFound;
        }

        var addresses = services.Store.Directory.AddressesOf(entry.Id);
        var (row, limits) = (account.Row, services.Store.QuotaOf(account));
        return WebReply.Page<OverviewPage>(
            request, "Your account", new OverviewModel
            {
                Name = name ?? entry.DisplayName,
                Problem = problem,
                Address = entry.Name,
                Addresses = addresses,
                Aliases = [.. services.Store.Directory.Current.Aliases.Values.Where(alias => alias.Members.Any(addresses.Contains)).Select(alias => alias.Address)],
                Bytes = new Usage(row.Bytes, limits.Bytes),
                Messages = new Usage(row.Messages, limits.Messages),
            },
            problem.Length > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    private static async Task<WebReply> SetNameAsync(WebRequest request)
    {
        var name = request.Field("name");
        var reply = await request.RunAsync(new SetDisplayName(request.Me.Name, name));
        return reply.Status == AdminStatus.Done ? WebReply.Redirect(Notices.With("/", "name")) : Show(request, name, reply.Text);
    }
}

/// <summary>What the first page shows.</summary>
public sealed record OverviewModel
{
    /// <summary>Name of the person.</summary>
    public required string Name { get; init; }

    /// <summary>Why a name was not taken; empty at first.</summary>
    public required string Problem { get; init; }

    /// <summary>Name of the account.</summary>
    public required string Address { get; init; }

    /// <summary>All its addresses.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Aliases whose mail it gets.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Bytes of all messages.</summary>
    public required Usage Bytes { get; init; }

    /// <summary>Number of messages.</summary>
    public required Usage Messages { get; init; }

    /// <summary>The fuller one of the two.</summary>
    public double Share => Math.Max(Bytes.Share, Messages.Share);
}

/// <summary>How much there is of what there may be.</summary>
/// <param name="Used">What there is.</param>
/// <param name="Limit">What there may be; 0 for as much as one wants.</param>
public sealed record Usage(long Used, long Limit)
{
    /// <summary>From this share on it should be seen.</summary>
    public const double Much = 0.80;

    /// <summary>From this share on it must be.</summary>
    public const double NearlyFull = 0.95;

    /// <summary>Part of the limit; 0 without one.</summary>
    public double Share => Limit > 0 ? (double)Used / Limit : 0;

    /// <summary>The same as people read it; never 100 % as long as something fits.</summary>
    public string Percent => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Math.Floor(Share * 100):0} %");
}
