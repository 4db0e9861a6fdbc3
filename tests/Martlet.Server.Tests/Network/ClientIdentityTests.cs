using System.Security.Authentication;
using System.Security.Cryptography;
using Martlet.Network.Connections;
using Martlet.Network.Imap;
using Martlet.Network.Tls;
using Martlet.Server.Tests.Imap.Client;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>Keys of clients: made, written, read by us and by openssl, and proved to servers.</summary>
public sealed class ClientIdentityTests : IDisposable
{
    private const string Password = "a pass word";

    private readonly TempFolder _folder = new();

    public static TheoryData<ClientKeyAlgorithm> Algorithms => [.. Enum.GetValues<ClientKeyAlgorithm>()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_key_that_was_made_is_read_back_in_every_form(ClientKeyAlgorithm algorithm)
    {
        var files = Make(algorithm);
        Assert.True(files.Key.IsUsable);
        using var combined = ClientIdentity.FromPem(files.CombinedPem);
        using var reversed = ClientIdentity.FromPem(files.CertificatePem + "some text\n" + files.KeyPem);
        using var bare = ClientIdentity.FromPem(files.KeyPem);
        using var container = ClientIdentity.FromPkcs12(files.Pkcs12, Password);
        Assert.All([combined, reversed, bare, container], identity => Assert.Equal(files.Key, identity.Key));
        Assert.Equal("CN=a program", combined.Certificate.Subject);
        Assert.Equal("CN=a program", container.Certificate.Subject);
        Assert.Equal("CN=client", bare.Certificate.Subject);

        // openssl: the certificate is well-formed and signed by its key; key, certificate and container are the same key.
        await File.WriteAllTextAsync(_folder["both.pem"], files.CombinedPem);
        await File.WriteAllBytesAsync(_folder["key.p12"], files.Pkcs12);
        Assert.Contains("OK", Text(await OpenSslTool.RunAsync("verify", "-check_ss_sig", "-x509_strict", "-CAfile", _folder["both.pem"], _folder["both.pem"])), StringComparison.Ordinal);
        var fromKey = Text(await OpenSslTool.RunAsync("pkey", "-in", _folder["both.pem"], "-pubout"));
        Assert.Equal(fromKey, Text(await OpenSslTool.RunAsync("x509", "-in", _folder["both.pem"], "-noout", "-pubkey")));
        var unpacked = Text(await OpenSslTool.RunAsync("pkcs12", "-in", _folder["key.p12"], "-nodes", "-passin", "pass:" + Password));
        using var again = ClientIdentity.FromPem(unpacked);
        Assert.Equal(files.Key, again.Key);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task What_openssl_writes_is_read(ClientKeyAlgorithm algorithm)
    {
        var files = Make(algorithm);
        await File.WriteAllTextAsync(_folder["both.pem"], files.CombinedPem);
        var encrypted = Text(await OpenSslTool.RunAsync("pkcs8", "-topk8", "-in", _folder["both.pem"], "-passout", "pass:gr\u00FC\u00DFe"));
        using var opened = ClientIdentity.FromPem(encrypted, "gr\u00FC\u00DFe");
        Assert.Equal(files.Key, opened.Key);
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPem(encrypted));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPem(encrypted, "wrong"));

        using var container = ClientIdentity.FromPkcs12(await OpenSslTool.RunAsync("pkcs12", "-export", "-in", _folder["both.pem"], "-passout", "pass:" + Password), Password);
        Assert.Equal(files.Key, container.Key);
        if (algorithm != ClientKeyAlgorithm.Ed25519)
        {
            using var old = ClientIdentity.FromPem(Text(await OpenSslTool.RunAsync("pkey", "-in", _folder["both.pem"], "-traditional")));
            Assert.Equal(files.Key, old.Key);
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Files_that_are_no_key_are_refused_in_words(ClientKeyAlgorithm algorithm)
    {
        var (files, other) = (Make(algorithm), Make(algorithm));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPkcs12(files.Pkcs12, "wrong"));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPkcs12(files.Pkcs12.AsSpan(0, files.Pkcs12.Length / 2), Password));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPkcs12("no such thing"u8, Password));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPkcs12(files.Pkcs12, "gr\u00FC\u00DFe"));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPem(""));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPem(files.CertificatePem));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPem(files.KeyPem + other.KeyPem));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPem(files.KeyPem + other.CertificatePem));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPem(PemEncoding.WriteString("PRIVATE KEY", [0x30, 0x00])));
        Assert.Throws<CryptographicException>(() => ClientIdentity.FromPem(PemEncoding.WriteString("DSA PRIVATE KEY", [0x30, 0x00])));
    }

    [Fact]
    public void Names_have_a_limit_and_secrets_are_not_printed()
    {
        var files = ClientKeyFiles.Make(ClientKeyAlgorithm.P256, new string('x', ClientKeyFiles.NameLengthMax), Password, TimeProvider.System.GetUtcNow());
        Assert.Equal($"ecdsa-p256 {files.Key.Fingerprint}", files.ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => ClientKeyFiles.Make(ClientKeyAlgorithm.P256, new string('x', ClientKeyFiles.NameLengthMax + 1), "", TimeProvider.System.GetUtcNow()));
        Assert.Throws<ArgumentException>(() => ClientKeyFiles.Make(ClientKeyAlgorithm.P256, "x", "gr\u00FC\u00DFe", TimeProvider.System.GetUtcNow()));
        Assert.Throws<ArgumentException>(() => ClientKeyFiles.Make(ClientKeyAlgorithm.P256, " ", "", TimeProvider.System.GetUtcNow()));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task The_IMAP_client_proves_its_key_and_is_bound_to_the_same_connection(ClientKeyAlgorithm algorithm)
    {
        var files = Make(algorithm);
        using var identity = ClientIdentity.FromPem(files.CombinedPem);
        var large = new string('x', 300_000);
        await using var server = new TlsListener(TestServer.Tls, Greet, asksForClientKey: true);
        await using var client = await ImapClient.ConnectAsync(Options(server) with { ClientIdentity = identity });
        Assert.Equal($"{files.Key.Fingerprint} {Convert.ToHexString(client.Bindings.Exporter!.Value.Span)} {Convert.ToHexString(client.Bindings.ServerEndPoint!.Value.Span)}", client.Greeting.Text);
        Assert.Equal("TLS1.3", client.Tls!.Version);

        // Both directions, in many records.
        var result = await client.LoginAsync("ann", large);
        Assert.Equal(large.Length, result.Status.Text.Length);

        async Task Greet(Connection connection)
        {
            connection.InputBytesMax = 1_000_000;
            connection.Write($"* OK [CAPABILITY IMAP4rev1 LITERAL+] {connection.Tls!.ClientKey!.Fingerprint} {Hex(connection.Bindings.Exporter)} {Hex(connection.Bindings.ServerEndPoint)}\r\n");
            await connection.FlushAsync();
            while (connection.Unread.Length < large.Length || !connection.Unread.EndsWith("\r\n"u8))
            {
                if (!await connection.FillAsync())
                {
                    return;
                }
            }

            var tag = System.Text.Encoding.ASCII.GetString(connection.Unread[..connection.Unread.IndexOf((byte)' ')]);
            connection.Write($"{tag} NO {large}\r\n");
            await connection.FlushAsync();
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task With_TLS_1_2_both_ends_agree_as_well(ClientKeyAlgorithm algorithm)
    {
        using var identity = ClientIdentity.FromPem(Make(algorithm).KeyPem);
        var seen = new TaskCompletionSource<(string?, string, string, string)>();
        var older = new TlsSource(TestServer.Tls.Certificate) { Protocols = SslProtocols.Tls12 };
        await using var server = new TlsListener(older, async connection =>
        {
            var (tls, bindings) = (connection.Tls!, connection.Bindings);
            seen.SetResult((tls.ClientKey?.Fingerprint, tls.Version, Hex(bindings.Exporter), Hex(bindings.Unique)));
            connection.Write("* OK [CAPABILITY IMAP4rev1] hello\r\n");
            await connection.FlushAsync();
            await connection.FillAsync();
        }, asksForClientKey: true);
        await using var client = await ImapClient.ConnectAsync(Options(server) with { ClientIdentity = identity });
        Assert.Equal((identity.Key.Fingerprint, "TLS1.2", Hex(client.Bindings.Exporter), Hex(client.Bindings.Unique)), await seen.Task);
        Assert.NotNull(client.Bindings.Unique);
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_server_that_is_not_trusted_is_not_talked_to(ClientKeyAlgorithm algorithm)
    {
        using var identity = ClientIdentity.FromPem(Make(algorithm).KeyPem);
        await using var server = new TlsListener(TestServer.Tls, TlsListener.TellKeyAsync, asksForClientKey: true);
        await FakeServer.FailsAsync(() => ImapClient.ConnectAsync(Options(server) with { ClientIdentity = identity, ServerCertificateValidation = null }), ImapFailure.Tls);
        await FakeServer.FailsAsync(() => ImapClient.ConnectAsync(Options(server) with { ClientIdentity = identity, ServerCertificateValidation = (_, _, _, _) => false }), ImapFailure.Tls);
    }

    private static ClientKeyFiles Make(ClientKeyAlgorithm algorithm) => ClientKeyFiles.Make(algorithm, "a program", Password, TimeProvider.System.GetUtcNow());

    private static ImapClientOptions Options(TlsListener server) => new("127.0.0.1", server.EndPoint.Port) { ServerCertificateValidation = (_, _, _, _) => true };

    private static string Hex(ReadOnlyMemory<byte>? bytes) => bytes is { } known ? Convert.ToHexString(known.Span) : "none";

    private static string Text(byte[] bytes) => System.Text.Encoding.ASCII.GetString(bytes);
}
