using Martlet.Server.Config;
using Martlet.Web.Sessions;

namespace Martlet.Web.Routing;

/// <summary>What is served on the listeners of one protocol.</summary>
/// <param name="Protocol">The protocol.</param>
/// <param name="Routes">All there is.</param>
internal sealed record Surface(MailProtocol Protocol, IReadOnlyList<WebRoute> Routes)
{
    /// <summary>Who signs in there; null where nobody does.</summary>
    public SessionRealm? Realm { get; init; }

    /// <summary>What stands at the top of its pages.</summary>
    public string Title { get; init; } = "Martlet";

    /// <summary>Its pages, in the order of the menu.</summary>
    public IReadOnlyList<MenuItem> Menu { get; init; } = [];

    /// <summary>What an unknown path gets; null for the page that says so.</summary>
    public WebReply? Fallback { get; init; }
}

/// <summary>A row of the menu.</summary>
/// <param name="Path">Where it goes.</param>
/// <param name="Label">Its word.</param>
public sealed record MenuItem(string Path, string Label);
