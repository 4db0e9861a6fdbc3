using Martlet.Server.Admin;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>Aliases: addresses whose mail goes to several accounts.</summary>
internal static class AliasPages
{
    private const string Path = "/aliases";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ListAsync(request, Retry.None)),
        new("POST", "/aliases/add", WebAccess.SignedIn, AddAsync),
        new("GET", "/aliases/show", WebAccess.SignedIn, request => ShowAsync(request, request.Query("address"), Retry.None)),
        new("POST", "/aliases/change", WebAccess.SignedIn, ChangeAsync),
        new("POST", "/aliases/remove", WebAccess.SignedIn, RemoveAsync),
    ];

    private static Task<WebReply> AddAsync(WebRequest request)
    {
        var change = new SetAlias(request.Field("address").Trim(), Members(request)) { Description = request.Field("description").Trim(), MustBeNew = true };
        return request.ChangeAsync(change, Path, "alias-added", retry => ListAsync(request, retry));
    }

    private static Task<WebReply> ChangeAsync(WebRequest request)
    {
        var address = request.Field("address");
        // One that somebody has removed meanwhile is not made again.
        return request.Services.Store.Directory.FindAlias(address) is null
            ? Task.FromResult(ErrorReplies.NotFound)
            : request.ChangeAsync(
                new SetAlias(address, Members(request)) { Description = request.Field("description").Trim() }, Places.Alias(address), "alias-changed", retry => ShowAsync(request, address, retry));
    }

    private static Task<WebReply> RemoveAsync(WebRequest request)
    {
        var address = request.Field("address");
        return request.ChangeAsync(new RemoveAlias(address), Path, "alias-removed", retry => ShowAsync(request, address, retry));
    }

    private static string[] Members(WebRequest request) => request.Field("members").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static async Task<WebReply> ListAsync(WebRequest request, Retry retry)
    {
        var (search, after) = (request.Query("search"), request.Query("after"));
        var reply = await request.RunAsync(new ListAliases { Search = search, After = after.Length > 0 ? after : null, Limit = AccountListPages.RowsMax });
        return WebReply.Page<AliasesPage>(request, "Aliases", new AliasesModel(reply.Aliases ?? [], search, reply.Next, retry), retry.Status);
    }

    private static async Task<WebReply> ShowAsync(WebRequest request, string address, Retry retry)
    {
        var reply = await request.RunAsync(new ListAliases { Search = address });
        return (reply.Aliases ?? []).FirstOrDefault(alias => alias.Address == address) is { } found
            ? WebReply.Page<AliasPage>(request, found.Address, new AliasModel(found, retry), retry.Status)
            : ErrorReplies.NotFound;
    }
}

/// <summary>What the list shows.</summary>
/// <param name="Aliases">A part of them.</param>
/// <param name="Search">What is looked for.</param>
/// <param name="Next">Where the next part begins; null at the end.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record AliasesModel(IReadOnlyList<AliasSummary> Aliases, string Search, string? Next, Retry Retry);

/// <summary>What the page of an alias shows.</summary>
/// <param name="Alias">The alias.</param>
/// <param name="Retry">A form that was not taken.</param>
public sealed record AliasModel(AliasSummary Alias, Retry Retry);
