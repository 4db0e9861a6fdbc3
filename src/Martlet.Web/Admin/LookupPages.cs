using Martlet.Server.Admin;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Admin;

/// <summary>Where mail for an address would go, step by step.</summary>
internal static class LookupPages
{
    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } = [new("GET", "/lookup", WebAccess.SignedIn, ShowAsync)];

    private static async Task<WebReply> ShowAsync(WebRequest request)
    {
        var address = request.Query("address").Trim();
        if (address.Length == 0)
        {
            return WebReply.Page<LookupPage>(request, "Where mail goes", new LookupModel("", "", Result: null));
        }

        var reply = await request.RunAsync(new LookupAddress(address));
        var isDone = reply.Status == AdminStatus.Done;
        return WebReply.Page<LookupPage>(
            request, "Where mail goes", new LookupModel(address, isDone ? "" : reply.Text, reply.Lookup), isDone ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Address">What was asked for; empty at first.</param>
/// <param name="Problem">Why there is no answer; empty otherwise.</param>
/// <param name="Result">The answer.</param>
public sealed record LookupModel(string Address, string Problem, LookupResult? Result);
