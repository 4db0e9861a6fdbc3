using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Autoconfig;

/// <summary>Answers for Outlook and the programs that ask like it (MS-OXDSCLI §2.2.4): settings for IMAP and SMTP, or an error with a number.</summary>
public static class AutodiscoverReply
{
    /// <summary>Media type of the answer.</summary>
    public const string ContentType = "text/xml; charset=utf-8";

    /// <summary>The language of answers that is spoken here.</summary>
    public const string Schema = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    private const string ErrorSchema = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";

    /// <summary>The answer to a request.</summary>
    /// <param name="settings">The ways in.</param>
    /// <param name="request">The request; null when it could not be read.</param>
    /// <param name="isOurs">Whether mail for a domain (A-labels) is ours. Addresses are not looked up: those that do not exist get the same answer.</param>
    /// <param name="now">Time, which errors carry.</param>
    public static string Write(ClientSettings settings, AutodiscoverRequest? request, Func<string, bool> isOurs, DateTimeOffset now) => request switch
    {
        null or { Address: null } => Error(now, 600, "Invalid request."),
        // Phones ask for ActiveSync here, which is not spoken; 601 lets them try IMAP.
        { ResponseSchema: not ("" or Schema) } => Error(now, 601, "Provider is not available."),
        { Address: { } address } when !isOurs(address.Domain.Text) => Error(now, 500, "The email address can't be found."),
        { Address: { } address } => Settings(settings, address),
    };

    private static string Settings(ClientSettings settings, EmailAddress address)
    {
        XNamespace outer = ErrorSchema, inner = Schema;
        return XmlText.Write(new XElement(
            outer + "Autodiscover",
            new XElement(
                inner + "Response",
                new XElement(inner + "User", new XElement(inner + "DisplayName", XmlText.Clean(address.ToString()))),
                new XElement(
                    inner + "Account",
                    new XElement(inner + "AccountType", "email"),
                    new XElement(inner + "Action", "settings"),
                    Protocols(inner, "IMAP", settings.Reading, address),
                    Protocols(inner, "SMTP", settings.Sending, address)))));
    }

    private static IEnumerable<XElement> Protocols(XNamespace inner, string type, ImmutableArray<ClientService> services, EmailAddress address) =>
        services.Select(service => new XElement(
            inner + "Protocol",
            new XElement(inner + "Type", type),
            new XElement(inner + "Server", service.Hostname),
            new XElement(inner + "Port", service.Port.ToString(CultureInfo.InvariantCulture)),
            new XElement(inner + "DomainRequired", "off"),
            new XElement(inner + "LoginName", XmlText.Clean(address.ToString())),
            // No NTLM: a password over TLS.
            new XElement(inner + "SPA", "off"),
            new XElement(inner + "SSL", service.Protocol.IsImplicitTls ? "on" : "off"),
            // Newer programs look here first, and here only STARTTLS has a word.
            new XElement(inner + "Encryption", service.Protocol.IsImplicitTls ? "SSL" : "TLS"),
            new XElement(inner + "AuthRequired", "on"),
            type == "SMTP" ? new XElement[] { new(inner + "UsePOPAuth", "on"), new(inner + "SMTPLast", "off") } : null));

    private static string Error(DateTimeOffset now, int code, string message)
    {
        XNamespace schema = ErrorSchema;
        return XmlText.Write(new XElement(
            schema + "Autodiscover",
            new XElement(
                schema + "Response",
                new XElement(
                    schema + "Error",
                    new XAttribute("Time", now.UtcDateTime.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture)),
                    new XAttribute("Id", "0"),
                    new XElement(schema + "ErrorCode", code.ToString(CultureInfo.InvariantCulture)),
                    new XElement(schema + "Message", message),
                    new XElement(schema + "DebugData")))));
    }
}
