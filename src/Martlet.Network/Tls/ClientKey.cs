using System.Buffers.Text;
using System.Collections.Frozen;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;

namespace Martlet.Network.Tls;

/// <summary>
/// The public key that a client proved to have in the handshake. It alone identifies the client: names, validity, issuer and signature of the certificate around
/// it are the client's own words and are not looked at.
/// </summary>
/// <param name="Fingerprint">SHA-256 of the SubjectPublicKeyInfo in DER, as base64url without padding: 43 characters.</param>
/// <param name="Type">Kind and size: <c>rsa-3072</c>, <c>ecdsa-p256</c>, <c>ed25519</c>; <c>unknown</c> for what has no name here.</param>
/// <param name="IsUsable">Strong enough to log in with, and of a kind that is known: RSA from 2048 bits on, the NIST curves from P-256 on, Ed25519, Ed448.</param>
public sealed record ClientKey(string Fingerprint, string Type, bool IsUsable)
{
    /// <summary>Largest certificate that is looked at, in bytes; a client with a larger one counts as one without.</summary>
    public const int CertificateBytesMax = 16 * 1024;

    /// <summary>Smallest RSA key that is usable, in bits.</summary>
    public const int RsaBitsMin = 2048;

    /// <summary>Largest RSA key that is usable, in bits; nobody needs a larger one. The handshake has checked its signature by then, so this saves no time.</summary>
    public const int RsaBitsMax = 8192;

    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private const string EllipticCurve = "1.2.840.10045.2.1";

    private static readonly FrozenDictionary<string, string> Curves = new Dictionary<string, string>
    {
        ["1.2.840.10045.3.1.7"] = "ecdsa-p256",
        ["1.3.132.0.34"] = "ecdsa-p384",
        ["1.3.132.0.35"] = "ecdsa-p521",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Edwards = new Dictionary<string, string>
    {
        ["1.3.101.112"] = "ed25519",
        ["1.3.101.113"] = "ed448",
    }.ToFrozenDictionary();

    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Finds the key in a certificate (RFC 5280 §4.1). Walks over the rest without understanding it, so that no oddity there can matter.</summary>
    /// <param name="certificate">The certificate in DER. Anybody's bytes.</param>
    /// <returns>Null when it is no certificate, or larger than <see cref="CertificateBytesMax"/>.</returns>
    public static ClientKey? FromCertificate(ReadOnlyMemory<byte> certificate)
    {
        if (certificate.Length > CertificateBytesMax)
        {
            return null;
        }

        try
        {
            var reader = ToSubject(certificate);
            reader.ReadEncodedValue();
            return FromPublicKey(reader.ReadEncodedValue());
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>A reader that stands before the subject of a certificate (RFC 5280 §4.1.2.6); the public key comes after it.</summary>
    /// <exception cref="AsnContentException">It is no certificate.</exception>
    internal static AsnReader ToSubject(ReadOnlyMemory<byte> certificate)
    {
        var reader = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence().ReadSequence();
        if (reader.PeekTag().HasSameClassAndValue(Version))
        {
            reader.ReadEncodedValue();
        }

        // serialNumber, signature, issuer, validity
        for (var i = 0; i < 4; i++)
        {
            reader.ReadEncodedValue();
        }

        return reader;
    }

    /// <summary>Names a key.</summary>
    /// <param name="subjectPublicKeyInfo">The key in DER (RFC 5280 §4.1.2.7).</param>
    /// <returns>Null when it is none.</returns>
    public static ClientKey? FromPublicKey(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        try
        {
            var outer = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var algorithm = info.ReadSequence();
            var name = algorithm.ReadObjectIdentifier();
            var key = info.ReadBitString(out _);
            var (type, isUsable) = Name(name, algorithm, key);
            return new ClientKey(Base64Url.EncodeToString(SHA256.HashData(subjectPublicKeyInfo.Span)), type, isUsable);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static (string Type, bool IsUsable) Name(string algorithm, AsnReader parameters, byte[] key)
    {
        if (algorithm is Rsa or RsaPss)
        {
            var modulus = new AsnReader(key, AsnEncodingRules.DER).ReadSequence().ReadIntegerBytes();
            var bits = new BigInteger(modulus.Span, isUnsigned: true, isBigEndian: true).GetBitLength();
            return (string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(algorithm == Rsa ? "rsa" : "rsa-pss")}-{bits}"), bits is >= RsaBitsMin and <= RsaBitsMax);
        }

        if (algorithm == EllipticCurve)
        {
            // RFC 5480 §2.1.1: a named curve; one that is described by its numbers is nobody's.
            return parameters.HasData && parameters.PeekTag().HasSameClassAndValue(Asn1Tag.ObjectIdentifier) && Curves.TryGetValue(parameters.ReadObjectIdentifier(), out var curve)
                ? (curve, true)
                : ("unknown", false);
        }

        return Edwards.TryGetValue(algorithm, out var edwards) ? (edwards, true) : ("unknown", false);
    }
}
