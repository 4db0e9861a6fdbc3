using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace Martlet.Server.Autoconfig;

/// <summary>
/// The configuration file of Thunderbird and the programs that took it over (K-9, Evolution, KMail, FairEmail), version 1.1. It never names a person: the programs
/// put the address in the place of the variable.
/// </summary>
/// <remarks>Of the words for authentication none means SCRAM; a password over TLS is what the format can say.</remarks>
public static class ThunderbirdConfig
{
    /// <summary>Media type of the answer.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    /// <summary>What stands for the whole address.</summary>
    private const string AddressVariable = "%EMAILADDRESS%";

    /// <summary>The file for a domain.</summary>
    /// <param name="settings">The ways in.</param>
    /// <param name="domain">Domain of the addresses, as A-labels.</param>
    public static string Write(ClientSettings settings, string domain) => XmlText.Write(new XElement(
        "clientConfig",
        new XAttribute("version", "1.1"),
        new XElement(
            "emailProvider",
            new XAttribute("id", domain),
            new XElement("domain", domain),
            new XElement("displayName", domain),
            new XElement("displayShortName", domain),
            Servers("incomingServer", "imap", settings.Reading),
            Servers("outgoingServer", "smtp", settings.Sending))));

    // The programs take the first that works.
    private static IEnumerable<XElement> Servers(string name, string type, ImmutableArray<ClientService> services) => services.Select(service => new XElement(
        name,
        new XAttribute("type", type),
        new XElement("hostname", service.Hostname),
        new XElement("port", service.Port.ToString(CultureInfo.InvariantCulture)),
        new XElement("socketType", service.Protocol.IsImplicitTls ? "SSL" : "STARTTLS"),
        new XElement("authentication", "password-cleartext"),
        new XElement("username", AddressVariable)));
}
