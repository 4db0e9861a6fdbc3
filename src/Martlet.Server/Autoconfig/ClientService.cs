using Martlet.Server.Config;

namespace Martlet.Server.Autoconfig;

/// <summary>One way in for a mail program.</summary>
/// <param name="Protocol">What is spoken there.</param>
/// <param name="Hostname">Name to connect to, which is also in the certificate.</param>
/// <param name="Port">Port.</param>
public sealed record ClientService(MailProtocol Protocol, string Hostname, int Port)
{
    /// <summary>How it is protected, as mail programs call it.</summary>
    public string Security => Protocol.IsImplicitTls ? "SSL/TLS" : "STARTTLS";
}
