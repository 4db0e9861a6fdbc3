using Martlet.Network.Clients;
using Martlet.Network.Smtp;
using Martlet.Protocols.Smtp;
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
    public async Task A_wrong_password_and_a_server_that_nobody_vouches_for()
    {
        await using var client = await ConnectAsync("submissions", SmtpSecurity.Tls);
        Assert.Null((await client.AuthenticateAsync(Alice with { IsServerTrusted = false })).Reply?.ToString());
        Assert.Equal(535, (await client.AuthenticateAsync(Alice with { Password = "wrong" })).Reply?.Code);
        Assert.False(client.IsAuthenticated);
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

    private Task<SmtpClient> ConnectAsync(string service, SmtpSecurity security) => SmtpClient.ConnectAsync(
        new SmtpClientOptions("127.0.0.1", Server.Endpoint(service).Address.Port)
        {
            Security = security,
            HelloName = "client.example",
            ServerCertificateValidation = static (_, _, _, _) => true,
        },
        TestContext.Current.CancellationToken);
}
