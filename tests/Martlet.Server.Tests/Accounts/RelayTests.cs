using System.Security.Cryptography;
using Martlet.Network.Clients;
using Martlet.Network.Imap;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.Scram;
using Martlet.Server.Tests.Imap;
using Martlet.Server.Tests.Network;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>Somebody sits between client and server, and the client believes his certificate: what he gets, by each mechanism.</summary>
public sealed class RelayTests
{
    // A client that sends its password to whoever the caller trusts.
    private static readonly LoginCredentials Credentials = new() { Username = TestServer.Alice, Password = TestServer.Password, IsServerTrusted = true };

    [Theory]
    [InlineData("PLAIN", "AGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=")]
    [InlineData("LOGIN", "Y29ycmVjdCBob3JzZQ==")]
    [InlineData("CRAM-MD5", "")]
    [InlineData("SCRAM-SHA-256", "")]
    [InlineData("SCRAM-SHA-1", "")]
    public async Task Without_a_binding_he_has_the_session_and_where_it_is_sent_the_password(string mechanism, string password)
    {
        await using var server = await Mechanisms.StartAsync(isImap: true);
        await using var relay = new TlsRelay(server.Endpoint("imaps").Address);
        await using var client = await ConnectAsync(relay);
        Assert.True((await client.AuthenticateAsync(Make(mechanism, Means(client) with { Bindings = ChannelBindings.None }))).IsOk);
        Assert.True((await client.SelectAsync("INBOX")).IsOk);
        Assert.Contains(" OK [READ-WRITE] ", relay.Heard, StringComparison.Ordinal);
        Assert.Contains(password, relay.Heard, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256-PLUS", ChannelBindings.ExporterName)]
    [InlineData("SCRAM-SHA-256-PLUS", ChannelBindings.ServerEndPointName)]
    [InlineData("SCRAM-SHA-1-PLUS", ChannelBindings.ExporterName)]
    [InlineData("SCRAM-SHA-1-PLUS", ChannelBindings.ServerEndPointName)]
    public async Task With_a_binding_he_has_nothing_and_is_logged(string mechanism, string binding)
    {
        await using var server = await ImapServer.StartAsync();
        await using var relay = new TlsRelay(server.Endpoint("imaps").Address);
        await using var client = await ConnectAsync(relay);
        var result = await client.AuthenticateAsync(Make(mechanism, Means(client) with { BindingOrder = [binding] }));
        Assert.Equal("AUTHENTICATIONFAILED", result.Status.Code?.Name);
        Assert.Contains(
            server.Log.Lines,
            line => line.StartsWith("Warning: login badbinding ", StringComparison.Ordinal) && line.Contains($"mechanism={mechanism} ", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("login ok ", StringComparison.Ordinal));

        // The same without him.
        await using var direct = await ImapClient.ConnectAsync(Options(server.Endpoint("imaps").Address));
        Assert.True((await direct.AuthenticateAsync(Make(mechanism, Means(direct) with { BindingOrder = [binding] }))).IsOk);
    }

    [Fact]
    public async Task Left_to_itself_the_client_binds_and_does_not_try_anything_weaker_after_that()
    {
        await using var server = await ImapServer.StartAsync();
        await using var relay = new TlsRelay(server.Endpoint("imaps").Address);
        await using var client = await ConnectAsync(relay);
        var login = await client.AuthenticateAsync(Credentials);
        Assert.False(login.IsOk);
        var attempt = Assert.Single(server.Log.Lines, line => line.Contains("login ", StringComparison.Ordinal));
        Assert.StartsWith("Warning: login badbinding ", attempt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taking_PLUS_out_of_the_list_is_noticed_by_the_server()
    {
        await using var server = await ImapServer.StartAsync();
        await using var relay = new TlsRelay(server.Endpoint("imaps").Address)
        {
            Change = static text => text.Replace(" AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-1-PLUS", "", StringComparison.Ordinal),
        };
        await using var client = await ConnectAsync(relay);
        Assert.DoesNotContain(client.Capabilities.Mechanisms, name => name.EndsWith("-PLUS", StringComparison.Ordinal));
        var login = await client.AuthenticateAsync(Credentials);
        Assert.False(login.IsOk);
        Assert.Contains(server.Log.Lines, line => line.StartsWith("Warning: login downgrade ", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("login ok ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Taking_all_but_PLAIN_out_of_the_list_is_noticed_by_the_client_that_was_here_before()
    {
        await using var server = await ImapServer.StartAsync();
        await using var relay = new TlsRelay(server.Endpoint("imaps").Address)
        {
            Change = static text => string.Join(' ', text.Split(' ').Where(word => !word.StartsWith("AUTH=SCRAM", StringComparison.Ordinal))),
        };
        await using var client = await ConnectAsync(relay);
        var credentials = Credentials with { StrongestBefore = "SCRAM-SHA-256-PLUS" };
        var refusal = await Assert.ThrowsAsync<ImapException>(() => client.AuthenticateAsync(credentials));
        Assert.Equal("SCRAM-SHA-256-PLUS", refusal.LostMechanism);
        Assert.DoesNotContain(server.Log.Lines, line => line.Contains("login ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_does_not_pass_through_him(bool showsOwnKey)
    {
        await using var server = await ImapServer.StartAsync();
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var relay = new TlsRelay(server.Endpoint("imaps").Address) { OwnKey = showsOwnKey ? TestKeys.Stranger : null };
        await using var peer = await TestPeer.ConnectAsync(relay.EndPoint, useTls: true, TestKeys.Phone);
        var greeting = await peer.ReadLineAsync();
        Assert.StartsWith("* OK [CAPABILITY ", greeting, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH=EXTERNAL", greeting, StringComparison.Ordinal);
        Assert.True(relay.HasSeenKey);
        await peer.SendLineAsync("a1 AUTHENTICATE EXTERNAL =");
        Assert.Equal("a1 NO That mechanism is not offered on this connection.", await peer.ReadLineAsync());
        await peer.SendLineAsync("a2 SELECT inbox");
        Assert.Equal("a2 BAD Log in first.", await peer.ReadLineAsync());
        Assert.Equal(showsOwnKey, server.Log.Lines.Any(line => line.Contains("login unknownkey ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_key_of_another_account_gives_him_that_account_and_not_the_clients()
    {
        await using var server = await ImapServer.StartAsync();
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await server.AddKeyAsync(TestServer.Bob, TestKeys.Stranger, mayPreauth: false);
        await using var relay = new TlsRelay(server.Endpoint("imaps").Address) { OwnKey = TestKeys.Stranger };
        await using var client = await ConnectAsync(relay);
        Assert.False((await client.AuthenticateAsync(Make("SCRAM-SHA-256", Means(client) with { Bindings = ChannelBindings.None }))).IsOk);
        Assert.Contains(server.Log.Lines, line => line.Contains("login otheraccount ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Submission_gives_him_as_little()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Services = SmtpServices.All() });
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var relay = new TlsRelay(server.Endpoint("submissions").Address) { OwnKey = TestKeys.Stranger };
        await using var peer = await SaslPeer.SmtpAsync(relay.EndPoint, useTls: true, TestKeys.Phone);
        Assert.StartsWith("530 5.7.0 ", await peer.SayAsync($"MAIL FROM:<{TestServer.Alice}>"), StringComparison.Ordinal);
        Assert.StartsWith("504 5.5.4 ", await peer.BeginAsync("EXTERNAL", "="), StringComparison.Ordinal);
        var means = new SaslClientMeans
        {
            AuthenticationId = TestServer.Alice,
            Password = TestServer.Password,
            IsEncrypted = true,
            Bindings = new ChannelBindings { Exporter = RandomNumberGenerator.GetBytes(32) },
        };
        Assert.StartsWith("535 5.7.8 ", await peer.LogInAsync(Make("SCRAM-SHA-256-PLUS", means)), StringComparison.Ordinal);
        Assert.Contains(server.Log.Lines, line => line.StartsWith("Warning: login badbinding ", StringComparison.Ordinal));
    }

    private static Task<ImapClient> ConnectAsync(TlsRelay relay) => ImapClient.ConnectAsync(Options(relay.EndPoint));

    private static ImapClientOptions Options(System.Net.IPEndPoint address) =>
        new(address.Address.ToString(), address.Port) { ServerCertificateValidation = static (_, _, _, _) => true };

    private static SaslClientMeans Means(ImapClient client) =>
        new() { AuthenticationId = TestServer.Alice, Password = TestServer.Password, IsEncrypted = true, Bindings = client.Bindings };

    private static ISaslClient Make(string mechanism, SaslClientMeans means) =>
        SaslClientChooser.Create(mechanism, [mechanism], means, ScramNonce.From(RandomNumberGenerator.GetBytes(18)));
}
