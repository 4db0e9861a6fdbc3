using Martlet.Web.Routing;

namespace Martlet.Web.Pages;

/// <summary>What stands around every page. Components get it as a cascading value.</summary>
public sealed record PageFrame
{
    /// <summary>Heading of the page.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the site.</summary>
    public string Site { get; init; } = "Martlet";

    /// <summary>Path of the page, for the menu.</summary>
    public string Path { get; init; } = "";

    /// <summary>The menu; empty for who is not signed in.</summary>
    public IReadOnlyList<MenuItem> Menu { get; init; } = [];

    /// <summary>Who is signed in; empty for nobody.</summary>
    public string User { get; init; } = "";

    /// <summary>The token that forms carry.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>A sentence on what was just done; empty for none.</summary>
    public string Said { get; init; } = "";

    /// <summary>Seconds after which the page loads itself anew; null for never.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>Whether style and script can be had where the page is shown.</summary>
    public bool HasAssets { get; init; } = true;

    /// <summary>The frame of an answer.</summary>
    internal static PageFrame Of(WebRequest request, string title) => new()
    {
        Title = title,
        Site = request.Surface.Title,
        Path = request.Http.Request.Path.Value ?? "",
        Menu = request.User is null ? [] : request.Surface.Menu,
        User = request.User?.Name ?? "",
        FormToken = request.FormToken,
        Said = Notices.Find(request.Query(Notices.Parameter)),
    };
}
