using System.Net.Security;
using System.Text;
using Martlet.Network.Clients;
using Martlet.Network.Smtp;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Smtp.Client;
using Martlet.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Smtp.Client;

/// <summary>Greeting, EHLO, TLS, AUTH, and servers that lie, flood, fall silent, or are not the server at all.</summary>
public sealed class SessionTests
{
    [Fact]
    public Task A_server_from_before_EHLO_is_greeted_with_HELO() => FakeSmtpServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("220-mail.example.org\r\n220 welcome\r\n");
            await server.AnswerAsync("EHLO client.example", "502 What?\r\n");
            await server.AnswerAsync("HELO client.example", "250 mail.example.org\r\n");
            await server.AnswerAsync("NOOP", "250 OK\r\n");
        },
        async open =>
        {
            await using var client = await open();
            Assert.Equal(("220 mail.example.org welcome", false), (client.Greeting.ToString(), client.Capabilities.HasSize));
            Assert.True((await client.NoopAsync()).IsPositive);
        });

    [Theory]
    [InlineData("421 4.3.2 Too many\r\n", SmtpFailure.Connection)]
    [InlineData("554 5.7.1 Not you\r\n", SmtpFailure.Connection)]
    [InlineData("354 Go on\r\n", SmtpFailure.Protocol)]
    [InlineData("* OK IMAP4rev1\r\n", SmtpFailure.Protocol)]
    [InlineData("220-x\r\n250 y\r\n", SmtpFailure.Protocol)]
    public Task What_is_no_greeting_ends_the_connection(string greeting, SmtpFailure failure) => FakeSmtpServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync(greeting);
            await server.ExpectCloseAsync();
        },
        open => FakeSmtpServer.FailsAsync(open, failure));

    [Theory]
    [InlineData("454 4.7.0 Not now\r\n", SmtpFailure.Tls)]
    [InlineData("502 What?\r\n", SmtpFailure.Tls)]
    [InlineData("220 Go\r\n250 injected\r\n", SmtpFailure.Protocol)]
    [InlineData("220 Go\r\nx", SmtpFailure.Protocol)]
    public Task STARTTLS_is_not_optional_and_nothing_may_stand_behind_it(string reply, SmtpFailure failure) => FakeSmtpServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("220 mail.example.org\r\n");
            await server.AnswerAsync("EHLO client.example", FakeSmtpServer.Ehlo("STARTTLS"));
            await server.AnswerAsync("STARTTLS", reply);
            await server.ExpectCloseAsync();
        },
        open => FakeSmtpServer.FailsAsync(open, failure),
        FakeSmtpServer.Options with { Security = SmtpSecurity.StartTls });

    [Fact]
    public Task STARTTLS_is_asked_for_where_somebody_cut_it_from_the_list() => FakeSmtpServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("220 mail.example.org\r\n");
            await server.AnswerAsync("EHLO client.example", FakeSmtpServer.Ehlo("AUTH PLAIN"));
            await server.AnswerAsync("STARTTLS", "502 What?\r\n");
            await server.ExpectCloseAsync();
        },
        open => FakeSmtpServer.FailsAsync(open, SmtpFailure.Tls),
        FakeSmtpServer.Options with { Security = SmtpSecurity.StartTls });

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.StartTlsIfOffered)]
    public Task What_was_said_before_TLS_does_not_count(SmtpSecurity security) => FakeSmtpServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("220 mail.example.org\r\n");
            await server.AnswerAsync("EHLO client.example", FakeSmtpServer.Ehlo("STARTTLS,AUTH LOGIN,SIZE 5"));
            await server.AnswerAsync("STARTTLS", "220 Go\r\n");
            var tls = new SslStream(server.Both);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = TestServer.Tls.Certificate });
            server.Wrap(_ => tls, _ => tls);
            await server.AnswerAsync("EHLO client.example", FakeSmtpServer.Ehlo("AUTH PLAIN"));
        },
        async open =>
        {
            await using var client = await open();
            Assert.Equal(["PLAIN"], client.Capabilities.Mechanisms);
            Assert.False(client.Capabilities.HasSize);
            Assert.NotNull(client.Tls);
        },
        FakeSmtpServer.Options with { Security = security, ServerCertificateValidation = static (_, _, _, _) => true });

    [Theory]
    [InlineData("250 x\r\n250 y\r\n")]
    [InlineData("250 x\r\nnonsense")]
    public Task A_reply_to_nothing_is_never_taken_for_the_next_one(string replies) => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("NOOP", replies);
            server.Close();
        },
        async client =>
        {
            await client.NoopAsync();
            await Assert.ThrowsAsync<SmtpException>(() => client.ResetAsync());
        });

    [Fact]
    public Task A_goodbye_is_told() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("NOOP", "250 x\r\n421 4.3.2 Going down\r\n");
            server.Close();
        },
        async client =>
        {
            await client.NoopAsync();
            Assert.Contains("Going down", (await FakeSmtpServer.FailsAsync(() => client.NoopAsync(), SmtpFailure.Connection)).Message, StringComparison.Ordinal);
            await FakeSmtpServer.FailsAsync(() => client.NoopAsync(), SmtpFailure.Connection);
        });

    [Theory]
    [InlineData("354 Go\r\n", "NOOP")]
    [InlineData("250 Taken\r\n", "DATA")]
    public Task A_reply_that_makes_no_sense_is_not_believed(string reply, string command) => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("MAIL FROM:<ada@example.org> SIZE=3", "250 OK\r\n");
            await server.AnswerAsync("RCPT TO:<a@example.net>", command == "DATA" ? "250 OK\r\n" : reply);
            if (command == "DATA")
            {
                await server.AnswerAsync("DATA", reply);
            }

            await server.ExpectCloseAsync();
        },
        client => FakeSmtpServer.FailsAsync(() => client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net")), SmtpFailure.Protocol));

    [Fact]
    public Task Endless_replies_are_given_up() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("NOOP", string.Concat(Enumerable.Repeat("250-x\r\n", 300)));
            await server.ExpectCloseAsync();
        },
        client => FakeSmtpServer.FailsAsync(() => client.NoopAsync(), SmtpFailure.Limit));

    [Fact]
    public async Task A_reply_that_trickles_in_has_one_time_for_all()
    {
        var time = new FakeTimeProvider();
        await FakeSmtpServer.RunAsync(
            async server =>
            {
                await server.ExpectAsync("NOOP");
                await server.SendAsync("250-x\r\n");
                time.Advance(TimeSpan.FromMinutes(4));
                await server.SendAsync("250-x\r\n");
                time.Advance(TimeSpan.FromMinutes(1));
                await server.ExpectCloseAsync();
            },
            client => FakeSmtpServer.FailsAsync(() => client.NoopAsync(), SmtpFailure.Timeout),
            options: FakeSmtpServer.Options with { Time = time });
    }

    [Fact]
    public Task Cancelling_ends_the_connection() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("NOOP");
            await server.ExpectCloseAsync();
        },
        async client =>
        {
            using var cancel = new CancellationTokenSource();
            var running = client.NoopAsync(cancel.Token);
            await Assert.ThrowsAsync<InvalidOperationException>(() => client.NoopAsync());
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            Assert.Equal(SmtpFailure.Abandoned, client.Failure?.Failure);
        });

    [Fact]
    public Task A_server_that_does_not_answer_QUIT_is_no_error() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("QUIT");
            server.Close();
        },
        client => client.QuitAsync());

    [Fact]
    public Task AUTH_with_and_without_an_initial_response() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("AUTH PLAIN AGFkYQBzZWNyZXQ=", "535 5.7.8 No\r\n");
            await server.AnswerAsync("AUTH LOGIN", "334 VXNlcm5hbWU6\r\n");
            await server.AnswerAsync("YWRh", "334 UGFzc3dvcmQ6\r\n");
            await server.AnswerAsync("c2VjcmV0", "235 2.7.0 Welcome\r\n");
        },
        async client =>
        {
            Assert.Equal(535, (await client.AuthenticateAsync(new PlainClient("ada", "secret"))).Code);
            Assert.False(client.IsAuthenticated);
            Assert.Equal(235, (await client.AuthenticateAsync(new LoginClient("ada", "secret", Protocols.Sasl.SaslLimits.Default))).Code);
            Assert.True(client.IsAuthenticated);
        });

    [Fact]
    public Task The_strongest_is_tried_first_and_a_refused_proof_ends_the_login() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("AUTH CRAM-MD5");
            await server.SendAsync($"334 {Convert.ToBase64String("<1@mail.example.org>"u8)}\r\n");
            Assert.StartsWith("ada ", Encoding.ASCII.GetString(Convert.FromBase64String(await server.ReadLineAsync())), StringComparison.Ordinal);
            await server.SendAsync("535 5.7.8 No\r\n");
            await server.ExpectAsync("QUIT");
            server.Close();
        },
        async client =>
        {
            var login = await client.AuthenticateAsync(new LoginCredentials { Username = "ada", Password = "secret", IsServerTrusted = true });
            Assert.Equal((false, "CRAM-MD5", "535 5.7.8 No"), (login.IsLoggedIn, login.Mechanism, login.Reason));
            await client.QuitAsync();
        },
        "AUTH PLAIN CRAM-MD5 LOGIN");

    [Fact]
    public Task A_mechanism_that_is_not_available_leads_to_the_next() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("AUTH CRAM-MD5", "504 5.5.4 What?\r\n");
            await server.AnswerAsync("AUTH PLAIN AGFkYQBzZWNyZXQ=", "235 2.7.0 Welcome\r\n");
        },
        async client => Assert.True((await client.AuthenticateAsync(new LoginCredentials { Username = "ada", Password = "secret", IsServerTrusted = true })).IsLoggedIn),
        "AUTH PLAIN CRAM-MD5");

    [Fact]
    public Task A_password_is_not_sent_in_the_clear_and_a_shorter_list_is_noticed() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("QUIT");
            server.Close();
        },
        async client =>
        {
            var credentials = new LoginCredentials { Username = "ada", Password = "secret" };
            Assert.Equal((false, null), (await client.AuthenticateAsync(credentials) is var clear && clear.IsLoggedIn, clear.Mechanism));
            var lost = await client.AuthenticateAsync(credentials with { IsServerTrusted = true, StrongestBefore = "SCRAM-SHA-256" });
            Assert.Equal((false, null, "SCRAM-SHA-256"), (lost.IsLoggedIn, lost.Reply, lost.LostMechanism));
            await client.QuitAsync();
        },
        "AUTH PLAIN");

    [Theory]
    [InlineData("AUTH CRAM-MD5", "235 2.7.0 Welcome\r\n", SmtpFailure.Protocol)] // before the mechanism was done
    [InlineData("AUTH CRAM-MD5", "334 !\r\n|*|235 2.7.0 Welcome\r\n", SmtpFailure.Protocol)]
    [InlineData("AUTH CRAM-MD5", "334 !\r\n|*|334 \r\n", SmtpFailure.Protocol)]
    public Task A_server_that_does_not_keep_to_the_mechanism_is_left(string command, string dialogue, SmtpFailure failure) => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync(command);
            foreach (var line in dialogue.Split('|'))
            {
                await (line == "*" ? server.ExpectAsync(line) : server.SendAsync(line));
            }

            await server.ExpectCloseAsync();
        },
        client => FakeSmtpServer.FailsAsync(() => client.AuthenticateAsync(new CramMd5Client("ada", "secret", Protocols.Sasl.SaslLimits.Default)), failure),
        "AUTH CRAM-MD5");

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public Task Challenges_of_one_login_have_a_number(int count, bool isAllowed) => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("AUTH X");
            for (var i = 0; i < count; i++)
            {
                await server.SendAsync("334 \r\n");
                if (i < 3)
                {
                    await server.ExpectAsync("eA==");
                }
            }

            await (isAllowed ? server.SendAsync("235 Welcome\r\n") : server.ExpectCloseAsync());
        },
        async client =>
        {
            if (isAllowed)
            {
                Assert.True((await client.AuthenticateAsync(new Patient())).IsPositive);
                return;
            }

            await FakeSmtpServer.FailsAsync(() => client.AuthenticateAsync(new Patient()), SmtpFailure.Limit);
        },
        options: FakeSmtpServer.Options with { Limits = new SmtpClientLimits { ChallengesMax = 3 } });

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public Task A_challenge_has_a_length(int length, bool isAllowed) => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("AUTH X");
            await server.SendAsync($"334 {Convert.ToBase64String(new byte[length])}\r\n");
            await server.AnswerAsync(isAllowed ? "eA==" : "*", "235 Welcome\r\n");
        },
        async client =>
        {
            if (isAllowed)
            {
                Assert.True((await client.AuthenticateAsync(new Patient())).IsPositive);
                return;
            }

            await FakeSmtpServer.FailsAsync(() => client.AuthenticateAsync(new Patient()), SmtpFailure.Protocol);
        },
        options: FakeSmtpServer.Options with { Limits = new SmtpClientLimits { ChallengeBytesMax = 300 } });

    [Fact]
    public async Task A_server_that_does_not_take_the_message_is_left_and_a_slow_message_is_not_its_fault()
    {
        var time = new FakeTimeProvider();
        await FakeSmtpServer.RunAsync(
            async server =>
            {
                await server.AnswerAsync("MAIL FROM:<ada@example.org> SIZE=3", "250 OK\r\n");
                await server.AnswerAsync("RCPT TO:<a@example.net>", "250 OK\r\n");
                await server.AnswerAsync("DATA", "354 Go\r\n");
                await server.ReadAsync(6);
                time.Advance(TimeSpan.FromMinutes(9));
                await server.SendAsync("250-");
                time.Advance(TimeSpan.FromMinutes(1));
                await server.ExpectCloseAsync();
            },
            async client =>
            {
                var content = new SlowStream(time);
                var mail = FakeSmtpServer.Mail("x", "a@example.net") with { Content = content };
                await FakeSmtpServer.FailsAsync(() => client.SendAsync(mail), SmtpFailure.Timeout);
            },
            options: FakeSmtpServer.Options with { Time = time });
    }

    private sealed class SlowStream(FakeTimeProvider time) : MemoryStream("x"u8.ToArray())
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            time.Advance(TimeSpan.FromHours(1));
            return base.ReadAsync(buffer, cancellationToken);
        }
    }

    /// <summary>A mechanism without an end.</summary>
    private sealed class Patient : ISaslClient
    {
        public string Mechanism => "X";

        public ReadOnlyMemory<byte>? InitialResponse => null;

        public bool IsComplete => true;

        public SaslClientStep Step(ReadOnlySpan<byte> challenge) => new SaslClientStep.Respond("x"u8.ToArray());
    }
}
