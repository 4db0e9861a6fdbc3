using Martlet.Network.Clients;
using Martlet.Network.Smtp;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Smtp;
using Martlet.Store.Model;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Smtp.Client;

/// <summary>Our client and our server, over sockets.</summary>
public sealed class RealServerTests : SmtpTest
{
    private static readonly LoginCredentials Alice = new() { Username = TestServer.Alice, Password = TestServer.Password, IsServerTrusted = true };

    [Theory]
    [InlineData("submissions", SmtpSecurity.Tls)]
    [InlineData("submission", SmtpSecurity.StartTls)]
    public async Task A_message_is_submitted_with_a_password_over_TLS(string service, SmtpSecurity security)
    {
        await using var client = await ConnectAsync(service, security);
        var login = await client.AuthenticateAsync(Alice);
        Assert.True(login.IsLoggedIn, login.Reason);
        var content = "From: alice@example.org\nSubject: x\nDate: Sun, 01 Mar 2026 11:59:00 +0000\nMessage-ID: <1@example.org>\n\n.dot\nümläut";
        var mail = FakeSmtpServer.Mail(content, TestServer.Bob, "nobody@example.org") with { From = new ReversePath(FakeSmtpServer.Address(TestServer.Alice)) };
        var result = await client.SendAsync(mail);
        Assert.Equal([SendOutcome.Taken, SendOutcome.Refused], result.Recipients.Select(static one => one.Outcome));
        Assert.True((await client.SendAsync(mail with { Recipients = [FakeSmtpServer.To(TestServer.Bob)], Content = FakeSmtpServer.Content(content) })).IsComplete);
        await client.QuitAsync();
        var arrived = await InboxAsync(TestServer.Bob);
        Assert.Equal(2, arrived.Count);
        Assert.All(arrived, message => Assert.EndsWith(content.ReplaceLineEndings("\r\n") + "\r\n", message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_password_ends_the_login()
    {
        await using var client = await ConnectAsync("submissions", SmtpSecurity.Tls);
        var login = await client.AuthenticateAsync(Alice with { Password = "wrong" });
        Assert.Equal((false, 535, "SCRAM-SHA-256-PLUS"), (login.IsLoggedIn, login.Reply!.Code, login.Mechanism));
        Assert.False(client.IsAuthenticated);
    }

    [Theory]
    [InlineData("submissions", SmtpSecurity.Tls)]
    [InlineData("submission", SmtpSecurity.StartTls)]
    public async Task Every_mechanism_that_is_offered_logs_in(string service, SmtpSecurity security)
    {
        using var identity = await AddKeyAsync();
        await using var first = await ConnectAsync(service, security, identity);
        var offered = first.Capabilities.Mechanisms;
        Assert.Superset(new HashSet<string> { "EXTERNAL", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1", "PLAIN", "LOGIN" }, offered.ToHashSet());
        foreach (var mechanism in offered)
        {
            await using var client = await ConnectAsync(service, security, identity);
            var means = new SaslClientMeans { AuthenticationId = TestServer.Alice, Password = TestServer.Password, HasCertificate = true, IsEncrypted = true, Bindings = client.Bindings };
            var reply = await client.AuthenticateAsync(SaslClientChooser.Create(mechanism, offered, means, "fyko+d2lbbFgONRv9qkxdawL"));
            Assert.True(reply.Code == 235, $"{mechanism}: {reply}");
        }
    }

    [Fact]
    public async Task A_key_alone_comes_before_the_password()
    {
        using var identity = await AddKeyAsync();
        await using var client = await ConnectAsync("submissions", SmtpSecurity.Tls, identity);
        var login = await client.AuthenticateAsync(Alice with { Password = "wrong" });
        Assert.Equal((true, "EXTERNAL", "EXTERNAL"), (login.IsLoggedIn, login.Mechanism, login.Strongest));
        Assert.True((await client.SendAsync(FakeSmtpServer.Mail("Subject: x\n\n", TestServer.Bob) with { From = new ReversePath(FakeSmtpServer.Address(TestServer.Alice)) })).IsComplete);
    }

    [Fact]
    public async Task A_server_with_a_certificate_that_is_not_trusted_is_left()
    {
        var endpoint = Server.Endpoint("submissions").Address;
        var options = new SmtpClientOptions("127.0.0.1", endpoint.Port);
        await FakeSmtpServer.FailsAsync(() => SmtpClient.ConnectAsync(options, TestContext.Current.CancellationToken), SmtpFailure.Tls);
    }

    [Fact]
    public async Task Mail_of_strangers_arrives_and_a_large_one_too()
    {
        await using var client = await ConnectAsync("smtp", SmtpSecurity.StartTlsIfOffered);
        Assert.NotNull(client.Tls);
        var content = "Subject: large\n\n" + string.Concat(Enumerable.Repeat("...0123456789\n", 200_000));
        Assert.True((await client.SendAsync(FakeSmtpServer.Mail(content, TestServer.Bob))).IsComplete);
        Assert.EndsWith("\r\n\r\n" + content[(content.IndexOf("\n\n", StringComparison.Ordinal) + 2)..].ReplaceLineEndings("\r\n"), Assert.Single(await InboxAsync(TestServer.Bob)), StringComparison.Ordinal);
    }

    // Ed25519, and no certificate but the one that is made in memory.
    private async Task<ClientIdentity> AddKeyAsync()
    {
        var identity = ClientIdentity.FromPem(ClientKeyFiles.Make(ClientKeyAlgorithm.Ed25519, "x", "", TimeProvider.System.GetUtcNow()).KeyPem);
        var account = Server.Store.Directory.FindAddress(TestServer.Alice)!.Id;
        await Server.Store.AddKeyAsync(new LoginKey(identity.Key.Fingerprint, account, TestServer.Alice, "laptop", identity.Key.Type, MayPreauth: false, Added: 0));
        return identity;
    }

    private Task<SmtpClient> ConnectAsync(string service, SmtpSecurity security, ClientIdentity? identity = null) => SmtpClient.ConnectAsync(
        new SmtpClientOptions("127.0.0.1", Server.Endpoint(service).Address.Port)
        {
            Security = security,
            ClientIdentity = identity,
            HelloName = "client.example",
            ServerCertificateValidation = static (_, _, _, _) => true,
        },
        TestContext.Current.CancellationToken);
}
