using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Tls;

namespace Martlet.Testing;

/// <summary>One self-signed certificate for all tests of a process.</summary>
public static class TestCertificate
{
    private static readonly Lazy<TlsSource> Shared = new(() => new TlsSource(Make()));

    /// <summary>Settings for servers.</summary>
    public static TlsSource Source => Shared.Value;

    private static X509Certificate2 Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
    }
}
