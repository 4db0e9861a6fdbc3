using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>GETQUOTA and quota in general: RFC 9208.</summary>
[Commands("GETQUOTA")]
public sealed class GetQuotaTests
{
    [Fact]
    public Task Usage_is_told_without_a_limit_too() => ImapServer.PlayAsync("""
        C: a1 GETQUOTA ""
        S: * QUOTA "" (STORAGE 1 2147483647 MESSAGE 1 2147483647)
        S: a1 OK Done.
        C: a2 GETQUOTA "#user/alice"
        S: a2 NO [NONEXISTENT] No such quota root.
        C: a3 SETQUOTA "" (STORAGE 100)
        S: a3 BAD Unknown command.
        C2 -> bob
        C2: b1 GETQUOTA ""
        S2: * QUOTA "" (STORAGE 0 2147483647 MESSAGE 0 2147483647)
        S2: b1 OK Done.
        """, Mail.One);

    [Theory]
    [InlineData(1, 91, 1, "STORAGE 1 1 MESSAGE 1 1")]
    [InlineData(1, 1024, 0, "STORAGE 1 1 MESSAGE 1 2147483647")]
    [InlineData(2, 1025, 2, "STORAGE 1 2 MESSAGE 2 2")]
    [InlineData(12, 1_000_000_000_000, 100, "STORAGE 2 976562500 MESSAGE 12 100")]
    [InlineData(12, 1, 1, "STORAGE 2 1 MESSAGE 12 1")]
    [InlineData(0, 0, 5_000_000_000, "STORAGE 0 2147483647 MESSAGE 0 5000000000")]
    public async Task Usage_and_limit_are_in_units_of_1024_bytes_rounded_up(int messages, long bytesMax, long messagesMax, string expected)
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", [.. Enumerable.Repeat(Mail.One, messages)]);
        await server.Store.SetQuotaAsync(server.Account(TestServer.Alice).Id, bytesMax, messagesMax);
        await Transcript.RunAsync(server, $"""
            C: a1 GETQUOTA ""
            S: * QUOTA "" ({expected})
            S: a1 OK Done.
            """);
    }

    [Fact]
    public async Task MailKit_reads_quotas_without_a_limit()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One);
        using var client = new MailKit.Net.Imap.ImapClient();
        await client.ConnectAsync("127.0.0.1", server.Endpoint("bare").Address.Port, MailKit.Security.SecureSocketOptions.None, TestContext.Current.CancellationToken);
        await client.AuthenticateAsync(TestServer.Alice, TestServer.Password, TestContext.Current.CancellationToken);

        var quota = await client.Inbox.GetQuotaAsync(TestContext.Current.CancellationToken);

        Assert.Equal((1u, 2147483647u, 1u, 2147483647u), (quota.CurrentStorageSize, quota.StorageLimit, quota.CurrentMessageCount, quota.MessageLimit));
        await client.DisconnectAsync(quit: true, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task APPEND_is_taken_at_the_limit_and_refused_one_byte_over_before_the_data()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One);
        await server.Store.SetQuotaAsync(server.Account(TestServer.Alice).Id, bytes: 91 + 10, messages: 3);
        await Transcript.RunAsync(server, """
            C: a1 APPEND Sent {11}
            S: a1 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: a2 APPEND Sent {5}
            S: + Ready for the literal.
            C: <<a: b\n {6}\r\n>>
            S: a2 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: a3 APPEND Sent {5}
            S: + Ready for the literal.
            C: <<a: b\n {5}\r\n>>
            S: + Ready for the literal.
            C: <<c: d\n\r\n>>
            S: a3 OK [APPENDUID * 1:2] Done.
            C: a4 GETQUOTA ""
            S: * QUOTA "" (STORAGE 1 1 MESSAGE 3 3)
            S: a4 OK Done.
            C: a5 APPEND Sent {1}
            S: a5 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            """);
    }

    [Fact]
    public async Task COPY_is_done_at_the_limit_and_refused_over_it_and_MOVE_is_never_refused()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One, Mail.One);
        await server.Store.SetQuotaAsync(server.Account(TestServer.Alice).Id, bytes: 3 * 91, messages: 0);
        await Transcript.RunAsync(server, """
            C: a1 SELECT INBOX
            ...
            S: a1 OK [READ-WRITE] Done.
            C: a2 COPY 1:2 Sent
            S: a2 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: a3 COPY 1 Sent
            S: a3 OK [COPYUID * 1 1] Done.
            C: a4 UID COPY 2 Sent
            S: a4 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: a5 MOVE 1:2 Sent
            S: * OK [COPYUID * 1:2 2:3] Moved.
            S: * 1 EXPUNGE
            S: * 1 EXPUNGE
            S: a5 OK *
            C: a6 STATUS Sent (MESSAGES SIZE)
            S: * STATUS Sent (MESSAGES 3 SIZE 273)
            S: a6 OK Done.
            """);
        await server.Store.SetQuotaAsync(server.Account(TestServer.Alice).Id, bytes: 0, messages: 3);
        await Transcript.RunAsync(server, """
            C: a1 SELECT Sent
            ...
            S: a1 OK [READ-WRITE] Done.
            C: a2 COPY 1 INBOX
            S: a2 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: a3 MOVE 1 INBOX
            ...
            S: a3 OK *
            """);
    }

    [Fact]
    public Task GETQUOTA_takes_a_root() => ImapServer.PlayAsync("""
        C: a1 GETQUOTA
        S: a1 BAD Expected a space.
        C: a2 GETQUOTA (a)
        S: a2 BAD Expected a string or an atom.
        C: a3 GETQUOTA "" more
        S: a3 BAD Unexpected text after the arguments.
        C: <<a4 GETQUOTA {0+}\r\n\r\n>>
        S: * QUOTA "" (STORAGE 0 2147483647 MESSAGE 0 2147483647)
        S: a4 OK Done.
        """);
}
