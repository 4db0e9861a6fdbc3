using Martlet.Protocols.Smtp;
using Martlet.Server.Autoconfig;
using Martlet.Server.Autoconfig.Qr;
using Martlet.Store.Model;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.WellKnown;

/// <summary>
/// Settings for mail programs, for anybody who asks: they hold nothing but where the server is. Addresses are never looked up, so an address that does not exist gets the
/// answer of one that does; only whether a domain is ours makes a difference, which DNS tells everybody.
/// </summary>
internal static class AutoconfigEndpoints
{
    private const string ThunderbirdPath = "/mail/config-v1.1.xml";
    private const string WellKnownPath = "/.well-known/autoconfig/mail/config-v1.1.xml";
    private const string AutodiscoverPath = "/autodiscover/autodiscover.xml";
    private const string JsonPath = "/autodiscover/autodiscover.json";
    private const string QrPath = "/profile.svg";

    /// <summary>What is served with TLS.</summary>
    public static IReadOnlyList<WebRoute> Routes { get; } =
    [
        new("GET", ThunderbirdPath, WebAccess.Anybody, Thunderbird),
        new("GET", WellKnownPath, WebAccess.Anybody, Thunderbird),
        new("GET", AutodiscoverPath, WebAccess.Anybody, request => Autodiscover(request, question: null)),
        new("POST", AutodiscoverPath, WebAccess.Anybody, AutodiscoverAsync) { BodyBytesMax = AutodiscoverRequest.BytesMax, IsStreamed = true },
        new("GET", JsonPath, WebAccess.Anybody, Json),
        new("GET", JsonPath + "/v1.0/{email}", WebAccess.Anybody, Json),
        new("GET", Urls.ProfilePath, WebAccess.Anybody, Profile),
        new("GET", QrPath, WebAccess.Anybody, ProfileCode),
    ];

    /// <summary>What is served without TLS: where a domain's name has no certificate, programs ask there. They show what they got before anything is sent.</summary>
    public static IReadOnlyList<WebRoute> PlainRoutes { get; } =
    [
        new("GET", ThunderbirdPath, WebAccess.Anybody, Thunderbird),
        new("GET", WellKnownPath, WebAccess.Anybody, Thunderbird),
        // Outlook takes this redirect, and no other: to a name for which there is a certificate.
        new("GET", AutodiscoverPath, WebAccess.Anybody, request => WebReply.By(context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = Urls.Https(request.Services.Config.Hostname, request.Services.HttpsPort) + AutodiscoverPath;
            return Task.CompletedTask;
        })),
    ];

    /// <summary>Whether a path is one of those that programs ask for under the bare name of a domain, which else is somebody's web site.</summary>
    public static bool IsAskedOfDomain(PathString path) =>
        path.Equals(WellKnownPath, StringComparison.OrdinalIgnoreCase) || path.Equals(AutodiscoverPath, StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments(JsonPath, StringComparison.OrdinalIgnoreCase);

    private static WebReply Thunderbird(WebRequest request)
    {
        var host = request.Http.Request.Host.Host.ToLowerInvariant();
        const string Prefix = "autoconfig.";
        var named = host.StartsWith(Prefix, StringComparison.Ordinal) ? host[Prefix.Length..] : host;
        // Under the server's own name the address tells the domain.
        var domain = IsOurs(request, named) ? named
            : EmailAddress.TryParse(request.Query("emailaddress"), out var address) && IsOurs(request, address.Domain.Text) ? address.Domain.Text
            : null;
        return domain is null ? ErrorReplies.NotFound : WebReply.Text(ThunderbirdConfig.ContentType, ThunderbirdConfig.Write(Settings(request), domain));
    }

    private static async Task<WebReply> AutodiscoverAsync(WebRequest request)
    {
        // The server ends the request at the limit, whatever length was announced.
        using var body = new MemoryStream();
        await request.Http.Request.Body.CopyToAsync(body, request.Cancel);
        return Autodiscover(request, AutodiscoverRequest.Read(body.ToArray()));
    }

    private static WebReply Autodiscover(WebRequest request, AutodiscoverRequest? question) =>
        WebReply.Text(AutodiscoverReply.ContentType, AutodiscoverReply.Write(Settings(request), question, domain => IsOurs(request, domain), request.Services.Time.GetUtcNow()));

    private static WebReply Json(WebRequest request)
    {
        var email = request.Part("email") is { Length: > 0 } part ? part : request.Query("Email");
        var (status, json) = AutodiscoverJson.Write(request.Services.Config.Hostname, request.Services.HttpsPort, email, request.Query("Protocol"));
        return WebReply.Text(AutodiscoverJson.ContentType, json, status);
    }

    private static WebReply Profile(WebRequest request) =>
        Address(request) is { } address && AppleProfile.Write(Settings(request), address) is { } profile
            ? WebReply.File(AppleProfile.ContentType, "mail.mobileconfig", System.Text.Encoding.UTF8.GetBytes(profile))
            : ErrorReplies.NotFound;

    private static WebReply ProfileCode(WebRequest request)
    {
        if (Address(request) is not { } address)
        {
            return ErrorReplies.NotFound;
        }

        var url = Urls.Profile(request.Services.Config.Hostname, request.Services.HttpsPort, address);
        return QrCode.Encode(System.Text.Encoding.ASCII.GetBytes(url)) is { } code ? WebReply.Text("image/svg+xml; charset=utf-8", code.ToSvg($"Mail profile of {address}")) : ErrorReplies.NotFound;
    }

    // An address in a domain of ours, whether it exists or not.
    private static EmailAddress? Address(WebRequest request) =>
        EmailAddress.TryParse(request.Query("address"), out var address) && address.Domain.Literal is null && IsOurs(request, address.Domain.Text) ? address : null;

    // A draft is not served to anybody yet, and nobody is told of it.
    private static bool IsOurs(WebRequest request, string domain) => request.Services.Store.Directory.FindDomain(domain) is { State: not DomainState.Draft };

    private static ClientSettings Settings(WebRequest request) => ClientSettings.Of(request.Services.Config);
}
