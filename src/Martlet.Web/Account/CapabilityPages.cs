using Martlet.Server.Admin;
using Martlet.Web.Pages;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Account;

/// <summary>Switches for IMAP extensions that a mail program announces and cannot do.</summary>
internal static class CapabilityPages
{
    private const string Path = "/extensions";

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Path, WebAccess.SignedIn, request => ShowAsync(request)),
        new("POST", Path, WebAccess.SignedIn, ChangeAsync),
    ];

    private static async Task<WebReply> ChangeAsync(WebRequest request)
    {
        // A box that is not ticked is not sent: what is missing is off.
        var offered = request.Form["on"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var all = request.Services.Admin.HideableCapabilities;
        var reply = await request.RunAsync(new SetCapabilities(request.Me.Name, [.. all.Where(name => !offered.Contains(name))], [.. all.Where(offered.Contains)]));
        return reply.Status == AdminStatus.Done ? WebReply.Redirect(Notices.With(Path, "capabilities")) : await ShowAsync(request, reply.Text);
    }

    private static async Task<WebReply> ShowAsync(WebRequest request, string problem = "")
    {
        var reply = await request.RunAsync(new ShowAccount(request.Me.Name));
        var hidden = (reply.Account?.HiddenCapabilities ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return WebReply.Page<CapabilitiesPage>(
            request, "IMAP extensions", new CapabilitiesModel(problem, [.. request.Services.Admin.HideableCapabilities.Order(StringComparer.Ordinal).Select(name => new CapabilitySwitch(name, !hidden.Contains(name)))]),
            problem.Length > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Problem">Why something was not done; empty otherwise.</param>
/// <param name="Switches">All of them.</param>
public sealed record CapabilitiesModel(string Problem, IReadOnlyList<CapabilitySwitch> Switches);

/// <summary>A switch.</summary>
/// <param name="Name">As it is announced.</param>
/// <param name="IsOn">Whether it is.</param>
public sealed record CapabilitySwitch(string Name, bool IsOn);
