using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Tls;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>What is taken as the public key of a mail program, and what whoever gives something else is told.</summary>
public sealed class ClientKeyPemTests
{
    private const string PrivateKey = "There is a private key in this. Keep it where it is, and give the certificate only.";
    private const string Nothing = "There is no certificate and no public key in PEM in this; openssl x509 -inform der converts a certificate in the binary form.";
    private const string Several = "There is more than one certificate or public key in this; give the one that logs in, without those that signed it.";
    private const string Unreadable = "The certificate or public key cannot be read, or is too large.";

    private static readonly DateTimeOffset Now = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private static readonly ClientKeyFiles Files = ClientKeyFiles.Make(ClientKeyAlgorithm.P256, "phone", "", Now);

    [Theory]
    [InlineData(ClientKeyAlgorithm.P256)]
    [InlineData(ClientKeyAlgorithm.Ed25519)]
    [InlineData(ClientKeyAlgorithm.Rsa)]
    public void A_certificate_is_taken_without_what_is_around_it(ClientKeyAlgorithm algorithm)
    {
        var files = ClientKeyFiles.Make(algorithm, "phone", "", Now);
        var pem = ClientKeyPem.Read("Certificate:\n  Data:\n" + files.CertificatePem.ReplaceLineEndings("\r\n") + "after", out var problem);
        Assert.Equal((new ClientKeyPem(files.Key, "phone", files.CertificatePem), ""), (pem, problem));
    }

    [Fact]
    public void A_bare_public_key_is_the_same_key_without_a_name()
    {
        using var certificate = X509Certificate2.CreateFromPem(Files.CertificatePem);
        var text = PemEncoding.WriteString("PUBLIC KEY", certificate.PublicKey.ExportSubjectPublicKeyInfo()) + "\n";
        Assert.Equal((new ClientKeyPem(Files.Key, null, text), ""), (ClientKeyPem.Read(text, out var problem), problem));
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "", Nothing },
        { "-----BEGIN CERTIFICATE-----\n", Nothing },
        { "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n", Nothing },
        { "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n", Nothing },
        { "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", Unreadable },
        { "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n", Unreadable },
        { Files.CombinedPem, PrivateKey },
        { Files.CertificatePem + Files.KeyPem, PrivateKey },
        { Files.CertificatePem + "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA", PrivateKey },
        { Files.CertificatePem + "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----", PrivateKey },
        { Files.CertificatePem + Files.CertificatePem, Several },
        { Files.CertificatePem + "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n", Several },
        { Rsa(1024), "A key of type rsa-1024 is not taken: RSA keys have from 2048 to 8192 bits." },
        // X25519 (RFC 8410 §3) agrees on keys and signs nothing.
        {
            PemEncoding.WriteString("PUBLIC KEY", [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x6E, 0x03, 0x21, 0x00, .. new byte[32]]),
            "This kind of key is not known: Ed25519, Ed448, ECDSA on P-256, P-384 and P-521, and RSA are."
        },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_key_for_a_login_is_refused_with_what_to_do(string text, string expected) =>
        Assert.Equal((null, expected), (ClientKeyPem.Read(text, out var problem), problem));

    [Fact]
    public void Text_has_a_limit()
    {
        var space = new string(' ', ClientKeyPem.CharsMax - Files.CertificatePem.Length);
        Assert.NotNull(ClientKeyPem.Read(space + Files.CertificatePem, out _));
        Assert.Null(ClientKeyPem.Read(space + " " + Files.CertificatePem, out var problem));
        Assert.Equal("This is too long to be a certificate: more than 32768 characters.", problem);
    }

    [Fact]
    public void The_largest_certificate_is_within_the_limit_of_the_text()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var size = Certificate(key, "CN=phone", extension: 15_000).Length;
        var largest = Certificate(key, "CN=phone", 15_000 + ClientKey.CertificateBytesMax - size);
        // The signature's length differs by some bytes from one to the next.
        Assert.InRange(largest.Length, ClientKey.CertificateBytesMax - 8, ClientKey.CertificateBytesMax + 8);
        Assert.NotNull(ClientKeyPem.Read(PemEncoding.WriteString("CERTIFICATE", Certificate(key, "CN=phone", 15_000 + ClientKey.CertificateBytesMax - size - 16)), out _));
        Assert.Null(ClientKeyPem.Read(PemEncoding.WriteString("CERTIFICATE", Certificate(key, "CN=phone", 15_000 + ClientKey.CertificateBytesMax - size + 16)), out var problem));
        Assert.Equal(Unreadable, problem);
    }

    [Theory]
    [InlineData("CN=Ada's phone", "Ada's phone")]
    [InlineData("O=Example, CN=phone", "phone")]
    [InlineData("CN=\"  phone \"", "phone")]
    [InlineData("CN=T\u00e9l\u00e9phone", "T\u00e9l\u00e9phone")]
    [InlineData("O=Example", null)]
    [InlineData("", null)]
    [InlineData("CN=a\u001b[2Jb", null)]
    [InlineData("CN=a\u202eb", null)]
    [InlineData("CN=1234567890123456789012345678901234567890123456789012345678901234", "1234567890123456789012345678901234567890123456789012345678901234")]
    [InlineData("CN=12345678901234567890123456789012345678901234567890123456789012345", null)]
    public void The_name_of_a_certificate_is_used_when_it_can_be_shown(string subject, string? expected)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var pem = ClientKeyPem.Read(PemEncoding.WriteString("CERTIFICATE", Certificate(key, subject, extension: 0)), out _);
        Assert.NotNull(pem);
        Assert.Equal(expected, pem.CommonName);
    }

    private static byte[] Certificate(ECDsa key, string subject, int extension)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("1.2.3.4", new byte[extension], critical: false));
        using var certificate = request.CreateSelfSigned(Now, Now.AddYears(1));
        return certificate.RawData;
    }

    private static string Rsa(int bits)
    {
        using var key = RSA.Create(bits);
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
