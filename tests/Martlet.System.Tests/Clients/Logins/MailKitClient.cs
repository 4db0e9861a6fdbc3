using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Martlet.SystemTests.Clients.Logins;

/// <summary>MailKit, in this process.</summary>
internal static class MailKitClient
{
    private static readonly NetworkCredential Credential = new(LoginServer.Address, LoginServer.Password);

    public static string Version { get; } = typeof(ImapClient).Assembly.GetName().Version!.ToString(3);

    public static async Task<bool> TryAsync(LoginTry attempt)
    {
        if (attempt.Mechanism == LoginMechanism.External)
        {
            return false;
        }

        using MailService client = attempt.Way.IsImap ? new ImapClient() : new SmtpClient();
        client.CheckCertificateRevocation = false;
        client.SslProtocols = attempt.Way.Tls == "1.2" ? SslProtocols.Tls12 : SslProtocols.Tls13;
        using var expected = X509CertificateLoader.LoadCertificateFromFile(attempt.Server.CertificatePath);
        client.ServerCertificateValidationCallback = (_, certificate, _, _) => expected.Equals(certificate);
        if (attempt.Key is { } key)
        {
            client.ClientCertificates = [X509Certificate2.CreateFromPemFile(key.Certificate, key.Key)];
        }

        try
        {
            await client.ConnectAsync("localhost", attempt.Port, attempt.Way.IsStartTls ? SecureSocketOptions.StartTls : SecureSocketOptions.SslOnConnect);
            if (attempt.Mechanism != LoginMechanism.Key)
            {
                await client.AuthenticateAsync(Mechanism(attempt.Mechanism));
            }
            else if (client is SmtpClient smtp)
            {
                await smtp.SendAsync(await MimeMessage.LoadAsync(attempt.Server.MessagePath), new MailboxAddress("", LoginServer.Address), [new MailboxAddress("", LoginServer.Address)]);
            }

            await client.DisconnectAsync(quit: true);
        }
        catch (Exception e) when (e is MailKit.Security.AuthenticationException or ServiceNotAuthenticatedException or IOException or CommandException or ProtocolException)
        {
            attempt.Server.LastOutput = e.ToString();
        }

        return true;
    }

    private static SaslMechanism Mechanism(string name) => name switch
    {
        "SCRAM-SHA-256-PLUS" => new SaslMechanismScramSha256Plus(Credential),
        "SCRAM-SHA-1-PLUS" => new SaslMechanismScramSha1Plus(Credential),
        "SCRAM-SHA-256" => new SaslMechanismScramSha256(Credential),
        "SCRAM-SHA-1" => new SaslMechanismScramSha1(Credential),
        LoginMechanism.CramMd5 => new SaslMechanismCramMd5(Credential),
        LoginMechanism.Plain => new SaslMechanismPlain(Credential),
        LoginMechanism.Login => new SaslMechanismLogin(Credential),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "MailKit has it not."),
    };
}
