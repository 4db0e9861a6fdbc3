using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Connections;

namespace Martlet.Network.Tls;

/// <summary>
/// Tries <see cref="OpenSsl"/> once in a process: both ends of a connection in memory must export the same. Where they do not (another runtime, another library),
/// tls-exporter and tls-unique are not offered, and nothing else changes.
/// </summary>
internal static class OpenSslCheck
{
    private static readonly Task<bool> Outcome = Task.Run(RunAsync);

    /// <summary>Whether <see cref="OpenSsl"/> tells the truth here.</summary>
    public static Task<bool> IsPassedAsync() => Outcome;

    private static async Task<bool> RunAsync()
    {
        try
        {
            return await TryAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever goes wrong here, mail goes on without these bindings.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static async Task<bool> TryAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=check", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (toServer, toClient) = (new Pipe(), new Pipe());
        var client = new SslStream(new DuplexStream(toClient.Reader.AsStream(), toServer.Writer.AsStream()));
        await using (client.ConfigureAwait(false))
        {
            var server = new SslStream(new DuplexStream(toServer.Reader.AsStream(), toClient.Writer.AsStream()));
            await using (server.ConfigureAwait(false))
            {
                await Task.WhenAll(
                    server.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, AllowTlsResume = false }),
                    client.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
                    {
                        TargetHost = "check",
#pragma warning disable CA5359 // The certificate was made three lines above.
                        RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
                        AllowTlsResume = false,
                    })).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System).ConfigureAwait(false);
                var mine = TlsBindings.Export(server);
                return mine is not null && TlsBindings.Export(client) is { } theirs && mine.AsSpan().SequenceEqual(theirs) && mine.AsSpan().ContainsAnyExcept((byte)0)
                    && (server.SslProtocol == SslProtocols.Tls13 || OpenSsl.HasExtendedMasterSecret(server));
            }
        }
    }
}
