using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>What a server learns of a client's key: the key itself, whatever certificate is around it. The client is openssl.</summary>
public sealed class ClientKeyTests : IDisposable
{
    private static readonly string[] Oddities = ["expired", "not yet valid", "wrong use", "no subject", "lists to fetch", "garbage that nobody reads"];

    // A sequence of 2 GB, of which nothing comes.
    private static readonly byte[] NoDer = [0x30, 0x84, 0x7F, 0xFF, 0xFF, 0xFF, 0x00];

    private readonly TempFolder _folder = new();

    public static TheoryData<string, string, bool> Keys => new()
    {
        { "rsa-2048", "RSA -pkeyopt rsa_keygen_bits:2048", true },
        { "rsa-1024", "RSA -pkeyopt rsa_keygen_bits:1024", false },
        { "ecdsa-p256", "EC -pkeyopt ec_paramgen_curve:P-256", true },
        { "ecdsa-p384", "EC -pkeyopt ec_paramgen_curve:P-384", true },
        { "ecdsa-p521", "EC -pkeyopt ec_paramgen_curve:P-521", true },
        { "ed25519", "ED25519", true },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task The_key_counts_whatever_is_wrong_with_the_certificate(string type, string algorithm, bool isUsable)
    {
        using var web = new TcpListener(IPAddress.Loopback, 0);
        web.Start();
        await using var server = new TlsListener(TestServer.Tls, TlsListener.TellKeyAsync, asksForClientKey: true);
        var key = await MakeKeyAsync(algorithm);
        var info = await OpenSslTool.RunAsync("pkey", "-in", key, "-pubout", "-outform", "der");
        var usable = isUsable ? "usable" : "not usable";
        foreach (var oddity in Oddities)
        {
            var certificate = WriteCertificate(info, oddity, (IPEndPoint)web.LocalEndpoint);
            foreach (var (option, version) in new[] { ("-tls1_2", "TLS1.2"), ("-tls1_3", "TLS1.3") })
            {
                var told = await OpenSslTool.ConnectAsync(server.EndPoint, option, "-quiet", "-cert", certificate, "-key", key, "-cipher", "DEFAULT@SECLEVEL=0");
                Assert.Equal($"key={Base64Url.EncodeToString(SHA256.HashData(info))} {type} {usable} {version}\r\n", told);
            }
        }

        Assert.False(web.Pending(), "The server has asked for what the certificate names.");
    }

    [Theory]
    [InlineData("-tls1_2", "TLS1.2")]
    [InlineData("-tls1_3", "TLS1.3")]
    public async Task A_client_need_not_have_a_key_and_is_asked_only_where_the_listener_says_so(string option, string version)
    {
        var key = await MakeKeyAsync("ED25519");
        var certificate = WriteCertificate(await OpenSslTool.RunAsync("pkey", "-in", key, "-pubout", "-outform", "der"), "expired", new IPEndPoint(IPAddress.Loopback, 1));
        await using var asking = new TlsListener(TestServer.Tls, TlsListener.TellKeyAsync, asksForClientKey: true);
        Assert.Equal($"key=none {version}\r\n", await OpenSslTool.ConnectAsync(asking.EndPoint, option, "-quiet"));
        await using var silent = new TlsListener(TestServer.Tls, TlsListener.TellKeyAsync);
        Assert.Equal($"key=none {version}\r\n", await OpenSslTool.ConnectAsync(silent.EndPoint, option, "-quiet", "-cert", certificate, "-key", key));
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task STARTTLS_asks_too(string option)
    {
        var key = await MakeKeyAsync("ED25519");
        var info = await OpenSslTool.RunAsync("pkey", "-in", key, "-pubout", "-outform", "der");
        var certificate = WriteCertificate(info, "no subject", new IPEndPoint(IPAddress.Loopback, 1));
        await using var server = new TlsListener(TestServer.Tls, UpgradeAsync, asksForClientKey: true, implicitTls: false);
        var told = await OpenSslTool.ConnectAsync(server.EndPoint, option, "-quiet", "-starttls", "imap", "-cert", certificate, "-key", key);
        Assert.Contains($"key={Base64Url.EncodeToString(SHA256.HashData(info))} ed25519 usable", told, StringComparison.Ordinal);
    }

    /// <summary>
    /// A session may carry a key to connections that never proved it, or carry none to a client that has one now. Where keys are asked for, each connection proves
    /// its own; where they are not, sessions are resumed as ever.
    /// </summary>
    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_resumed_session_brings_no_key_and_hides_none(string option)
    {
        using var certificate = TlsListener.MakeCertificate();
        var tls = new TlsSource(certificate);
        await using var silent = new TlsListener(tls, TlsListener.TellKeyAsync);
        await using var asking = new TlsListener(tls, TlsListener.TellKeyAsync, asksForClientKey: true);
        var first = await MakeIdentityAsync("EC -pkeyopt ec_paramgen_curve:P-256");
        var second = await MakeIdentityAsync("ED25519");
        var session = Path.Combine(_folder.Path, "session");

        // Without resumption anywhere the rest would prove nothing.
        await OpenSslTool.ConnectAsync(silent.EndPoint, option, "-sess_out", session);
        Assert.Contains("\nReused, ", await OpenSslTool.ConnectAsync(silent.EndPoint, option, "-sess_in", session), StringComparison.Ordinal);

        // Made where nobody asks, used where keys count: not taken, so the key is seen.
        Assert.StartsWith($"key={first.Fingerprint} ", await KeyAsync(asking, first, "-sess_in", session), StringComparison.Ordinal);

        // Made without a key, and with another one.
        await OpenSslTool.ConnectAsync(asking.EndPoint, option, "-sess_out", session);
        Assert.StartsWith($"key={first.Fingerprint} ", await KeyAsync(asking, first, "-sess_in", session), StringComparison.Ordinal);
        Assert.StartsWith($"key={first.Fingerprint} ", await KeyAsync(asking, first, "-sess_out", session), StringComparison.Ordinal);
        Assert.StartsWith($"key={second.Fingerprint} ", await KeyAsync(asking, second, "-sess_in", session), StringComparison.Ordinal);

        // Made with a key, used without one, here and where nobody asks.
        Assert.StartsWith("key=none ", await OpenSslTool.ConnectAsync(asking.EndPoint, option, "-quiet", "-sess_in", session), StringComparison.Ordinal);
        Assert.StartsWith("key=none ", await KeyAsync(silent, first, "-sess_in", session), StringComparison.Ordinal);

        Task<string> KeyAsync(TlsListener server, Identity identity, params string[] arguments) =>
            OpenSslTool.ConnectAsync(server.EndPoint, [option, "-quiet", "-cert", identity.Certificate, "-key", identity.Key, .. arguments]);
    }

    [Theory]
    [InlineData("-tls1_2", "TLS1.2")]
    [InlineData("-tls1_3", "TLS1.3")]
    public async Task A_client_with_a_certificate_above_the_limit_is_served_as_one_without(string option, string version)
    {
        var key = await MakeKeyAsync("ED25519");
        var certificate = WriteCertificate(await OpenSslTool.RunAsync("pkey", "-in", key, "-pubout", "-outform", "der"), "large", new IPEndPoint(IPAddress.Loopback, 1));
        await using var server = new TlsListener(TestServer.Tls, TlsListener.TellKeyAsync, asksForClientKey: true);
        Assert.Equal($"key=none {version}\r\n", await OpenSslTool.ConnectAsync(server.EndPoint, option, "-quiet", "-cert", certificate, "-key", key));
    }

    /// <summary>Basic constraints, key usage, alternative names, distribution points: the TLS library reads them, and may end the handshake.</summary>
    [Theory]
    [InlineData("2.5.29.19")]
    [InlineData("2.5.29.15")]
    [InlineData("2.5.29.17")]
    [InlineData("2.5.29.31")]
    public async Task A_certificate_that_is_broken_inside_is_its_key_or_nothing_and_harms_nobody_else(string oid)
    {
        var key = await MakeKeyAsync("ED25519");
        var info = await OpenSslTool.RunAsync("pkey", "-in", key, "-pubout", "-outform", "der");
        var certificate = WriteCertificate(info, "garbage in " + oid, new IPEndPoint(IPAddress.Loopback, 1));
        await using var server = new TlsListener(TestServer.Tls, TlsListener.TellKeyAsync, asksForClientKey: true);
        foreach (var option in new[] { "-tls1_2", "-tls1_3" })
        {
            var told = await OpenSslTool.ConnectAsync(server.EndPoint, option, "-cert", certificate, "-key", key);
            Assert.True(!told.Contains("\nkey=", StringComparison.Ordinal) || told.Contains($"\nkey={Base64Url.EncodeToString(SHA256.HashData(info))} ed25519 ", StringComparison.Ordinal), told);
            Assert.StartsWith("key=none ", await OpenSslTool.ConnectAsync(server.EndPoint, option, "-quiet"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_certificate_above_the_limit_is_none()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=large", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        request.CertificateExtensions.Add(new X509Extension("1.2.3.4", new byte[ClientKey.CertificateBytesMax - 600], critical: true));
        using var below = request.CreateSelfSigned(now, now.AddDays(1));
        Assert.InRange(below.RawData.Length, ClientKey.CertificateBytesMax - 300, ClientKey.CertificateBytesMax);
        Assert.Equal("ecdsa-p256", ClientKey.FromCertificate(below.RawData)!.Type);

        request.CertificateExtensions.Add(new X509Extension("1.2.3.5", new byte[300], critical: true));
        using var above = request.CreateSelfSigned(now, now.AddDays(1));
        Assert.Null(ClientKey.FromCertificate(above.RawData));
    }

    [Fact]
    public void Any_bytes_are_a_key_or_none_and_never_an_exception()
    {
        using var certificate = TlsListener.MakeCertificate();
        var bytes = certificate.RawData;
        var random = new Random(1);
        for (var i = 0; i < bytes.Length; i++)
        {
            _ = ClientKey.FromCertificate(bytes.AsMemory(0, i));
            _ = ClientKey.FromCertificate(bytes.AsMemory(i));
            var changed = (byte[])bytes.Clone();
            changed[i] = (byte)random.Next(256);
            _ = ClientKey.FromCertificate(changed);
        }
    }

    [Fact]
    public void Keys_that_are_too_weak_too_strong_or_strange_are_named_and_not_usable()
    {
        Assert.Equal(("rsa-2047", false), Of(Rsa(2047)));
        Assert.Equal(("rsa-2048", true), Of(Rsa(2048)));
        Assert.Equal(("rsa-8192", true), Of(Rsa(8192)));
        Assert.Equal(("rsa-8193", false), Of(Rsa(8193)));
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.Equal(("unknown", false), Of(brainpool.ExportSubjectPublicKeyInfo()));
        Assert.Equal(("unknown", false), Of(Convert.FromHexString("300A300506032B656E030100"))); // X25519, which cannot sign
        Assert.Equal(("ed448", true), Of(Convert.FromHexString("300A300506032B6571030100")));
        Assert.Null(ClientKey.FromPublicKey(Convert.FromHexString("300A300506032B656E03010000")));

        static (string, bool) Of(byte[] info) => ClientKey.FromPublicKey(info) is { } key ? (key.Type, key.IsUsable) : throw new InvalidOperationException();

        static byte[] Rsa(int bits)
        {
            var modulus = new byte[(bits + 7) / 8];
            modulus.AsSpan().Fill(0xFF);
            modulus[0] = (byte)(0xFF >> ((8 - (bits % 8)) % 8));
            using var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = [1, 0, 1] });
            return rsa.ExportSubjectPublicKeyInfo();
        }
    }

    private static async Task UpgradeAsync(Connection connection)
    {
        connection.Write("* OK hello\r\n");
        await connection.FlushAsync();
        foreach (var reply in new[] { "* CAPABILITY IMAP4rev1 STARTTLS\r\n. OK\r\n", ". OK\r\n" })
        {
            await connection.FillAsync();
            connection.DiscardUnread();
            connection.Write(reply);
            await connection.FlushAsync();
        }

        await connection.StartTlsAsync(TestServer.Tls, TimeSpan.FromMinutes(1));
        await TlsListener.TellKeyAsync(connection);
    }

    private async Task<string> MakeKeyAsync(string algorithm)
    {
        var path = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, await OpenSslTool.RunAsync(["genpkey", "-algorithm", .. algorithm.Split(' ')]));
        return path;
    }

    private async Task<Identity> MakeIdentityAsync(string algorithm)
    {
        var key = await MakeKeyAsync(algorithm);
        var info = await OpenSslTool.RunAsync("pkey", "-in", key, "-pubout", "-outform", "der");
        return new Identity(key, WriteCertificate(info, "expired", new IPEndPoint(IPAddress.Loopback, 1)), Base64Url.EncodeToString(SHA256.HashData(info)));
    }

    /// <summary>Signed by a key that is nobody's: an unknown issuer is one more thing that does not matter.</summary>
    private string WriteCertificate(byte[] subjectPublicKeyInfo, string oddity, IPEndPoint web)
    {
        var now = TimeProvider.System.GetUtcNow();
        var request = new CertificateRequest(
            new X500DistinguishedName(oddity == "no subject" ? "" : "CN=a client"), PublicKey.CreateFromSubjectPublicKeyInfo(subjectPublicKeyInfo, out _), HashAlgorithmName.SHA256);
        if (oddity == "wrong use")
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.4")], critical: true));
            request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyEncipherment, critical: true));
        }

