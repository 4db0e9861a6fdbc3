using System.Collections.Frozen;
using System.Net.Security;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Authentication.ExtendedProtection;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Protocols.Sasl;

namespace Martlet.Network.Tls;

/// <summary>The channel bindings of a TLS connection of ours, on either side. Computed when first asked for: most logins do not bind.</summary>
/// <remarks>Not thread safe; belongs to the session that owns the connection.</remarks>
internal sealed class TlsBindings
{
    /// <summary>Length of tls-exporter (RFC 9266 §2), in bytes.</summary>
    public const int ExporterLength = 32;

    /// <summary>
    /// RFC 5929 §4.1: the hash of the signature algorithm, where MD5 and SHA-1 become SHA-256. Algorithms without a hash of their own (Ed25519) have no binding, and
    /// those that are not here (RSA-PSS) are not offered: programs disagree about them.
    /// </summary>
    private static readonly FrozenDictionary<string, HashAlgorithmName> SignatureHashes = new Dictionary<string, HashAlgorithmName>
    {
        ["1.2.840.113549.1.1.4"] = HashAlgorithmName.SHA256, // md5WithRSAEncryption
        ["1.2.840.113549.1.1.5"] = HashAlgorithmName.SHA256, // sha1WithRSAEncryption
        ["1.2.840.113549.1.1.11"] = HashAlgorithmName.SHA256,
        ["1.2.840.113549.1.1.12"] = HashAlgorithmName.SHA384,
        ["1.2.840.113549.1.1.13"] = HashAlgorithmName.SHA512,
        ["1.2.840.10045.4.1"] = HashAlgorithmName.SHA256, // ecdsa-with-SHA1
        ["1.2.840.10045.4.3.2"] = HashAlgorithmName.SHA256,
        ["1.2.840.10045.4.3.3"] = HashAlgorithmName.SHA384,
        ["1.2.840.10045.4.3.4"] = HashAlgorithmName.SHA512,
    }.ToFrozenDictionary();

    private readonly SslStream _tls;
    private readonly X509Certificate? _server;
    private readonly bool _mayAskOpenSsl;
    private ChannelBindings? _value;

    private TlsBindings(SslStream tls, X509Certificate? server, bool mayAskOpenSsl)
    {
        _tls = tls;
        _server = server;
        _mayAskOpenSsl = mayAskOpenSsl;
    }

    /// <summary>The bindings.</summary>
    public ChannelBindings Value => _value ??= Compute();

    /// <summary>Of a connection on which we are the server.</summary>
    public static async Task<TlsBindings> OfServerAsync(SslStream tls) => new(tls, tls.LocalCertificate, await OpenSslCheck.IsPassedAsync().ConfigureAwait(false));

    /// <summary>Of a connection on which we are the client.</summary>
    public static async Task<TlsBindings> OfClientAsync(SslStream tls) => new(tls, tls.RemoteCertificate, await OpenSslCheck.IsPassedAsync().ConfigureAwait(false));

    /// <summary>tls-exporter without the question whether it is safe; null when OpenSSL cannot be asked.</summary>
    public static byte[]? Export(SslStream tls) => OpenSsl.ExportKeyingMaterial(tls, "EXPORTER-Channel-Binding"u8, ExporterLength);

    /// <summary>tls-server-end-point: the hash of the server's certificate (RFC 5929 §4.1).</summary>
    /// <returns>Null for signature algorithms that have none.</returns>
    public static byte[]? ServerEndPoint(X509Certificate2 certificate) =>
        SignatureHashes.TryGetValue(certificate.SignatureAlgorithm.Value ?? "", out var hash) ? CryptographicOperations.HashData(hash, certificate.RawDataMemory.Span) : null;

    private ChannelBindings Compute()
    {
        // RFC 9266 §2, RFC 7627 §1: before TLS 1.3 a master secret that is not extended can be the same on two connections, so neither may be told by it.
        var isUnambiguous = _mayAskOpenSsl && (_tls.SslProtocol == SslProtocols.Tls13 || OpenSsl.HasExtendedMasterSecret(_tls));
        return new ChannelBindings
        {
            Exporter = isUnambiguous ? Bytes(Export(_tls)) : null,
            // RFC 9266 §3: not defined for TLS 1.3, whatever the runtime gives.
            Unique = isUnambiguous && _tls.SslProtocol == SslProtocols.Tls12 ? Bytes(Finished(_tls)) : null,
            // Never the runtime's own: on a server it hashes the client's certificate.
            ServerEndPoint = _server is X509Certificate2 certificate ? Bytes(ServerEndPoint(certificate)) : null,
        };
    }

    // Not "null" alone: that converts to empty memory, which is a binding.
    private static ReadOnlyMemory<byte>? Bytes(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;

    /// <summary>The first Finished message, out of the runtime's SEC_CHANNEL_BINDINGS: a header of 32 bytes, the prefix, the bytes.</summary>
    private static byte[]? Finished(SslStream tls)
    {
        const int Header = 32;
        using var token = tls.TransportContext.GetChannelBinding(ChannelBindingKind.Unique);
        if (token is null || token.IsInvalid || token.Size <= Header)
        {
            return null;
        }

        var bytes = new byte[token.Size - Header];
        Marshal.Copy(token.DangerousGetHandle() + Header, bytes, 0, bytes.Length);
        return bytes.AsSpan().StartsWith("tls-unique:"u8) ? bytes["tls-unique:".Length..] : null;
    }
}
