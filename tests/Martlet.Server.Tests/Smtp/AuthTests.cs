using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

public sealed class AuthTests : SmtpTest
{
    private static readonly string Right = Base64($"\0{TestServer.Alice}\0{TestServer.Password}");
    private static readonly string Wrong = Base64($"\0{TestServer.Alice}\0wrong");

    [Fact]
    public Task PLAIN_takes_its_response_at_once_or_later() => AfterHelloAsync(
        $"""
        C: AUTH PLAIN {Right}
        S: 235 2.7.0 Logged in.
        C: AUTH PLAIN {Right}
        S: 503 5.5.1 You are logged in already. *
        S2: 220 *
        C2: EHLO client.example
        ...
        S2: 250 LIMITS *
        C2: auth plain
        S2: 334 *
        C2: {Right}
        S2: 235 2.7.0 Logged in.
        """,
        "submissions");

    [Fact]
    public Task LOGIN_asks_for_both() => AfterHelloAsync(
        $"""
        C: AUTH LOGIN
        S: 334 {Base64("Username:")}
        C: {Base64(TestServer.Alice)}
        S: 334 {Base64("Password:")}
        C: {Base64(TestServer.Password)}
        S: 235 2.7.0 Logged in.
        """,
        "submissions");

    [Fact]
    public Task LOGIN_takes_the_name_with_the_command() => AfterHelloAsync(
        $"""
        C: AUTH LOGIN {Base64(TestServer.Alice)}
        S: 334 {Base64("Password:")}
        C: {Base64(TestServer.Password)}
        S: 235 2.7.0 Logged in.
        """,
        "submissions");

    [Fact]
    public Task Whoever_is_not_alice_is_told_the_same() => AfterHelloAsync(
        $"""
        C: AUTH PLAIN {Wrong}
        S: 535 5.7.8 Address or password is wrong. *
        C: AUTH PLAIN {Base64($"\0nobody@example.org\0{TestServer.Password}")}
        S: 535 5.7.8 Address or password is wrong. *
        C: AUTH PLAIN {Base64($"{TestServer.Bob}\0{TestServer.Alice}\0{TestServer.Password}")}
        S: 535 5.7.8 That is not the same account. *
        """,
        "submissions");

    [Theory]
    [InlineData("AUTH", "501 5.5.4 Say: AUTH mechanism *")]
    [InlineData("AUTH CRAM-MD5", "504 5.5.4 That mechanism is not offered; see EHLO. *")]
    [InlineData("AUTH PLAIN !!!!", "501 5.5.2 That is not a response of this mechanism in base64. *")]
    [InlineData("AUTH PLAIN =", "501 5.5.2 *")]
    [InlineData("AUTH PLAIN AA==", "501 5.5.2 *")]
    [InlineData("AUTH PLAIN *", "501 5.7.0 Login cancelled. *")]
    public Task Other_forms_are_refused(string command, string reply) => AfterHelloAsync($"C: {command}\nS: {reply}", "submissions");

    [Fact]
    public Task A_login_can_be_cancelled() => AfterHelloAsync(
        """
        C: AUTH PLAIN
        S: 334 *
        C: *
        S: 501 5.7.0 Login cancelled. *
        C: AUTH LOGIN
        S: 334 *
        C: *
        S: 501 5.7.0 Login cancelled. *
        C: NOOP
        S: 250 2.0.0 Done.
        """,
        "submissions");

    [Fact]
    public Task Responses_of_12288_bytes_are_read_and_longer_ones_are_not() => AfterHelloAsync(
        $"""
        C: AUTH PLAIN {new string('A', 12_288 - 13)}
        S: 501 5.5.2 *
        C: AUTH PLAIN {new string('A', 12_288 - 12)}
        S: 500 5.5.6 *
        C: AUTH PLAIN
        S: 334 *
        C: {new string('A', 12_288 - 2)}
        S: 501 5.5.2 *
        C: AUTH PLAIN
        S: 334 *
        C: {new string('A', 12_288 - 1)}
        S: 500 5.5.6 That line is too long. *
        C: NOOP
        S: 250 2.0.0 Done.
        """,
        "submissions");

    [Fact]
    public Task The_tenth_failure_ends_the_session() => AfterHelloAsync(
        string.Concat(Enumerable.Repeat($"C: AUTH PLAIN {Wrong}\nT: 5s\nS: 535 5.7.8 *\n", 9))
        + $"C: AUTH PLAIN {Wrong}\nT: 5s\nS: 421 4.7.0 Too many failed logins. *\nS: <closed>",
        "submissions");

    [Fact]
    public Task Passwords_do_not_travel_in_the_clear() => AfterHelloAsync(
        $"""
        C: AUTH PLAIN {Right}
        S: 538 5.7.11 Say STARTTLS before you log in. *
        C: MAIL FROM:<alice@example.org>
        S: 530 5.7.0 Say STARTTLS first. *
        C: STARTTLS
        S: 220 2.0.0 *
        C -> tls
        C: EHLO client.example
        ...
        S: 250 LIMITS *
        C: MAIL FROM:<alice@example.org>
        S: 530 5.7.0 Log in first. *
        C: AUTH PLAIN {Right}
        S: 235 2.7.0 Logged in.
        C: MAIL FROM:<alice@example.org>
        S: 250 2.1.0 Sender taken.
        C: AUTH PLAIN {Right}
        S: 503 5.5.1 Not within a message; finish it or say RSET. *
        """,
        "submission");

    [Fact]
    public async Task Localserve_lets_them_travel_in_the_clear_and_takes_every_address()
    {
        var alice = new AccountId(1);
        await using var local = await TestServer.StartAsync(new TestServerOptions
        {
            Services = SmtpServices.All(options => options with { AllowPlainWithoutTls = true, AcceptAnyRecipientInto = alice }),
        });
        await Transcript.RunAsync(
            local,
            $"""
            S: 220 *
            C: EHLO client.example
            S: 250-mx.example.org
            S: 250-PIPELINING
            S: 250-SIZE *
            S: 250-STARTTLS
            S: 250-AUTH SCRAM-SHA-256 SCRAM-SHA-1 PLAIN LOGIN
            ...
            S: 250 LIMITS *
            C: AUTH PLAIN {Right}
            S: 235 2.7.0 Logged in.
            C: MAIL FROM:<whoever@example.com>
            S: 250 2.1.0 Sender taken.
            C: RCPT TO:<anybody@example.net>
            S: 250 2.1.5 Recipient taken.
            C: RCPT TO:<postmaster>
            S: 250 2.1.5 Recipient taken.
            C: DATA
            S: 354 *
            C: .
            S: 250 2.6.0 *
            """,
            "submission");
        Assert.Single(await local.ReadMessagesAsync(TestServer.Alice));
    }
}
