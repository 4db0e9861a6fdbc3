using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Clients;
using Martlet.Network.Imap;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.Scram;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>How the client logs in inside TLS, with a scripted server and with the real one.</summary>
public sealed class ClientTlsLoginTests
{
    private static readonly LoginCredentials Ann = new() { Username = "ann", Password = "pw" };

    private static readonly LoginCredentials Alice = new() { Username = TestServer.Alice, Password = TestServer.Password, IsServerTrusted = true };

    [Fact]
    public async Task SCRAM_is_bound_to_the_connection()
    {
        var bindings = new TaskCompletionSource<ChannelBindings>();
        await RunAsync(
            "AUTH=PLAIN AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-256-PLUS",
            async server => await ScramPeer.LogInAsync(server, "A1 AUTHENTICATE SCRAM-SHA-256-PLUS", ScramHash.Sha256, await bindings.Task),
            async client =>
            {
                bindings.SetResult(client.Bindings);
                Assert.Equal("SCRAM-SHA-256-PLUS", (await client.AuthenticateAsync(Ann)).EnsureOk().Strongest);
            });
    }

    [Fact]
    public async Task A_key_comes_first()
    {
        using var identity = MakeIdentity();
        await RunAsync(
            "AUTH=PLAIN AUTH=EXTERNAL AUTH=SCRAM-SHA-256-PLUS",
            server => server.AnswerAsync("A1 AUTHENTICATE EXTERNAL =", "A1 OK [CAPABILITY IMAP4rev1] Done.\r\n"),
            async client => Assert.Equal("EXTERNAL", (await client.AuthenticateAsync(new LoginCredentials())).EnsureOk().Strongest),
            identity);
    }

    [Fact]
    public async Task A_key_that_the_server_does_not_know_is_followed_by_the_password()
    {
        using var identity = MakeIdentity();
        await RunAsync(
            "AUTH=PLAIN AUTH=EXTERNAL",
            async server =>
            {
                await server.AnswerAsync("A1 AUTHENTICATE EXTERNAL =", "A1 NO [AUTHENTICATIONFAILED] Not known.\r\n");
                await server.AnswerAsync("A2 AUTHENTICATE PLAIN AGFubgBwdw==", "A2 OK [CAPABILITY IMAP4rev1] Done.\r\n");
            },
            async client => Assert.Equal("PLAIN", (await client.AuthenticateAsync(Ann with { IsServerTrusted = true })).EnsureOk().Mechanism),
            identity);
    }

    /// <summary>A validation callback can let anybody pass, so that it was asked is no proof: the caller has to say it.</summary>
    [Fact]
    public Task A_callback_that_lets_a_server_pass_does_not_verify_it() => RunAsync(
        "AUTH=PLAIN AUTH=LOGIN",
        server => server.AnswerAsync("A1 AUTHENTICATE PLAIN AGFubgBwdw==", "A1 OK [CAPABILITY IMAP4rev1] Done.\r\n"),
        async client =>
        {
            Assert.False(client.Tls!.IsServerVerified);
            await FakeServer.FailsAsync(() => client.AuthenticateAsync(Ann), ImapFailure.Refused);
            Assert.Equal("PLAIN", (await client.AuthenticateAsync(Ann with { IsServerTrusted = true })).EnsureOk().Mechanism);
        });

    [Theory]
    [InlineData("bare", ImapSecurity.None)]
    [InlineData("imaps", ImapSecurity.Tls)]
    [InlineData("strict", ImapSecurity.StartTls)]
    public async Task The_strongest_of_our_server(string service, ImapSecurity security)
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await ConnectAsync(server, service, security);
        var expected = SaslClientChooser.Choose(client.Capabilities.Mechanisms, Means(client)).Mechanisms[0];
        var login = (await client.AuthenticateAsync(Alice)).EnsureOk();
        Assert.Equal(expected, login.Mechanism);
        Assert.True((await client.SelectAsync("INBOX")).IsOk);
        Assert.True((await client.AuthenticateAsync(Alice)).WasLoggedInBefore);

        await using var again = await ConnectAsync(server, service, security);
        Assert.Equal(login.Strongest, (await again.AuthenticateAsync(Alice with { StrongestBefore = login.Strongest })).EnsureOk().Strongest);
    }

    [Fact]
    public async Task Every_mechanism_of_our_server()
    {
        await using var server = await ImapServer.StartAsync();
        await using var first = await ConnectAsync(server, "imaps", ImapSecurity.Tls);
        string[] offered = [.. first.Capabilities.Mechanisms];
        Assert.NotEmpty(offered);
        foreach (var mechanism in SaslClientChooser.Choose(offered, Means(first)).Mechanisms)
        {
            await using var client = await ConnectAsync(server, "imaps", ImapSecurity.Tls);
            var nonce = ScramNonce.From(RandomNumberGenerator.GetBytes(18));
            Assert.True((await client.AuthenticateAsync(SaslClientChooser.Create(mechanism, offered, Means(client), nonce))).IsOk, mechanism);
        }
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_are_the_same_at_our_server()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await ConnectAsync(server, "imaps", ImapSecurity.Tls);
        var wrong = await client.AuthenticateAsync(Alice with { Password = "wrong" });
        var unknown = await client.AuthenticateAsync(Alice with { Username = "nobody@example.org" });
        Assert.Equal((false, "AUTHENTICATIONFAILED"), (wrong.IsOk, wrong.Result.Status.Code?.Name));
        Assert.Equal((wrong.Result.Status.Text, wrong.Mechanism), (unknown.Result.Status.Text, unknown.Mechanism));
        Assert.True((await client.AuthenticateAsync(Alice)).IsOk);
    }

    /// <summary>A scripted server inside TLS that asks for a key.</summary>
    private static Task RunAsync(string mechanisms, Func<FakeServer, Task> server, Func<ImapClient, Task> client, ClientIdentity? identity = null) => FakeServer.RunRawAsync(
        async peer =>
        {
            var tls = new SslStream(peer.Both);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificate = TestServer.Tls.Certificate,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = static (_, _, _, _) => true,
            });
            peer.Wrap(_ => tls, _ => tls);
            await peer.SendAsync($"* OK [CAPABILITY IMAP4rev1 SASL-IR {mechanisms}] Hello.\r\n");
            await server(peer);
        },
        async open =>
        {
            await using var connected = await open();
            await client(connected);
        },
        FakeServer.Options with { Security = ImapSecurity.Tls, ClientIdentity = identity, ServerCertificateValidation = static (_, _, _, _) => true });

    private static Task<ImapClient> ConnectAsync(TestServer server, string service, ImapSecurity security) => ImapClient.ConnectAsync(
        new ImapClientOptions("127.0.0.1", server.Endpoint(service).Address.Port) { Security = security, ServerCertificateValidation = static (_, _, _, _) => true });

    private static SaslClientMeans Means(ImapClient client) => new()
    {
        AuthenticationId = TestServer.Alice,
        Password = TestServer.Password,
        IsEncrypted = true,
        Bindings = client.Bindings,
    };

    private static ClientIdentity MakeIdentity()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return ClientIdentity.FromCertificate(new CertificateRequest("CN=ann", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1)));
    }
}