        if (oddity == "lists to fetch")
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(ocspUris: [$"http://{web}/ocsp"], caIssuersUris: [$"http://{web}/ca.der"]));
            request.CertificateExtensions.Add(CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([$"http://{web}/ca.crl"]));
        }

        if (oddity == "garbage that nobody reads")
        {
            // Information access, and an extension that nobody knows.
            request.CertificateExtensions.Add(new X509Extension("1.3.6.1.5.5.7.1.1", NoDer, critical: true));
            request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5", NoDer, critical: true));
        }

        if (oddity.StartsWith("garbage in ", StringComparison.Ordinal))
        {
            request.CertificateExtensions.Add(new X509Extension(oddity["garbage in ".Length..], NoDer, critical: true));
        }

        if (oddity == "large")
        {
            request.CertificateExtensions.Add(new X509Extension("1.2.3.4.5", new byte[ClientKey.CertificateBytesMax], critical: false));
        }

        var (from, to) = oddity switch
        {
            "expired" => (now.AddDays(-2), now.AddDays(-1)),
            "not yet valid" => (now.AddDays(1), now.AddDays(2)),
            _ => (now.AddDays(-1), now.AddDays(1)),
        };
        using var issuer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = request.Create(new X500DistinguishedName("CN=unknown"), X509SignatureGenerator.CreateForECDsa(issuer), from, to, [1]);
        var path = Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, certificate.ExportCertificatePem());
        return path;
    }

    private sealed record Identity(string Key, string Certificate, string Fingerprint);
}
