using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Martlet.Protocols.Sasl;

namespace Martlet.Network.Tls;

/// <summary>TLS on a client's connection, by the runtime or, for keys that it cannot use, by BouncyCastle.</summary>
/// <param name="Stream">Protected bytes. Owns the stream below.</param>
/// <param name="Info">What was agreed on.</param>
/// <param name="Bindings">What the connection can be recognised by.</param>
internal sealed record ClientTls(Stream Stream, TlsInfo Info, ChannelBindings Bindings)
{
    /// <summary>Runs the handshake.</summary>
    /// <param name="inner">The connection; closed when this fails.</param>
    /// <param name="host">Name that the certificate must have.</param>
    /// <param name="identity">Key for servers that ask for one; null for none.</param>
    /// <param name="validation">Decides about the server's certificate in place of the system's rules; null for those.</param>
    /// <param name="cancel">Ends the handshake.</param>
    /// <exception cref="AuthenticationException">The server is not who it should be, or nothing could be agreed on.</exception>
    /// <exception cref="IOException">The connection broke, or the server broke the rules of TLS.</exception>
    public static async Task<ClientTls> StartAsync(Stream inner, string host, ClientIdentity? identity, RemoteCertificateValidationCallback? validation, CancellationToken cancel)
    {
        var isVerified = validation is null; // By the rules alone, there is no connection without.
        RemoteCertificateValidationCallback? watched = validation is null ? null : (sender, certificate, chain, errors) =>
        {
            isVerified = errors == SslPolicyErrors.None;
            return validation(sender, certificate, chain, errors);
        };
        try
        {
            var tls = identity?.Ed25519 is { } key
                ? await BouncyTlsStream.StartAsync(inner, new BouncyTlsClient(host, identity.Certificate, key, watched), cancel).ConfigureAwait(false)
                : await StartRuntimeAsync(inner, host, identity, watched, cancel).ConfigureAwait(false);
            return tls with { Info = tls.Info with { IsServerVerified = isVerified, HasClientCertificate = identity is not null } };
        }
        catch
        {
            await inner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<ClientTls> StartRuntimeAsync(
        Stream inner, string host, ClientIdentity? identity, RemoteCertificateValidationCallback? validation, CancellationToken cancel)
    {
        var tls = new SslStream(inner, leaveInnerStreamOpen: false);
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, // RFC 8996
                    RemoteCertificateValidationCallback = validation,
                    // The context is sent whatever issuers the server names: keys are known to it by themselves, not by who signed them.
                    ClientCertificateContext = identity?.Context,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                },
                cancel).ConfigureAwait(false);
            // At once: later another thread may be reading from the stream or closing it.
            var bindings = await TlsBindings.OfClientAsync(tls).ConfigureAwait(false);
            return new ClientTls(tls, new TlsInfo(tls.SslProtocol, tls.NegotiatedCipherSuite, tls.TargetHostName), bindings.Value);
        }
        catch
        {
            await tls.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
