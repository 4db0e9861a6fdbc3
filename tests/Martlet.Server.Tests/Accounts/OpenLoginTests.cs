using Martlet.Server.Tests.Imap;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>Connections that are logged in are listed for their account alone, and end with a goodbye.</summary>
public sealed class OpenLoginTests
{
    [Fact]
    public async Task An_IMAP_connection_is_listed_from_login_to_logout_and_ended_with_BYE()
    {
        await using var server = await ImapServer.StartAsync();
        var (alice, bob, open) = (server.Account(TestServer.Alice).Id, server.Account(TestServer.Bob).Id, server.Authenticator.Open);
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("bare").Address, useTls: false);
        await peer.ReadLineAsync();
        Assert.Empty(open.Of(alice));
        await peer.SendLineAsync($"a1 LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        await peer.ReadLineAsync();
        await peer.SendLineAsync("a2 ID (\"name\" \"Thunderbird\" \"version\" \"140\")");
        await peer.ReadLineAsync();
        await peer.ReadLineAsync();
        await peer.SendLineAsync("a3 IDLE");
        Assert.StartsWith("+ ", await peer.ReadLineAsync(), StringComparison.Ordinal);

        var login = Assert.Single(open.Of(alice));
        Assert.Equal(("imap", TestServer.Alice, null, "Thunderbird 140", ""), (login.Protocol, login.Address, login.Key, login.Client, login.Tls));
        Assert.Empty(open.Of(bob));
        Assert.False(open.End(bob, login.Cid));
        Assert.True(open.End(alice, login.Cid));

        Assert.Equal("* BYE Ended on the account page.", await peer.ReadLineAsync());
        Assert.Null(await peer.ReadLineAsync());
        Assert.False(open.End(alice, "nosuch"));
    }

    [Fact]
    public async Task UNAUTHENTICATE_takes_it_out_and_a_login_after_it_is_another_one()
    {
        await using var server = await ImapServer.StartAsync();
        var open = server.Authenticator.Open;
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("bare").Address, useTls: false);
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"a1 LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        await peer.ReadLineAsync();
        await peer.SendLineAsync("a2 UNAUTHENTICATE");
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"a3 LOGIN {TestServer.Bob} \"{TestServer.Password}\"");
        await peer.ReadLineAsync();

        Assert.Empty(open.Of(server.Account(TestServer.Alice).Id));
        Assert.Single(open.Of(server.Account(TestServer.Bob).Id));
    }

    [Fact]
    public async Task A_submission_connection_is_listed_and_ended_with_421()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Services = SmtpServices.All() });
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        var (alice, open) = (server.Account(TestServer.Alice).Id, server.Authenticator.Open);
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("phone").Address, useTls: true, TestKeys.Phone);
        await peer.ReadLineAsync();
        foreach (var command in (string[])["EHLO laptop", "MAIL FROM:<alice@example.org>"])
        {
            await peer.SendLineAsync(command);
            while (await peer.ReadLineAsync() is { } line && line[3] == '-')
            {
                // More of the reply.
            }
        }

        var login = Assert.Single(open.Of(alice));
        Assert.Equal((TestKeys.Phone.Key.Fingerprint, "laptop", "TLS1.3"), (login.Key, login.Client, login.Tls));
        Assert.True(open.End(alice, login.Cid));

        Assert.StartsWith("421 4.3.2 This connection was ended on the account page.", await peer.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Null(await peer.ReadLineAsync());
    }
}
