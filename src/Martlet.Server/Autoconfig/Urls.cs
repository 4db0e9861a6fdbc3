using System.Globalization;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Autoconfig;

/// <summary>Addresses of our own pages for mail programs.</summary>
public static class Urls
{
    private const int HttpsPort = 443;

    /// <summary>Path of the Apple profile.</summary>
    public const string ProfilePath = "/profile.mobileconfig";

    /// <summary>Scheme, name and, where it is not the standard one, port; without a slash at the end.</summary>
    public static string Https(string hostname, int port) =>
        port == HttpsPort ? $"https://{hostname}" : string.Create(CultureInfo.InvariantCulture, $"https://{hostname}:{port}");

    /// <summary>Where the Apple profile of an address is: what its QR code says. ASCII.</summary>
    public static string Profile(string hostname, int port, EmailAddress address) =>
        $"{Https(hostname, port)}{ProfilePath}?address={Uri.EscapeDataString(address.ToString())}";
}
