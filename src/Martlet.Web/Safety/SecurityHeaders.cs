using System.Net;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Safety;

/// <summary>Header fields of every answer: what browsers may do with it. Pages have no code or style of their own and load nothing from elsewhere, so hardly anything is allowed.</summary>
internal static class SecurityHeaders
{
    /// <summary>Whether it is a page, a file or an error.</summary>
    public const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    private const string NoDevices = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    // A year (RFC 6797 §6.1.1). Not for subdomains: they may be other machines.
    private const string AlwaysTls = "max-age=31536000";

    /// <summary>Sets them, then runs the rest; a handler may set others.</summary>
    public static Task RunAsync(HttpContext context, RequestDelegate next)
    {
        Set(context);
        return next(context);
    }

    /// <summary>Sets them.</summary>
    public static void Set(HttpContext context)
    {
        var fields = context.Response.Headers;
        fields.ContentSecurityPolicy = ContentPolicy;
        fields.XContentTypeOptions = "nosniff";
        fields.XFrameOptions = "DENY";
        // Not no-referrer: browsers would send our own forms with "Origin: null".
        fields["Referrer-Policy"] = "same-origin";
        fields["Permissions-Policy"] = NoDevices;
        fields["Cross-Origin-Opener-Policy"] = "same-origin";
        fields["Cross-Origin-Resource-Policy"] = "same-origin";
        fields.CacheControl = "no-store";
        // It would hold for all ports of the name, and whoever tries things out on localhost has others there.
        if (context.Request is { IsHttps: true, Host.Host: not "localhost" } && !IPAddress.TryParse(context.Request.Host.Host.Trim('[', ']'), out _))
        {
            fields.StrictTransportSecurity = AlwaysTls;
        }
    }
}
