using System.Security.Authentication;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>TLS client keys: PREAUTH, AUTH=EXTERNAL (RFC 4422 appendix A), and what ends them.</summary>
[Capability("AUTH=EXTERNAL")]
public sealed class KeyLoginTests
{
    private const string BeforeLogin = "IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID";
    private const string Passwords = "AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-1-PLUS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN";

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_known_key_begins_logged_in(SslProtocols version)
    {
        await using var server = await ImapServer.StartAsync();
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("phone").Address, useTls: true, TestKeys.Phone, version);
        Assert.StartsWith("* PREAUTH [CAPABILITY IMAP4rev2 ", await peer.ReadLineAsync(), StringComparison.Ordinal);
        await peer.SendLineAsync("a1 SELECT inbox");
        string? line;
        while ((line = await peer.ReadLineAsync()) is { } && !line.StartsWith("a1 ", StringComparison.Ordinal))
        {
            // What SELECT says.
        }

        Assert.Equal("a1 OK [READ-WRITE] Done.", line);
    }

    [Fact]
    public Task After_PREAUTH_nobody_logs_in() => WithKeyAsync(mayPreauth: true, """
        C -> phone
        S: * PREAUTH [CAPABILITY *
        C: a1 LOGIN alice@example.org "correct horse"
        S: a1 BAD Already logged in.
        C: a2 AUTHENTICATE EXTERNAL =
        S: a2 BAD Already logged in.
        C: a3 STARTTLS
        S: a3 BAD *
        """);

    [Fact]
    public Task UNAUTHENTICATE_after_PREAUTH_leaves_the_key_for_EXTERNAL() => WithKeyAsync(mayPreauth: true, $"""
        C -> phone
        S: * PREAUTH [CAPABILITY *
        C: a1 UNAUTHENTICATE
        S: a1 OK [CAPABILITY {BeforeLogin} AUTH=EXTERNAL {Passwords}] *
        C: a2 AUTHENTICATE EXTERNAL =
        S: a2 OK [CAPABILITY *
        """);

    [Fact]
    public Task A_key_without_PREAUTH_logs_in_with_EXTERNAL() => WithKeyAsync(mayPreauth: false, $"""
        C -> phone
        S: * OK [CAPABILITY {BeforeLogin} AUTH=EXTERNAL {Passwords}] mail.example.org *
        C: a1 AUTHENTICATE EXTERNAL =
        S: a1 OK [CAPABILITY *
        C2 -> phone
        S2: * OK *
        C2: b1 AUTHENTICATE EXTERNAL
        S2: + 
        C2: YWxpY2VAZXhhbXBsZS5vcmc=
        S2: b1 OK *
        """);

    [Fact]
    public async Task EXTERNAL_acts_for_any_address_of_the_account_and_for_no_other()
    {
        await using var server = await ImapServer.StartAsync();
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone, mayPreauth: false);
        Assert.True((await server.Store.AddAddressAsync(server.Account(TestServer.Alice).Id, "al@example.org")).IsDone);
        await Transcript.RunAsync(server, """
            C -> phone
            S: * OK *
            C: a1 AUTHENTICATE EXTERNAL Ym9iQGV4YW1wbGUub3Jn
            S: a1 NO [AUTHORIZATIONFAILED] That is not the same account.
            C: a2 AUTHENTICATE EXTERNAL bm9ib2R5QGV4YW1wbGUub3Jn
            S: a2 NO [AUTHORIZATIONFAILED] That is not the same account.
            C: a3 AUTHENTICATE EXTERNAL YWxAZXhhbXBsZS5vcmc=
            S: a3 OK [CAPABILITY *
            """);
    }

    [Fact]
    public Task STARTTLS_never_jumps_the_state() => WithKeyAsync(mayPreauth: true, $"""
        C -> phone-starttls
        S: * OK [CAPABILITY {BeforeLogin} STARTTLS LOGINDISABLED] *
        C: a1 AUTHENTICATE EXTERNAL =
        S: a1 NO [PRIVACYREQUIRED] *
        C: a2 STARTTLS
        S: a2 OK *
        C -> tls
        C: a3 SELECT inbox
        S: a3 BAD Log in first.
        C: a4 CAPABILITY
        S: * CAPABILITY {BeforeLogin} AUTH=EXTERNAL {Passwords}
        S: a4 OK Done.
        C: a5 AUTHENTICATE EXTERNAL =
        S: a5 OK *
        """);

    [Fact]
    public async Task A_key_that_nobody_has_is_as_none_and_is_logged()
    {
        await using var server = await ImapServer.StartAsync();
        await Transcript.RunAsync(server, $"""
            C -> phone
            S: * OK [CAPABILITY {BeforeLogin} {Passwords}] *
            C: a1 AUTHENTICATE EXTERNAL =
            S: a1 NO That mechanism is not offered on this connection.
            C: a2 LOGIN alice@example.org "correct horse"
            S: a2 OK *
            """);
        Assert.Contains(server.Log.Lines, line => line.Contains("login unknownkey ", StringComparison.Ordinal) && line.Contains(TestKeys.Phone.Key.Fingerprint, StringComparison.Ordinal));
    }

    [Fact]
    public Task Another_mechanism_must_belong_to_the_account_of_the_key() => WithKeyAsync(mayPreauth: false, """
        C -> phone
        S: * OK *
        C: a1 LOGIN bob@example.org "correct horse"
        S: a1 NO [AUTHORIZATIONFAILED] That is not the same account.
        C: a2 LOGIN bob@example.org "wrong"
        S: a2 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a3 LOGIN alice@example.org "correct horse"
        S: a3 OK *
        """);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_removed_key_ends_its_session(bool isIdle)
    {
        await using var server = await ImapServer.StartAsync();
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("phone").Address, useTls: true, TestKeys.Phone);
        Assert.StartsWith("* PREAUTH", await peer.ReadLineAsync(), StringComparison.Ordinal);
        await EndsAsync(peer, isIdle, () => server.Store.RemoveKeyAsync(TestKeys.Phone.Key.Fingerprint));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_disabled_account_ends_its_sessions(bool isIdle)
    {
        await using var server = await ImapServer.StartAsync();
        await using var peer = await LoginAsync(server);
        await EndsAsync(peer, isIdle, () => server.Store.SetDisabledAsync(server.Account(TestServer.Alice).Id, "Call us."));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_password_ends_sessions_of_the_old_one(bool isIdle)
    {
        await using var server = await ImapServer.StartAsync();
        await using var peer = await LoginAsync(server);
        await EndsAsync(peer, isIdle, () => server.Store.SetPasswordAsync(server.Account(TestServer.Alice).Id, "other"));
    }

    [Fact]
    public async Task Another_password_or_a_stronger_form_of_it_leaves_the_others_alone()
    {
        await using var server = await ImapServer.StartAsync();
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var byKey = await TestPeer.ConnectAsync(server.Endpoint("phone").Address, useTls: true, TestKeys.Phone);
        Assert.StartsWith("* PREAUTH", await byKey.ReadLineAsync(), StringComparison.Ordinal);
        await using var byPassword = await LoginAsync(server);
        var access = server.Account(TestServer.Alice).Row.Access;
        Assert.True((await server.Store.RecodePasswordAsync(server.Account(TestServer.Alice).Id, access.PasswordNumber, "recoded", "")).IsDone);
        await byPassword.SendLineAsync("a1 NOOP");
        Assert.Equal("a1 OK Done.", await byPassword.ReadLineAsync());
        Assert.True((await server.Store.SetPasswordAsync(server.Account(TestServer.Alice).Id, "other")).IsDone);
        await byKey.SendLineAsync("a1 NOOP");
        Assert.Equal("a1 OK Done.", await byKey.ReadLineAsync());
    }

    [Fact]
    public async Task A_disabled_account_is_told_so_when_it_has_proved_itself()
    {
        await using var server = await ImapServer.StartAsync();
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        Assert.True((await server.Store.SetDisabledAsync(server.Account(TestServer.Alice).Id, "Call us.")).IsDone);
        await Transcript.RunAsync(server, """
            C -> phone
            S: * OK [CAPABILITY *
            C: a1 AUTHENTICATE EXTERNAL =
            S: a1 NO Call us.
            C: a2 LOGIN alice@example.org "correct horse"
            S: a2 NO Call us.
            C: a3 LOGIN alice@example.org wrong
            S: a3 NO [AUTHENTICATIONFAILED] Wrong address or password.
            """);
    }

    [Fact]
    public async Task A_key_whose_address_has_moved_logs_in_nobody()
    {
        await using var server = await ImapServer.StartAsync();
        var alice = server.Account(TestServer.Alice).Id;
        Assert.True((await server.Store.AddAddressAsync(alice, "al@example.org")).IsDone);
        var key = TestKeys.Phone.Key;
        Assert.True((await server.Store.AddKeyAsync(new(key.Fingerprint, alice, "al@example.org", "phone", key.Type, MayPreauth: true, Added: 0))).IsDone);
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("phone").Address, useTls: true, TestKeys.Phone);
        Assert.StartsWith("* PREAUTH", await peer.ReadLineAsync(), StringComparison.Ordinal);
        await EndsAsync(peer, isIdle: true, async () =>
        {
            Assert.True((await server.Store.RemoveAddressAsync("al@example.org")).IsDone);
            return await server.Store.AddAddressAsync(server.Account(TestServer.Bob).Id, "al@example.org");
        });
        await Transcript.RunAsync(server, $"""
            C -> phone
            S: * OK [CAPABILITY {BeforeLogin} {Passwords}] *
            """);
    }

    private static async Task WithKeyAsync(bool mayPreauth, string script)
    {
        await using var server = await ImapServer.StartAsync();
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone, mayPreauth);
        await Transcript.RunAsync(server, script);
    }

    private static async Task<TestPeer> LoginAsync(TestServer server)
    {
        var peer = await TestPeer.ConnectAsync(server.Endpoint("bare").Address, useTls: false);
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"login LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        Assert.StartsWith("login OK", await peer.ReadLineAsync(), StringComparison.Ordinal);
        return peer;
    }

    private static async Task EndsAsync<T>(TestPeer peer, bool isIdle, Func<Task<T>> change)
    {
        if (isIdle)
        {
            await peer.SendLineAsync("a1 IDLE");
            Assert.Equal("+ Waiting for DONE.", await peer.ReadLineAsync());
        }

        await change();
        if (!isIdle)
        {
            await peer.SendLineAsync("a1 NOOP");
        }

        const string Expected = "* BYE [EXPIRED] The account was disabled, or its password or key has changed; log in again.";
        Assert.Equal(Expected, await peer.ReadLineAsync());
        Assert.Null(await peer.ReadLineAsync());
    }
}
