using Martlet.Server.Admin;
using Martlet.Server.Observe;
using Martlet.Web.Routing;

namespace Martlet.Web.Admin;

/// <summary>The first page: how the server is, and how much there is of everything.</summary>
internal static class HomePages
{
    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } = [new("GET", "/", WebAccess.SignedIn, ShowAsync)];

    private static async Task<WebReply> ShowAsync(WebRequest request)
    {
        var health = (await request.RunAsync(new ShowHealth())).Health;
        var state = request.Services.Store.Directory.Current;
        return WebReply.Page<HomePage>(request, "Overview", new HomeModel
        {
            Hostname = request.Services.Config.Hostname,
            Version = Versions.Program,
            Counts =
            [
                new("/domains", "Domains", state.Domains.Count),
                new("/accounts", "Accounts", state.Accounts.Count),
                new("/aliases", "Aliases", state.Aliases.Count),
                new("/keys", "Keys", state.Keys.Count),
                new("/administrators", "Administrators", state.Administrators.Count),
            ],
            Disabled = state.Accounts.Values.Count(account => account.Access.IsDisabled),
            Health = health?.Checks ?? [],
            IsWithoutPostmaster = state.Settings.Postmaster is null,
        });
    }
}

/// <summary>What the page shows.</summary>
public sealed record HomeModel
{
    /// <summary>The server's name.</summary>
    public required string Hostname { get; init; }

    /// <summary>Version of the program.</summary>
    public required string Version { get; init; }

    /// <summary>What was looked at, and how it is.</summary>
    public required IReadOnlyList<HealthCheck> Health { get; init; }

    /// <summary>How much there is.</summary>
    public required IReadOnlyList<CountRow> Counts { get; init; }

    /// <summary>Accounts to which nobody logs in.</summary>
    public required int Disabled { get; init; }

    /// <summary>Whether mail to postmaster has nowhere to go where a domain has none.</summary>
    public required bool IsWithoutPostmaster { get; init; }
}

/// <summary>How much there is of something.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Label">What it is.</param>
/// <param name="Count">How much.</param>
public sealed record CountRow(string Path, string Label, int Count);
