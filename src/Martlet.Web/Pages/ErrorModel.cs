using Martlet.Web.Routing;

namespace Martlet.Web.Pages;

/// <summary>What the error page shows.</summary>
/// <param name="Text">What happened and what to do.</param>
/// <param name="Link">Where to go on; null for nowhere.</param>
public sealed record ErrorModel(string Text, MenuItem? Link);
