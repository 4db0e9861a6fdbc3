namespace Martlet.Web.Tests.Support;

/// <summary>Routes that a test shows. <c>RouteTests</c> fails for one that no test names.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RouteAttribute(params string[] routes) : Attribute
{
    public IReadOnlyList<string> Routes { get; } = routes;
}
