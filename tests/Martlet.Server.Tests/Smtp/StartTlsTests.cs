using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>STARTTLS, and commands that somebody put behind it in the clear (CVE-2021-33515, CVE-2021-38542).</summary>
public sealed class StartTlsTests : SmtpTest
{
    [Theory]
    [InlineData("STARTTLS\\r\\nNOOP\\r\\n")]
    [InlineData("STARTTLS\\r\\nMAIL FROM:<evil@example.net>\\r\\nRCPT TO:<alice@example.org>\\r\\nDATA\\r\\n")]
    [InlineData("STARTTLS\\r\\nNO")]
    public Task What_comes_with_STARTTLS_in_the_clear_is_never_answered(string bytes) => AfterHelloAsync($$"""
        C: <<{{bytes}}>>
        S: 220 2.0.0 Start TLS now.
        C -> tls
        C: VRFY somebody
        S: 252 2.0.0 *
        """);

    [Fact]
    public async Task What_comes_with_STARTTLS_uses_neither_a_password_nor_the_key_that_comes_with_TLS()
    {
        await Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        var plain = Base64($"\0{TestServer.Alice}\0{TestServer.Password}");
        foreach (var injected in new[] { "MAIL FROM:<alice@example.org>", $"AUTH PLAIN {plain}", "AUTH EXTERNAL =", "AUTH PLAIN" })
        {
            await Transcript.RunAsync(
                Server,
                $"""
                S: 220 *
                C: EHLO client.example
                ...
                S: 250 LIMITS *
                C: <<STARTTLS\r\nEHLO evil.example\r\n{injected}\r\nRCPT TO:<bob@example.org>\r\n>>
                S: 220 2.0.0 Start TLS now.
                C -> tls
                C: RCPT TO:<bob@example.org>
                S: 503 5.5.1 *
                C: EHLO client.example
                ...
                S: 250 LIMITS *
                C: AUTH EXTERNAL =
                S: 235 2.7.0 Logged in.
                """,
                "phone-starttls");
        }
    }

    [Fact]
    public Task The_session_starts_anew_after_TLS() => AfterHelloAsync("""
        C: STARTTLS
        S: 220 2.0.0 Start TLS now.
        C -> tls
        C: MAIL FROM:<carol@example.net>
        S: 503 5.5.1 Say EHLO first. *
        C: EHLO client.example
        S: 250-mx.example.org
        S: 250-PIPELINING
        S: 250-SIZE *
        S: 250-ENHANCEDSTATUSCODES
        ...
        S: 250 LIMITS *
        C: STARTTLS
        S: 503 5.5.1 TLS is on already. *
        """);

    [Fact]
    public Task TLS_does_not_start_within_a_message() => AfterHelloAsync("""
        C: MAIL FROM:<carol@example.net>
        S: 250 2.1.0 *
        C: STARTTLS
        S: 503 5.5.1 Not within a message; finish it or say RSET. *
        """);

    [Fact]
    public Task TLS_may_start_before_EHLO() => Transcript.RunAsync(Server, """
        S: 220 *
        C: STARTTLS
        S: 220 2.0.0 Start TLS now.
        C -> tls
        C: NOOP
        S: 250 2.0.0 Done.
        """);

    [Fact]
    public Task Who_speaks_no_TLS_after_STARTTLS_is_cut_off() => AfterHelloAsync("""
        C: STARTTLS
        S: 220 2.0.0 Start TLS now.
        C: EHLO client.example
        S: <closed>
        """);

    [Fact]
    public async Task Received_tells_of_TLS()
    {
        await AfterHelloAsync("""
            C: STARTTLS
            S: 220 2.0.0 *
            C -> tls
            C: EHLO client.example
            ...
            S: 250 LIMITS *
            C: MAIL FROM:<>
            S: 250 2.1.0 *
            C: RCPT TO:<alice@example.org>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: .
            S: 250 2.6.0 *
            """);
        var message = (await InboxAsync("alice@example.org"))[0];
        var id = message.Split(" id ")[1].Split(' ', '\r')[0];
        Assert.Equal(
            "Return-Path: <>\r\nDelivered-To: alice@example.org\r\n"
            + "Received: from client.example ([127.0.0.1]) by mx.example.org with ESMTPS\r\n"
            + $"\t(TLS1.3 TLS_AES_256_GCM_SHA384) id {id}\r\n"
            + "\tfor <alice@example.org>; Sun, 01 Mar 2026 12:00:00 +0000\r\n",
            message);
    }
}
