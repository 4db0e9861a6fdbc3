using System.Net;
using System.Text;
using Martlet.Protocols.Sasl;
using Martlet.Server.Accounts;
using Martlet.Server.Tests.Imap;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>Logins that end, exchanges that are broken off, and what they give away.</summary>
public sealed class RevocationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_FETCH_ends_when_the_login_does_not_hold_any_more()
    {
        await using var server = await ImapServer.StartAsync();
        var mail = "Subject: secret\r\n\r\n" + string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 4000));
        await ImapServer.AddAsync(server, TestServer.Alice, MailboxPath.Inbox, [.. Enumerable.Repeat(mail, 20)]);
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("phone").Address, useTls: true, TestKeys.Phone);
        Assert.StartsWith("* PREAUTH", await peer.ReadLineAsync(), StringComparison.Ordinal);
        await peer.SendLineAsync("a1 EXAMINE inbox");
        while (await peer.ReadLineAsync() is { } line && !line.StartsWith("a1 ", StringComparison.Ordinal))
        {
            // What comes before.
        }

        await peer.SendLineAsync("a2 FETCH 1:* BODY[]");
        await peer.ReadBytesAsync(1024);
        Assert.True((await server.Store.RemoveKeyAsync(TestKeys.Phone.Key.Fingerprint)).IsDone);
        var isWhole = false;
        while (await peer.ReadLineAsync() is { } line)
        {
            isWhole |= line.StartsWith("a2 OK", StringComparison.Ordinal);
            if (isWhole)
            {
                break;
            }
        }

        Assert.False(isWhole, "80 MB were read after the key was removed.");
    }

    [Fact]
    public async Task An_APPEND_whose_login_ended_under_way_adds_nothing()
    {
        await using var server = await ImapServer.StartAsync();
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("bare").Address, useTls: false);
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"a1 LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        await peer.ReadLineAsync();
        await peer.SendLineAsync("a2 APPEND inbox {30}");
        Assert.StartsWith("+ ", await peer.ReadLineAsync(), StringComparison.Ordinal);
        Assert.True((await server.Store.SetDisabledAsync(server.Account(TestServer.Alice).Id, "Stolen.")).IsDone);
        await peer.SendLineAsync(new string('x', 30));
        await peer.ReadLineAsync();
        Assert.Empty(await server.ReadMessagesAsync(TestServer.Alice));
    }

    [Fact]
    public async Task A_message_whose_login_ended_during_DATA_is_not_sent()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Services = SmtpServices.All() });
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("phone").Address, useTls: true, TestKeys.Phone);
        await peer.ReadLineAsync();
        foreach (var command in (string[])["EHLO c", "MAIL FROM:<alice@example.org>", "RCPT TO:<bob@example.org>", "DATA"])
        {
            await peer.SendLineAsync(command);
            while (await peer.ReadLineAsync() is { } line && line[3] == '-')
            {
                // More of the reply.
            }
        }

        Assert.True((await server.Store.RemoveKeyAsync(TestKeys.Phone.Key.Fingerprint)).IsDone);
        await peer.SendLineAsync("Subject: pay me\r\n\r\nNow.\r\n.");
        Assert.StartsWith("5", await peer.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Empty(await server.ReadMessagesAsync(TestServer.Bob));
    }

    [Fact]
    public async Task Asking_for_salts_and_cancelling_is_not_free()
    {
        await using var server = await ImapServer.StartAsync();
        for (var i = 0; i < 500; i++)
        {
            using var exchange = Scram(server, Remote(1));
            await exchange.StartAsync(First($"user{i}@example.org"), Cancel);
            Assert.IsType<SaslReply.Cancelled>(await exchange.ContinueAsync("*"u8.ToArray(), Cancel));
        }

        Assert.True(server.Authenticator.Begin(Remote(1), "PLAIN", "x@example.org").IsRefused);
    }

    [Fact]
    public async Task One_address_cannot_hold_a_name_without_ever_failing()
    {
        await using var server = await ImapServer.StartAsync();
        for (var round = 0; round < 50; round++)
        {
            var held = Enumerable.Range(0, 20).Select(_ => Scram(server, Remote(1))).ToList();
            foreach (var exchange in held)
            {
                await exchange.StartAsync(First(TestServer.Alice), Cancel);
            }

            // As long as IMAP's minute or SMTP's five lasts, the owner is refused elsewhere.
            using (var owner = server.Authenticator.Begin(Remote(200), "PLAIN", TestServer.Alice))
            {
                if (!owner.IsRefused)
                {
                    return;
                }
            }

            foreach (var exchange in held)
            {
                await exchange.ContinueAsync("*"u8.ToArray(), Cancel);
                exchange.Dispose();
            }
        }

        Assert.Fail("The name was held for 50 rounds, and the address that did it has no failure.");
    }

    [Fact]
    public async Task A_password_of_before_the_lower_iterations_does_not_show_that_it_exists()
    {
        await using var server = await ImapServer.StartAsync();
        var passwords = new PasswordEncoder(server.Hasher);
        var old = new PasswordEncoder(server.Hasher) { ScramIterations = 100_000 };
        var encoded = await old.EncodeAsync(TestServer.Password, Cancel);
        var access = new AccountAccess { PasswordHash = encoded!.Hash, Secrets = encoded.Secrets, PasswordNumber = 1 };
        Assert.True(passwords.IsStale(access));
    }

    [Fact]
    public async Task Nobody_is_invited_to_send_a_password_in_the_clear()
    {
        await using var server = await ImapServer.StartAsync();
        await Transcript.RunAsync(server, """
            C -> strict
            S: * OK [CAPABILITY *
            C: a1 LOGIN alice@example.org {13}
            S: a1 NO [PRIVACYREQUIRED] *
            """);
    }

    [Fact]
    public async Task A_broken_off_exchange_is_in_the_log()
    {
        await using var server = await ImapServer.StartAsync();
        using (var exchange = Scram(server, Remote(1)))
        {
            await exchange.StartAsync(First(TestServer.Alice), Cancel);
        }

        Assert.Contains(server.Log.Lines, line => line.Contains("mechanism=SCRAM-SHA-256", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("al@example.org")]
    public async Task Who_logs_in_acting_for_another_address_is_at_home_all_the_same(string authorizationId)
    {
        await using var server = await ImapServer.StartAsync();
        Assert.True((await server.Store.AddAddressAsync(server.Account(TestServer.Alice).Id, "al@example.org")).IsDone);
        Assert.True((await server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, Remote(200), "PLAIN", authorizationId, Cancel)).IsDone);
        for (var i = 0; i < 50; i++)
        {
            using var guess = server.Authenticator.Begin(Context(new IPAddress([10, (byte)i, 0, 1])), "PLAIN", TestServer.Alice);
        }

        using var owner = server.Authenticator.Begin(Remote(200), "PLAIN", TestServer.Alice);
        Assert.False(owner.IsRefused);
    }

    [Fact]
    public async Task A_login_as_an_address_that_has_moved_does_not_hold()
    {
        await using var server = await ImapServer.StartAsync();
        Assert.True((await server.Store.AddAddressAsync(server.Account(TestServer.Alice).Id, "al@example.org")).IsDone);
        var grant = (await server.Authenticator.LoginAsync("al@example.org", TestServer.Password, Remote(1), cancel: Cancel)).Grant!;
        Assert.True((await server.Store.RemoveAddressAsync("al@example.org")).IsDone);
        Assert.True((await server.Store.AddAddressAsync(server.Account(TestServer.Bob).Id, "al@example.org")).IsDone);
        Assert.False((await server.Authenticator.LoginAsync("al@example.org", TestServer.Password, Remote(1), cancel: Cancel)).Account == grant.Account);
        Assert.False(grant.Holds(server.Store.Directory));
    }

    [Fact]
    public async Task What_was_said_before_STARTTLS_is_not_in_the_history()
    {
        await using var server = await ImapServer.StartAsync();
        await Transcript.RunAsync(server, """
            C -> strict
            S: * OK [CAPABILITY *
            C: a1 ID ("name" "injected in the clear")
            S: * ID *
            S: a1 OK *
            C: a2 STARTTLS
            S: a2 OK *
            C -> tls
            C: a3 LOGIN alice@example.org "correct horse"
            S: a3 OK *
            """);
        await server.Journal.FlushAsync(isLast: true);
        var entry = Assert.Single(server.Store.Logins.Read(server.Account(TestServer.Alice).Id, 10));
        Assert.Equal("", entry.Client);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_of_an_address_that_was_taken_away_does_not_come_back_with_it(bool isTakenAway)
    {
        await using var server = await ImapServer.StartAsync();
        var alice = server.Account(TestServer.Alice).Id;
        Assert.True((await server.Store.AddAddressAsync(alice, "al@example.org")).IsDone);
        var key = TestKeys.Phone.Key;
        Assert.True((await server.Store.AddKeyAsync(new(key.Fingerprint, alice, "al@example.org", "phone", key.Type, MayPreauth: true, Added: 0))).IsDone);
        if (isTakenAway)
        {
            Assert.True((await server.Store.RemoveAddressAsync("al@example.org")).IsDone);
            Assert.True((await server.Store.AddAddressAsync(alice, "al@example.org")).IsDone);
        }

        Assert.Equal(isTakenAway, LoginGrant.KeyOf(server.Store.Directory, key.Fingerprint) is null);
    }

    [Fact]
    public async Task A_key_that_was_weak_is_told_in_the_log()
    {
        await using var server = await ImapServer.StartAsync();
        var weak = new Martlet.Network.Tls.ClientKey("weak", "rsa-1024", IsUsable: false);
        var context = Remote(1).WithTls(
            new Martlet.Network.Tls.TlsInfo(System.Security.Authentication.SslProtocols.Tls13, default, "") { ClientKey = weak }, static () => ChannelBindings.None);
        server.Authenticator.NoteKey(context);
        Assert.Contains(server.Log.Lines, line => line.Contains("login unknownkey", StringComparison.Ordinal));
    }

    private static SaslExchange Scram(TestServer server, LoginContext context) => new(SaslMechanisms.Find("SCRAM-SHA-256")!, server.Authenticator, context);

    private static ReadOnlyMemory<byte> First(string name) => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"n,,n={name},r=abcdefghijkl")));

    private static LoginContext Remote(byte last) => Context(new IPAddress([192, 0, 2, last]));

    private static LoginContext Context(IPAddress remote) => new("imap", "c1", remote);
}
