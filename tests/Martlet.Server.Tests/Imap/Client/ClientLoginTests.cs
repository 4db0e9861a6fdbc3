using System.Text;
using Martlet.Network.Clients;
using Martlet.Network.Imap;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Scram;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>How the client logs in with what it has: conversations with a scripted server, in the clear. With TLS: <see cref="ClientTlsLoginTests"/>.</summary>
public sealed class ClientLoginTests
{
    private const string Done = "A1 OK [CAPABILITY IMAP4rev1 MOVE] Done.\r\n";

    private static readonly LoginCredentials Ann = new() { Username = "ann", Password = "pw", IsServerTrusted = true };

    [Fact]
    public Task SCRAM_is_taken_before_what_is_weaker() => FakeServer.RunAsync(
        server => ScramPeer.LogInAsync(server, "A1 AUTHENTICATE SCRAM-SHA-256", ScramHash.Sha256),
        async client =>
        {
            var login = (await client.AuthenticateAsync(Ann with { IsServerTrusted = false, StrongestBefore = "SCRAM-SHA-1" })).EnsureOk();
            Assert.Equal(("SCRAM-SHA-256", "SCRAM-SHA-256", false), (login.Mechanism, login.Strongest, login.WasLoggedInBefore));
            Assert.True(client.IsAuthenticated && client.Capabilities.Has("MOVE"));
        },
        capabilities: "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=SCRAM-SHA-1 AUTH=SCRAM-SHA-256 AUTH=CRAM-MD5");

    [Fact]
    public Task CRAM_MD5() => FakeServer.RunAsync(
        async server =>
        {
            // The example of RFC 2195 §2.
            await server.AnswerAsync("A1 AUTHENTICATE CRAM-MD5", $"+ {Base64("<1896.697170952@postoffice.reston.mci.net>")}\r\n");
            await server.AnswerAsync(Base64("tim b913a602c7eda7a495b4e6e7334d3890"), Done);
        },
        async client => Assert.Equal("CRAM-MD5", (await client.AuthenticateAsync(Ann with { Username = "tim", Password = "tanstaaftanstaaf" })).EnsureOk().Strongest),
        capabilities: "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=CRAM-MD5");

