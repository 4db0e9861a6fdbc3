using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Martlet.Server.Accounts;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

public sealed class AuthenticatorTests : IAsyncLifetime
{
    private TestServer _server = null!;

    private static LoginContext Connection => new LoginContext("imap", "c1", IPAddress.Loopback).WithTls(new TlsInfo(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256, ""), static () => ChannelBindings.None);

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(new TestServerOptions { UsesFakeTime = true });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("alice@example.org")]
    [InlineData("Alice@EXAMPLE.org")]
    public async Task The_right_password_gives_the_account(string address)
    {
        var result = await _server.Authenticator.LoginAsync(address, TestServer.Password, Connection);
        Assert.Equal(TestServer.Alice, result.Account?.Name);
        Assert.Equal(LoginRefusal.None, result.Refusal);
    }

    [Theory]
    [InlineData("alice@example.org", "wrong")]
    [InlineData("nobody@example.org", TestServer.Password)]
    [InlineData("alice", TestServer.Password)]
    [InlineData("alice+detail@example.org", TestServer.Password)]
    [InlineData("alice@example.org\r\nlogin ok", TestServer.Password)]
    [InlineData("", "")]
    public async Task Everything_else_is_refused_in_the_same_way(string address, string password)
    {
        var result = await _server.Authenticator.LoginAsync(address, password, Connection);
        Assert.Null(result.Account);
        Assert.Equal(LoginRefusal.BadCredentials, result.Refusal);
    }

    [Fact]
    public async Task An_account_without_password_lets_nobody_in()
    {
        await _server.Store.SetPasswordAsync(_server.Account(TestServer.Alice).Id, passwordHash: null);
        Assert.False((await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Connection)).IsDone);
        Assert.False((await _server.Authenticator.LoginAsync(TestServer.Alice, "", Connection)).IsDone);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("ALICE@example.org", true)]
    [InlineData("bob@example.org", false)]
    [InlineData("nobody@example.org", false)]
    [InlineData("alice", false)]
    public async Task Nobody_acts_for_another_account(string authorizationId, bool mayLogIn)
    {
        var result = await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Connection, "PLAIN", authorizationId);
        Assert.Equal(mayLogIn, result.IsDone);
    }

    [Fact]
    public async Task A_remembered_login_ends_with_the_password()
    {
        Assert.True((await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Connection)).IsDone);
        await _server.Store.SetPasswordAsync(_server.Account(TestServer.Alice).Id, await _server.Hasher.HashAsync("new"));
        Assert.False((await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Connection)).IsDone);
        Assert.True((await _server.Authenticator.LoginAsync(TestServer.Alice, "new", Connection)).IsDone);
    }

    [Fact]
    public async Task Every_refusal_costs_one_hash_and_a_remembered_login_none()
    {
        await _server.Store.SetPasswordAsync(_server.Account(TestServer.Bob).Id, passwordHash: null);
        var before = _server.Hasher.Computed;
        await _server.Authenticator.LoginAsync(TestServer.Alice, "wrong", Connection);
        await _server.Authenticator.LoginAsync("nobody@example.org", "wrong", Connection);
        await _server.Authenticator.LoginAsync("not an address", "wrong", Connection);
        await _server.Authenticator.LoginAsync(TestServer.Bob, "wrong", Connection);
        Assert.Equal(before + 4, _server.Hasher.Computed);
        await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Connection);
        await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Connection);
        await _server.Authenticator.LoginAsync("ALICE@example.org", TestServer.Password, Connection);
        Assert.Equal(before + 5, _server.Hasher.Computed);
        await _server.Authenticator.LoginAsync(TestServer.Alice, "wrong", Connection);
        Assert.Equal(before + 6, _server.Hasher.Computed);
    }

    [Fact]
    public async Task A_remembered_login_is_its_own_account_only()
    {
        await _server.Store.SetPasswordAsync(_server.Account(TestServer.Bob).Id, await _server.Hasher.HashAsync("other"));
        Assert.True((await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Connection)).IsDone);
        Assert.False((await _server.Authenticator.LoginAsync(TestServer.Bob, TestServer.Password, Connection)).IsDone);
    }

    [Fact]
    public async Task The_fourth_failure_of_a_connection_is_answered_a_second_later()
    {
        var context = Connection;
        for (var i = 0; i < Authenticator.FailuresWithoutDelay; i++)
        {
            await _server.Authenticator.LoginAsync(TestServer.Alice, "wrong", context);
        }

        var fourth = _server.Authenticator.LoginAsync(TestServer.Alice, "wrong", context);
        while (context.Failures < 4)
        {
            await Task.Yield();
        }

        Assert.False(fourth.IsCompleted);
        await _server.AdvanceAsync(TimeSpan.FromSeconds(30), fourth);
        Assert.False((await fourth).IsDone);
    }

    [Fact]
    public async Task After_ten_failures_a_connection_has_no_more_tries()
    {
        var context = Connection;
        for (var i = 0; i < Authenticator.FailuresPerConnectionMax; i++)
        {
            Assert.False(context.IsExhausted);
            var attempt = _server.Authenticator.LoginAsync(TestServer.Alice, "wrong", context);
            await _server.AdvanceAsync(TimeSpan.FromMinutes(1), attempt);
            Assert.Equal(LoginRefusal.BadCredentials, (await attempt).Refusal);
        }

        Assert.True(context.IsExhausted);
        Assert.Equal(LoginRefusal.TooManyFailures, (await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, context)).Refusal);
    }

    [Fact]
    public async Task Each_attempt_is_one_line_that_shows_no_password_and_cannot_be_forged()
    {
        await _server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Connection);
        await _server.Authenticator.LoginAsync("x@y\r\nInformation: login ok cid=c2", "wrong", Connection, "PLAIN");
        Assert.Equal(
            [
                "Information: login ok cid=c1 account=alice@example.org address=alice@example.org mechanism=LOGIN protocol=imap tls=TLS1.3 key=- remote=127.0.0.1 count=1",
                "Information: login badcreds cid=c1 account=- address=x@y??Information:?login?ok?cid=c2 mechanism=PLAIN protocol=imap tls=TLS1.3 key=- remote=127.0.0.1 count=1",
            ],
            _server.Log.Lines.Where(line => line.Contains("login ", StringComparison.Ordinal)));
    }
}
