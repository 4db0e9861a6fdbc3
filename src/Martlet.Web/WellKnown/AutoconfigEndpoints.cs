using Martlet.Protocols.Smtp;
using Martlet.Server.Autoconfig;
using Martlet.Web.Routing;

namespace Martlet.Web.WellKnown;

/// <summary>Settings for mail programs that set themselves up. Anybody may ask; no answer depends on whether an address exists.</summary>
internal static class AutoconfigEndpoints
{
    private const string Prefix = "autoconfig.";

    /// <summary>What is answered with TLS.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        .. PlainRoutes,
        new("POST", "/autodiscover/autodiscover.xml", WebAccess.Anybody, AutodiscoverAsync) { BodyBytesMax = AutodiscoverRequest.BytesMax },
        new("GET", "/autodiscover/autodiscover.json", WebAccess.Anybody, WhereAutodiscoverIs),
        new("GET", Urls.ProfilePath, WebAccess.Anybody, Profile),
    ];

    /// <summary>What is answered without TLS too, because Thunderbird asks so where there is no certificate for the name. It holds no secret, and programs ask before they trust it.</summary>
    public static IEnumerable<WebRoute> PlainRoutes =>
    [
        new("GET", "/mail/config-v1.1.xml", WebAccess.Anybody, Thunderbird),
        new("GET", "/.well-known/autoconfig/mail/config-v1.1.xml", WebAccess.Anybody, Thunderbird),
    ];

    private static WebReply Thunderbird(WebRequest request)
    {
        // The name says the domain; asked under the server's own name, the address does.
        var host = request.Http.Request.Host.Host.ToLowerInvariant();
        var domain = host.StartsWith(Prefix, StringComparison.Ordinal) ? host[Prefix.Length..]
            : EmailAddress.TryParse(request.Query("emailaddress"), out var address) && address.Domain.Literal is null ? address.Domain.Text
            : "";
        return request.Services.Store.Directory.HasDomain(domain)
            ? WebReply.Text(ThunderbirdConfig.ContentType, ThunderbirdConfig.Write(ClientSettings.Of(request.Services.Config), domain))
            : ErrorReplies.NotFound;
    }

    private static async Task<WebReply> AutodiscoverAsync(WebRequest request)
    {
        using var body = new MemoryStream();
        await request.Http.Request.Body.CopyToAsync(body, request.Cancel);
        var services = request.Services;
        return WebReply.Text(
            AutodiscoverReply.ContentType, AutodiscoverReply.Write(
                ClientSettings.Of(services.Config), AutodiscoverRequest.Read(body.ToArray()), services.Store.Directory.HasDomain, services.Time.GetUtcNow()));
    }

    private static WebReply WhereAutodiscoverIs(WebRequest request)
    {
        var (status, json) = AutodiscoverJson.Write(request.Services.Config.Hostname, request.Services.HttpsPort, request.Query("Email"), request.Query("Protocol"));
        return WebReply.Text(AutodiscoverJson.ContentType, json, status);
    }

    private static WebReply Profile(WebRequest request)
    {
        if (!EmailAddress.TryParse(request.Query("address"), out var address) || address.Domain.Literal is not null || !request.Services.Store.Directory.HasDomain(address.Domain.Text))
        {
            return ErrorReplies.NotFound;
        }

        return AppleProfile.Write(ClientSettings.Of(request.Services.Config), address) is { } profile
            ? WebReply.File(AppleProfile.ContentType, "mail.mobileconfig", System.Text.Encoding.UTF8.GetBytes(profile))
            : ErrorReplies.NotFound;
    }
}
