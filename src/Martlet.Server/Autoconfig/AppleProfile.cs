using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Autoconfig;

/// <summary>
/// The configuration profile of macOS and iOS: a property list that makes an account in Mail, and may bring a TLS client key with it. It holds no password; the device
/// asks for it. The same address gives the same identifiers, so that a profile that is installed again replaces the one that is there.
/// </summary>
public static class AppleProfile
{
    /// <summary>Media type that makes Safari offer to install it.</summary>
    public const string ContentType = "application/x-apple-aspen-config; charset=utf-8";

    private const string MailType = "com.apple.mail.managed";
    private const string IdentityType = "com.apple.security.pkcs12";

    /// <summary>The profile of an address.</summary>
    /// <param name="settings">The ways in.</param>
    /// <param name="address">The address; it need not exist.</param>
    /// <param name="displayName">Name of the person for outgoing mail; empty for the address.</param>
    /// <param name="identity">A key to log in with; null for none.</param>
    /// <returns>Null when the server has no way to read or no way to send, without which there is no account.</returns>
    public static string? Write(ClientSettings settings, EmailAddress address, string displayName = "", AppleProfileKey? identity = null)
    {
        if (settings.Reading is not [var reading, ..] || settings.Sending is not [var sending, ..])
        {
            return null;
        }

        var (name, domain) = (XmlText.Clean(address.ToString()), address.Domain.Text);
        var mail = new PropertyList()
            .Add("EmailAccountDescription", name)
            .Add("EmailAccountName", XmlText.Clean(displayName) is { Length: > 0 } given ? given : name)
            .Add("EmailAccountType", "EmailTypeIMAP")
            .Add("EmailAddress", name)
            .Add("IncomingMailServerAuthentication", "EmailAuthPassword")
            .Add("IncomingMailServerHostName", reading.Hostname)
            .Add("IncomingMailServerPortNumber", reading.Port)
            // True with STARTTLS too: the device tells the two apart by trying.
            .Add("IncomingMailServerUseSSL", value: true)
            .Add("IncomingMailServerUsername", name)
            .Add("OutgoingMailServerAuthentication", "EmailAuthPassword")
            .Add("OutgoingMailServerHostName", sending.Hostname)
            .Add("OutgoingMailServerPortNumber", sending.Port)
            .Add("OutgoingMailServerUseSSL", value: true)
            .Add("OutgoingMailServerUsername", name)
            .Add("OutgoingPasswordSameAsIncomingPassword", value: true);
        var payloads = new List<XElement> { Payload(mail, settings, address, MailType, $"Mail of {name}", "Reads and sends mail with Mail.") };
        if (identity is not null)
        {
            var key = new PropertyList().Add("PayloadCertificateFileName", XmlText.Clean(identity.FileName)).Add("PayloadContent", identity.Pkcs12);
            payloads.Add(Payload(key, settings, address, IdentityType, $"Key of {name}", "Logs in without a password. The device asks for the password of the key once."));
        }

        var profile = new PropertyList()
            .Add("PayloadContent", payloads)
            .Add("PayloadOrganization", domain)
            .Add("PayloadRemovalDisallowed", value: false);
        return XmlText.Write(
            new XElement("plist", new XAttribute("version", "1.0"), Payload(profile, settings, address, "Configuration", $"Mail of {name}", $"Sets up the account {name} on {settings.Hostname}.")),
            new XDocumentType("plist", "-//Apple//DTD PLIST 1.0//EN", "http://www.apple.com/DTDs/PropertyList-1.0.dtd", internalSubset: null));
    }

    private static XElement Payload(PropertyList list, ClientSettings settings, EmailAddress address, string type, string name, string about)
    {
        var id = Identifier(settings.Hostname, address.Normalized, type);
        var host = string.Join('.', settings.Hostname.Split('.').Reverse());
        return list.Add("PayloadDescription", about).Add("PayloadDisplayName", name).Add("PayloadIdentifier", $"{host}.mail.{id.ToString("D", CultureInfo.InvariantCulture)}")
            .Add("PayloadType", type).Add("PayloadUUID", id.ToString("D", CultureInfo.InvariantCulture).ToUpperInvariant()).Add("PayloadVersion", 1).ToElement();
    }

    // RFC 9562 §5.8: version 8, made of a hash of what it identifies.
    private static Guid Identifier(params ReadOnlySpan<string> names)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', names)))[..16];
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x80);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>A key with its certificate for an Apple profile.</summary>
/// <param name="FileName">Name that the device shows.</param>
/// <param name="Pkcs12">Both, encrypted. The password is not in the profile: who finds the profile must not have the key.</param>
public sealed record AppleProfileKey(string FileName, ReadOnlyMemory<byte> Pkcs12);