    [Fact]
    public Task PLAIN() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 AUTHENTICATE PLAIN AGFubgBwdw==", Done),
        async client =>
        {
            var login = await client.AuthenticateAsync(Ann);
            Assert.Equal((true, "PLAIN", null), (login.IsOk, login.Mechanism, login.Strongest));
        },
        capabilities: "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN");

    [Fact]
    public Task LOGIN_the_mechanism() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 AUTHENTICATE LOGIN", "+ VXNlcm5hbWU6\r\n");
            await server.AnswerAsync("YW5u", "+ UGFzc3dvcmQ6\r\n");
            await server.AnswerAsync("cHc=", Done);
        },
        async client => Assert.True((await client.AuthenticateAsync(Ann)).IsOk),
        capabilities: "IMAP4rev1 SASL-IR AUTH=LOGIN");

    [Fact]
    public Task LOGIN_the_command_where_there_is_no_mechanism() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 LOGIN ann pw", Done),
        async client =>
        {
            Assert.Equal("LOGIN", (await client.AuthenticateAsync(Ann)).EnsureOk().Mechanism);
            Assert.True(client.IsAuthenticated && client.Capabilities.Has("MOVE"));
        },
        capabilities: "IMAP4rev1 AUTH=GSSAPI");

    [Theory]
    [InlineData("IMAP4rev1 LOGINDISABLED AUTH=GSSAPI", true)]
    [InlineData("IMAP4rev1 AUTH=PLAIN AUTH=LOGIN", false)] // Nobody has verified the server: the LOGIN command is no better.
    [InlineData("IMAP4rev1", false)]
    [InlineData("IMAP4rev1 AUTH=EXTERNAL AUTH=SCRAM-SHA-256-PLUS LOGINDISABLED", true)] // No key, nothing to bind to.
    public Task Where_nothing_may_be_tried_nothing_is_sent(string capabilities, bool isTrusted) => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 NOOP", "A1 OK\r\n"),
        async client =>
        {
            Assert.Null((await FakeServer.FailsAsync(() => client.AuthenticateAsync(Ann with { IsServerTrusted = isTrusted }), ImapFailure.Refused)).LostMechanism);
            await client.NoopAsync();
        },
        capabilities: capabilities);

    [Fact]
    public Task A_list_that_shrank_is_an_error_with_the_name_of_what_is_missing() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 NOOP", "A1 OK\r\n"),
        async client =>
        {
            var exception = await FakeServer.FailsAsync(() => client.AuthenticateAsync(Ann with { StrongestBefore = "SCRAM-SHA-256" }), ImapFailure.Refused);
            Assert.Equal("SCRAM-SHA-256", exception.LostMechanism);
            Assert.Contains("SCRAM-SHA-256", exception.Message, StringComparison.Ordinal);
            await client.NoopAsync();
        },
        capabilities: "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=LOGIN");

    [Fact]
    public Task A_refused_mechanism_is_missed_like_one_that_is_not_offered() => FakeServer.RunAsync(
        async server =>
        {
            Assert.StartsWith("A1 AUTHENTICATE SCRAM-SHA-256 ", await server.ReadLineAsync(), StringComparison.Ordinal);
            await server.SendAsync("A1 NO Not known here.\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n");
        },
        async client =>
        {
            var exception = await FakeServer.FailsAsync(() => client.AuthenticateAsync(Ann with { StrongestBefore = "SCRAM-SHA-256" }), ImapFailure.Refused);
            Assert.Equal("SCRAM-SHA-256", exception.LostMechanism);
            await client.NoopAsync();
        },
        capabilities: "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=SCRAM-SHA-256");

    [Theory]
    [InlineData("BAD What?")]
    [InlineData("NO Not known here.")]
    [InlineData("NO [CANNOT] Not with this account.")]
    public Task A_mechanism_that_is_not_available_is_followed_by_the_next(string refusal) => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 AUTHENTICATE SCRAM-SHA-1", $"A1 {refusal}\r\n");
            await server.AnswerAsync("A2 AUTHENTICATE PLAIN", "+ \r\n");
            await server.AnswerAsync("AGFubgBwdw==", "A2 OK [CAPABILITY IMAP4rev1] Done.\r\n");
        },
        async client =>
        {
            var login = (await client.AuthenticateAsync(Ann)).EnsureOk();
            Assert.Equal(("PLAIN", null), (login.Mechanism, login.Strongest));
        },
        capabilities: "IMAP4rev1 AUTH=PLAIN AUTH=SCRAM-SHA-1");

    [Theory]
    [InlineData("NO [AUTHENTICATIONFAILED] No.")]
    [InlineData("NO [UNAVAILABLE] Later.")]
    [InlineData("NO [PRIVACYREQUIRED] Not in the clear.")]
    public Task A_refusal_of_the_account_is_the_end(string refusal) => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 AUTHENTICATE SCRAM-SHA-1", $"A1 {refusal}\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n");
        },
        async client =>
        {
            var login = await client.AuthenticateAsync(Ann);
            Assert.Equal((false, "SCRAM-SHA-1", null), (login.IsOk, login.Mechanism, login.Strongest));
            Assert.Equal(ImapFailure.Refused, Assert.Throws<ImapException>(() => login.EnsureOk()).Failure);
            await client.NoopAsync();
        },
        capabilities: "IMAP4rev1 AUTH=PLAIN AUTH=SCRAM-SHA-1");

    /// <summary>The list has been cut, says the server: nothing weaker may follow, though nothing secret was sent yet.</summary>
    [Fact]
    public Task After_an_error_inside_the_exchange_nothing_follows() => FakeServer.RunAsync(
        async server =>
        {
            Assert.StartsWith("A1 AUTHENTICATE SCRAM-SHA-256 ", await server.ReadLineAsync(), StringComparison.Ordinal);
            await server.SendAsync($"+ {Base64("e=server-does-support-channel-binding")}\r\n");
            await server.AnswerAsync("", "A1 NO Refused.\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n");
        },
        async client =>
        {
            var login = await client.AuthenticateAsync(Ann);
            Assert.Equal((false, "server-does-support-channel-binding"), (login.IsOk, login.MechanismError));
            await client.NoopAsync();
        },
        capabilities: "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=SCRAM-SHA-1 AUTH=SCRAM-SHA-256");

    /// <summary>Whoever sits there has a proof to try passwords on; the password itself is not handed over.</summary>
    [Fact]
    public Task After_a_proof_no_password_follows() => FakeServer.RunAsync(
        async server =>
        {
            Assert.IsType<SaslStep.Failed>(await ScramPeer.TakeProofAsync(server, "A1 AUTHENTICATE SCRAM-SHA-256", ScramHash.Sha256, password: "another"));
            await server.SendAsync($"+ {Base64("e=invalid-proof")}\r\n");
            await server.AnswerAsync("", "A1 NO Not known here.\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n");
        },
        async client =>
        {
            var login = await client.AuthenticateAsync(Ann);
            Assert.Equal((false, "SCRAM-SHA-256", "invalid-proof"), (login.IsOk, login.Mechanism, login.MechanismError));
            await client.NoopAsync();
        },
        capabilities: "IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=SCRAM-SHA-256");

    [Fact]
    public Task A_server_with_the_wrong_signature_is_left() => FakeServer.RunAsync(
        async server =>
        {
            await ScramPeer.TakeProofAsync(server, "A1 AUTHENTICATE SCRAM-SHA-256", ScramHash.Sha256);
            await server.SendAsync($"+ {ScramPeer.WrongSignature}\r\n");
            await server.ExpectAsync("*");
            await server.ExpectCloseAsync();
        },
        async client =>
        {
            var exception = await FakeServer.FailsAsync(() => client.AuthenticateAsync(Ann), ImapFailure.Protocol);
            Assert.Contains("BadServerSignature", exception.Message, StringComparison.Ordinal);
            Assert.False(client.IsAuthenticated);
        },
        capabilities: "IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256");

    [Fact]
    public Task A_server_that_leaves_its_signature_out_is_left() => FakeServer.RunAsync(
        async server =>
        {
            await ScramPeer.TakeProofAsync(server, "A1 AUTHENTICATE SCRAM-SHA-256", ScramHash.Sha256);
            await server.SendAsync("A1 OK Welcome.\r\n");
        },
        async client =>
        {
            await FakeServer.FailsAsync(() => client.AuthenticateAsync(Ann), ImapFailure.Protocol);
            Assert.False(client.IsAuthenticated);
        },
        capabilities: "IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256");

    [Fact]
    public Task After_PREAUTH_nothing_is_sent() => FakeServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("* PREAUTH [CAPABILITY IMAP4rev1 AUTH=PLAIN] Hello.\r\n");
            await server.AnswerAsync("A1 NOOP", "A1 OK\r\n");
        },
        async open =>
        {
            await using var client = await open();
            var login = (await client.AuthenticateAsync(Ann with { StrongestBefore = "EXTERNAL" })).EnsureOk();
            Assert.Equal((true, null, "EXTERNAL"), (login.WasLoggedInBefore, login.Mechanism, login.Strongest));
            await client.NoopAsync();
        });

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
}
