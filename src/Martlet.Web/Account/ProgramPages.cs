using System.Text;
using Martlet.Protocols.Smtp;
using Martlet.Server.Autoconfig;
using Martlet.Server.Autoconfig.Qr;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Components;

namespace Martlet.Web.Account;

/// <summary>How to set up a mail program: by itself, by a profile, or by hand.</summary>
internal static class ProgramPages
{
    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } = [new("GET", "/programs", WebAccess.SignedIn, ShowPage)];

    private static WebReply ShowPage(WebRequest request)
    {
        var services = request.Services;
        var address = request.Me.Account!.Name;
        var profile = EmailAddress.TryParse(address, out var parsed) ? Urls.Profile(services.Config.Hostname, services.HttpsPort, parsed) : null;
        var code = profile is null ? null : QrCode.Encode(Encoding.ASCII.GetBytes(profile));
        return WebReply.Page<ProgramsPage>(request, "Mail programs", new ProgramsModel(
            address, ClientSettings.Of(services.Config), profile, code is null ? null : new MarkupString(code.ToSvg("QR code with the address of the profile"))));
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Address">Name to sign in with.</param>
/// <param name="Settings">The ways in.</param>
/// <param name="Profile">Address of the Apple profile; null when there is none.</param>
/// <param name="Code">The same as a picture: made by us, of nothing but modules.</param>
public sealed record ProgramsModel(string Address, ClientSettings Settings, string? Profile, MarkupString? Code);
