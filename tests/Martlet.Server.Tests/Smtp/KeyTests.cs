using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>Submission with a TLS client key: MAIL at once, AUTH if wanted.</summary>
public sealed class KeyTests : SmtpTest
{
    private const string Hello = """
        S: 220 *
        C: EHLO client.example
        ...
        S: 250 LIMITS *

        """;

    [Fact]
    public async Task A_known_key_is_login_enough()
    {
        await Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone, mayPreauth: false);
        await PlayAsync("""
            C: MAIL FROM:<bob@example.org>
            S: 550 5.7.1 MAIL FROM must be an address of yours. *
            C: MAIL FROM:<alice@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:<bob@example.org>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: Subject: hello
            C: .
            S: 250 2.6.0 *
            """);
        Assert.Contains("with ESMTPSA", Assert.Single(await InboxAsync(TestServer.Bob)), StringComparison.Ordinal);
        Assert.Contains(Server.Log.Lines, line => line.Contains("login ok ", StringComparison.Ordinal) && line.Contains("mechanism=KEY protocol=submission", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AUTH_is_possible_before_and_after()
    {
        await Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await PlayAsync($"""
            C: AUTH EXTERNAL {Base64(TestServer.Bob)}
            S: 535 5.7.8 That is not the same account. *
            C: AUTH PLAIN {Base64($"\0{TestServer.Bob}\0{TestServer.Password}")}
            S: 535 5.7.8 That is not the same account. *
            C: AUTH EXTERNAL =
            S: 235 2.7.0 Logged in.
            C: AUTH EXTERNAL =
            S: 503 5.5.1 You are logged in already. *
            C2 -> phone
            S2: 220 *
            C2: EHLO client.example
            ...
            S2: 250 LIMITS *
            C2: MAIL FROM:<alice@example.org>
            S2: 250 2.1.0 *
            C2: RSET
            S2: 250 *
            C2: AUTH EXTERNAL
            S2: 503 5.5.1 You are logged in already. *
            """);
    }

    [Fact]
    public async Task After_STARTTLS_the_key_counts_and_not_before()
    {
        await Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await Transcript.RunAsync(
            Server,
            """
            S: 220 *
            C: EHLO client.example
            ...
            S: 250 LIMITS *
            C: MAIL FROM:<alice@example.org>
            S: 530 5.7.0 Say STARTTLS first. *
            C: AUTH EXTERNAL =
            S: 538 5.7.11 *
            C: STARTTLS
            S: 220 *
            C -> tls
            C: EHLO client.example
            S: 250-mx.example.org
            S: 250-PIPELINING
            S: 250-SIZE *
            S: 250-AUTH EXTERNAL SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-1 PLAIN LOGIN
            ...
            S: 250 LIMITS *
            C: MAIL FROM:<alice@example.org>
            S: 250 2.1.0 *
            """,
            "phone-starttls");
    }

    [Fact]
    public Task A_key_that_nobody_has_is_as_none() => PlayAsync("""
        C: MAIL FROM:<alice@example.org>
        S: 530 5.7.0 Log in first. *
        C: AUTH EXTERNAL =
        S: 504 5.5.4 That mechanism is not offered; see EHLO. *
        """);

    [Fact]
    public async Task Whoever_is_disabled_is_told_so()
    {
        await Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        Assert.True((await Server.Store.SetDisabledAsync(Server.Account(TestServer.Alice).Id, "Call us.")).IsDone);
        await PlayAsync($"""
            C: MAIL FROM:<alice@example.org>
            S: 525 5.7.13 Call us. *
            C: AUTH EXTERNAL =
            S: 525 5.7.13 Call us. *
            C: AUTH PLAIN {Base64($"\0{TestServer.Alice}\0{TestServer.Password}")}
            S: 525 5.7.13 Call us. *
            """);
    }

    [Fact]
    public async Task A_key_that_is_taken_away_sends_no_more_not_even_the_message_that_was_begun()
    {
        await Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var peer = await TestPeer.ConnectAsync(Server.Endpoint("phone").Address, useTls: true, TestKeys.Phone);
        await SayAsync(peer, "HELO client.example", "220 ", "250 ");
        await SayAsync(peer, "MAIL FROM:<alice@example.org>", "250 ");
        await SayAsync(peer, "RCPT TO:<bob@example.org>", "250 ");
        Assert.True(peer.HasShownKey);
        Assert.True((await Server.Store.RemoveKeyAsync(TestKeys.Phone.Key.Fingerprint)).IsDone);
        await SayAsync(peer, "DATA", "530 5.7.0 Log in first. ");
        await SayAsync(peer, "MAIL FROM:<alice@example.org>", "530 5.7.0 Log in first. ");
        Assert.Empty(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task Port_25_does_not_ask_for_a_key()
    {
        await Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await using var peer = await TestPeer.ConnectAsync(Server.Endpoint("smtp").Address, useTls: false, TestKeys.Phone);
        await SayAsync(peer, "HELO client.example", "220 ", "250 ");
        await SayAsync(peer, "STARTTLS", "220 ");
        await peer.StartTlsAsync();
        await SayAsync(peer, "HELO client.example", "250 ");
        await SayAsync(peer, "AUTH EXTERNAL =", "502 ");
        Assert.False(peer.HasShownKey);
        Assert.DoesNotContain(Server.Log.Lines, line => line.Contains("login ", StringComparison.Ordinal));
    }

    private static async Task SayAsync(TestPeer peer, string line, params string[] replies)
    {
        await peer.SendLineAsync(line);
        foreach (var reply in replies)
        {
            Assert.StartsWith(reply, await peer.ReadLineAsync(), StringComparison.Ordinal);
        }
    }

    private Task PlayAsync(string script) => Transcript.RunAsync(Server, Hello + script, "phone");
}
