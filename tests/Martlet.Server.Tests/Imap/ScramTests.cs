using System.Security.Cryptography;
using Martlet.Network.Imap;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.Scram;
using Martlet.Server.Accounts;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Mechanisms that do not send the password: SCRAM (RFC 5802, RFC 7677) with and without channel binding, CRAM-MD5 (RFC 2195).</summary>
[Capability("AUTH=SCRAM-SHA-256", "AUTH=SCRAM-SHA-1", "AUTH=SCRAM-SHA-256-PLUS", "AUTH=SCRAM-SHA-1-PLUS", "AUTH=CRAM-MD5")]
public sealed class ScramTests
{
    public static TheoryData<string, string> Bindings => new()
    {
        { "SCRAM-SHA-256-PLUS", ChannelBindings.ExporterName },
        { "SCRAM-SHA-256-PLUS", ChannelBindings.ServerEndPointName },
        { "SCRAM-SHA-1-PLUS", ChannelBindings.ExporterName },
        { "SCRAM-SHA-1-PLUS", ChannelBindings.ServerEndPointName },
        { "SCRAM-SHA-256", "" },
        { "SCRAM-SHA-1", "" },
    };

    [Theory]
    [MemberData(nameof(Bindings))]
    public async Task The_right_password_logs_in_and_the_server_proves_itself(string mechanism, string binding)
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await ConnectAsync(server);
        Assert.Contains("AUTH=" + mechanism, client.Capabilities);
        var result = await client.AuthenticateAsync(Make(client, mechanism, binding, TestServer.Password));
        Assert.True(result.IsOk && client.IsAuthenticated, result.Status.Text);
        Assert.Contains(server.Log.Lines, line => line.Contains($"login ok ", StringComparison.Ordinal) && line.Contains($"mechanism={mechanism} ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("alice@example.org")]
    [InlineData("nobody@example.org")]
    [InlineData("not an address")]
    public async Task Whoever_does_not_know_the_password_is_told_the_same(string name)
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await ConnectAsync(server);
        var result = await client.AuthenticateAsync(Make(client, "SCRAM-SHA-256-PLUS", ChannelBindings.ExporterName, "wrong", name));
        Assert.Equal(("AUTHENTICATIONFAILED", "Wrong address or password."), (result.Status.Code?.Name, result.Status.Text));
    }

    [Fact]
    public async Task A_binding_to_another_connection_is_refused_and_logged_in_words()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await ConnectAsync(server);
        var means = Means(client, TestServer.Password) with { Bindings = new ChannelBindings { Exporter = RandomNumberGenerator.GetBytes(32) } };
        var result = await client.AuthenticateAsync(SaslClientChooser.Create("SCRAM-SHA-256-PLUS", ["SCRAM-SHA-256-PLUS"], means, Nonce()));
        Assert.Equal("AUTHENTICATIONFAILED", result.Status.Code?.Name);
        Assert.Contains(server.Log.Lines, line => line.StartsWith("Warning: login badbinding ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_was_told_there_is_no_PLUS_is_refused_and_it_is_logged()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await ConnectAsync(server);
        // It can bind and has not seen -PLUS in the list: somebody took it out.
        var result = await client.AuthenticateAsync(SaslClientChooser.Create("SCRAM-SHA-256", ["SCRAM-SHA-256"], Means(client, TestServer.Password), Nonce()));
        Assert.Equal("AUTHENTICATIONFAILED", result.Status.Code?.Name);
        Assert.Contains(server.Log.Lines, line => line.StartsWith("Warning: login downgrade ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_proof_does_not_open_an_account_whose_password_changed_meanwhile()
    {
        await using var server = await ImapServer.StartAsync();
        var alice = server.Account(TestServer.Alice).Id;
        var context = new LoginContext("imap", "c1", System.Net.IPAddress.Loopback);
        var attempt = server.Authenticator.Begin(context, "SCRAM-SHA-256", TestServer.Alice);
        Assert.True((await server.Store.SetPasswordAsync(alice, "other")).IsDone);
        Assert.False((await server.Authenticator.ProvedAsync(attempt, "", TestContext.Current.CancellationToken)).IsDone);
    }

    [Fact]
    public async Task CRAM_MD5_is_there_where_it_is_configured_and_only_there()
    {
        await using var without = await ImapServer.StartAsync();
        await using var first = await ConnectAsync(without);
        Assert.DoesNotContain("AUTH=CRAM-MD5", first.Capabilities);
        Assert.False((await first.AuthenticateAsync(new CramMd5Client(TestServer.Alice, TestServer.Password, SaslLimits.Default))).IsOk);

        await using var with = await ImapServer.StartAsync(new TestServerOptions { Logins = new AuthenticatorOptions { OffersCramMd5 = true } });
        await using var second = await ConnectAsync(with);
        Assert.Contains("AUTH=CRAM-MD5", second.Capabilities);
        Assert.False((await second.AuthenticateAsync(new CramMd5Client(TestServer.Alice, "wrong", SaslLimits.Default))).IsOk);
        Assert.True((await second.AuthenticateAsync(new CramMd5Client(TestServer.Alice, TestServer.Password, SaslLimits.Default))).IsOk);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(100_000)]
    public async Task Secrets_with_other_iterations_are_made_anew_when_the_password_is_next_used(int iterations)
    {
        await using var server = await ImapServer.StartAsync();
        var alice = server.Account(TestServer.Alice);
        var encoded = await new PasswordEncoder(server.Hasher) { ScramIterations = iterations }.EncodeAsync(TestServer.Password);
        Assert.True((await server.Store.SetPasswordAsync(alice.Id, encoded!.Hash, encoded.Secrets)).IsDone);
        await using var client = await ConnectAsync(server);
        Assert.True((await client.LoginAsync(TestServer.Alice, TestServer.Password)).IsOk);
        Assert.All(ScramHash.All, hash => Assert.Equal(hash.Iterations, Assert.IsType<ScramCredentials>(PasswordEncoder.FindSecret(alice.Row.Access, hash.Name)).Iterations));
    }

    [Fact]
    public async Task A_password_without_secrets_gets_them_when_it_is_next_used()
    {
        await using var server = await ImapServer.StartAsync();
        var alice = server.Account(TestServer.Alice);
        Assert.True((await server.Store.SetPasswordAsync(alice.Id, await server.Hasher.HashAsync(TestServer.Password))).IsDone);
        await using (var client = await ConnectAsync(server))
        {
            Assert.False((await client.AuthenticateAsync(Make(client, "SCRAM-SHA-256", "", TestServer.Password))).IsOk);
            Assert.True((await client.LoginAsync(TestServer.Alice, TestServer.Password)).IsOk);
        }

        await using var again = await ConnectAsync(server);
        Assert.True((await again.AuthenticateAsync(Make(again, "SCRAM-SHA-256", "", TestServer.Password))).IsOk);
    }

    private static Task<ImapClient> ConnectAsync(TestServer server)
    {
        var address = server.Endpoint("imaps").Address;
        return ImapClient.ConnectAsync(new ImapClientOptions(address.Address.ToString(), address.Port) { ServerCertificateValidation = static (_, _, _, _) => true });
    }

    private static SaslClientMeans Means(ImapClient client, string password, string name = TestServer.Alice) =>
        new() { AuthenticationId = name, Password = password, IsEncrypted = true, Bindings = client.Bindings };

    // Without a binding it says that it cannot bind, as the many clients that do not.
    private static ISaslClient Make(ImapClient client, string mechanism, string binding, string password, string name = TestServer.Alice)
    {
        var means = Means(client, password, name);
        return SaslClientChooser.Create(
            mechanism, [mechanism], binding.Length > 0 ? means with { BindingOrder = [binding] } : means with { Bindings = ChannelBindings.None }, Nonce());
    }

    private static string Nonce() => ScramNonce.From(RandomNumberGenerator.GetBytes(18));
}
