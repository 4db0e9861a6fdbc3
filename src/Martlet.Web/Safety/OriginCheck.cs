using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Safety;

/// <summary>Whether a form was sent from a page of ours, as far as the browser says. Old browsers say nothing; the token of the form decides alone then.</summary>
internal static class OriginCheck
{
    /// <summary>False when the browser says that it was another site's page.</summary>
    public static bool IsOurs(HttpRequest request)
    {
        var fields = request.Headers;
        return (fields["Sec-Fetch-Site"].ToString() is "" or "same-origin")
            && (fields.Origin.Count == 0 || fields.Origin.ToString().Equals($"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase));
    }
}
