using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Martlet.Network.Tls;

/// <summary>Checks a server's certificate as the runtime's TLS does, where another TLS stack got it: system roots, purpose, time, name; no revocation, nothing fetched.</summary>
internal static class ServerCertificateCheck
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Decides.</summary>
    /// <param name="sender">Given to the callback.</param>
    /// <param name="chain">Certificates in DER as the server sent them, its own first.</param>
    /// <param name="host">Name or address that the certificate must have.</param>
    /// <param name="validation">Decides in place of the rules; null for them.</param>
    public static bool IsTrusted(object sender, IReadOnlyList<byte[]> chain, string host, RemoteCertificateValidationCallback? validation)
    {
        using var builder = new X509Chain();
        builder.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        builder.ChainPolicy.DisableCertificateDownloads = true;
        builder.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        X509Certificate2? certificate = null;
        try
        {
            var errors = SslPolicyErrors.None;
            if (chain.Count == 0)
            {
                errors |= SslPolicyErrors.RemoteCertificateNotAvailable;
            }
            else
            {
                certificate = X509CertificateLoader.LoadCertificate(chain[0]);
                foreach (var issuer in chain.Skip(1))
                {
                    builder.ChainPolicy.ExtraStore.Add(X509CertificateLoader.LoadCertificate(issuer));
                }

                errors |= builder.Build(certificate) ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateChainErrors;
                errors |= certificate.MatchesHostname(host) ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateNameMismatch;
            }

            return validation?.Invoke(sender, certificate, builder, errors) ?? errors == SslPolicyErrors.None;
        }
        catch (CryptographicException)
        {
            return false; // Bytes that are no certificate.
        }
        finally
        {
            certificate?.Dispose();
            foreach (var issuer in builder.ChainPolicy.ExtraStore)
            {
                issuer.Dispose();
            }

            foreach (var element in builder.ChainElements)
            {
                element.Certificate.Dispose();
            }
        }
    }
}
