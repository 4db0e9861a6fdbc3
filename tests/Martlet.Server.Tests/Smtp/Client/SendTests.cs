using Martlet.Network.Smtp;
using Martlet.Protocols.Smtp;
using Martlet.Protocols.Smtp.Client;
using Xunit;

namespace Martlet.Server.Tests.Smtp.Client;

/// <summary>Messages sent to a server that a test plays.</summary>
public sealed class SendTests
{
    private const string Simple = "Subject: x\n\n.dot\n";

    [Fact]
    public Task Step_by_step_each_recipient_has_its_own_result() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("MAIL FROM:<ada@example.org> SIZE=20", "250 2.1.0 OK\r\n");
            await server.AnswerAsync("RCPT TO:<a@example.net>", "250 2.1.5 OK\r\n");
            await server.AnswerAsync("RCPT TO:<b@example.net>", "550-5.1.1 No such\r\n550 5.1.1 user\r\n");
            await server.AnswerAsync("RCPT TO:<c@example.net>", "451 4.3.0 Later\r\n");
            await server.AnswerAsync("DATA", "354 Go\r\n");
            Assert.Equal("Subject: x\r\n\r\n..dot\r\n.\r\n", await server.ReadAsync(24));
            await server.SendAsync("250 2.6.0 Taken\r\n");
            await server.AnswerAsync("QUIT", "221 Bye\r\n");
            await server.ExpectCloseAsync();
        },
        async client =>
        {
            var result = await client.SendAsync(FakeSmtpServer.Mail(Simple, "a@example.net", "b@example.net", "c@example.net"));
            Assert.Equal(
                ["<a@example.net> Taken 250 2.6.0 Taken", "<b@example.net> Refused 550 5.1.1 No such user", "<c@example.net> Later 451 4.3.0 Later"],
                result.Recipients.Select(static one => $"{one.Recipient} {one.Outcome} {one.Reason}"));
            Assert.False(result.IsComplete);
            await client.QuitAsync();
        });

    [Fact]
    public Task With_PIPELINING_all_goes_at_once_and_the_next_message_needs_no_RSET() => FakeSmtpServer.RunAsync(
        async server =>
        {
            for (var times = 0; times < 2; times++)
            {
                await server.ExpectAsync("MAIL FROM:<ada@example.org>");
                await server.ExpectAsync("RCPT TO:<a@example.net>");
                await server.ExpectAsync("RCPT TO:<b@example.net>");
                await server.AnswerAsync("DATA", "250 OK\r\n550 No\r\n250 OK\r\n354 Go\r\n");
                Assert.Equal("x\r\n.\r\n", await server.ReadAsync(6));
                await server.SendAsync("250 Taken\r\n");
            }
        },
        async client =>
        {
            for (var times = 0; times < 2; times++)
            {
                var result = await client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net", "b@example.net"));
                Assert.Equal([SendOutcome.Refused, SendOutcome.Taken], result.Recipients.Select(static one => one.Outcome));
            }
        },
        "PIPELINING");

    [Fact]
    public Task Many_recipients_are_asked_for_in_groups() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("MAIL FROM:<ada@example.org>");
            await server.AnswerAsync("RCPT TO:<a@example.net>", "250 OK\r\n250 OK\r\n");
            await server.ExpectAsync("RCPT TO:<b@example.net>");
            await server.AnswerAsync("RCPT TO:<c@example.net>", "250 OK\r\n250 OK\r\n");
            await server.ExpectAsync("RCPT TO:<d@example.net>");
            await server.AnswerAsync("DATA", "250 OK\r\n354 Go\r\n");
            await server.ReadAsync(6);
            await server.SendAsync("250 Taken\r\n");
        },
        async client => Assert.True((await client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net", "b@example.net", "c@example.net", "d@example.net"))).IsComplete),
        "PIPELINING",
        FakeSmtpServer.Options with { Limits = new SmtpClientLimits { PipelinedCommandsMax = 2 } });

    [Fact]
    public Task A_refused_sender_ends_it_before_the_next_group() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("MAIL FROM:<ada@example.org>");
            await server.AnswerAsync("RCPT TO:<a@example.net>", "550 5.7.1 Not you\r\n503 What?\r\n");
            await server.AnswerAsync("RSET", "250 OK\r\n");
            await server.ExpectAsync("MAIL FROM:<ada@example.org>");
            await server.AnswerAsync("RCPT TO:<a@example.net>", "250 OK\r\n250 OK\r\n");
            await server.AnswerAsync("DATA", "354 Go\r\n");
            await server.ReadAsync(6);
            await server.SendAsync("250 Taken\r\n");
        },
        async client =>
        {
            var refused = await client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net", "b@example.net"));
            Assert.All(refused.Recipients, static one => Assert.Equal((SendOutcome.Refused, "550 5.7.1 Not you"), (one.Outcome, one.Reason)));
            Assert.True((await client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net"))).IsComplete);
        },
        "PIPELINING",
        FakeSmtpServer.Options with { Limits = new SmtpClientLimits { PipelinedCommandsMax = 2 } });

    [Fact]
    public Task A_server_that_wants_the_message_for_nobody_gets_an_empty_one() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("MAIL FROM:<ada@example.org>");
            await server.ExpectAsync("RCPT TO:<a@example.net>");
            await server.AnswerAsync("DATA", "250 OK\r\n550 No\r\n354 Go\r\n");
            await server.AnswerAsync(".", "250 Taken\r\n");
        },
        async client => Assert.Equal(SendOutcome.Refused, Assert.Single((await client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net"))).Recipients).Outcome),
        "PIPELINING");

    [Theory]
    [InlineData("452 4.2.2 Full", SendOutcome.Later)]
    [InlineData("552 5.2.2 Full", SendOutcome.Refused)]
    [InlineData("552 Too many", SendOutcome.Later)]
    [InlineData("550 5.5.3 Too many", SendOutcome.Later)]
    [InlineData("421 4.3.2 Going down", SendOutcome.Later)]
    public Task The_reply_to_a_recipient_decides(string reply, SendOutcome outcome) => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("MAIL FROM:<ada@example.org> SIZE=3", "250 OK\r\n");
            await server.AnswerAsync("RCPT TO:<a@example.net>", reply + "\r\n");
        },
        async client => Assert.Equal((outcome, reply), Assert.Single((await client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net"))).Recipients) is var one ? (one.Outcome, one.Reason) : default));

    [Theory]
    [InlineData("554 5.6.0 Spam", SendOutcome.Refused)]
    [InlineData("451 4.7.1 Later", SendOutcome.Later)]
    public Task The_reply_to_the_message_decides_for_those_who_were_taken(string reply, SendOutcome outcome) => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("MAIL FROM:<ada@example.org> SIZE=3", "250 OK\r\n");
            await server.AnswerAsync("RCPT TO:<a@example.net>", "250 OK\r\n");
            await server.AnswerAsync("DATA", "354 Go\r\n");
            await server.ReadAsync(6);
            await server.SendAsync(reply + "\r\n");
        },
        async client => Assert.Equal(outcome, Assert.Single((await client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net"))).Recipients).Outcome));

    [Fact]
    public Task What_is_not_ASCII_is_announced_where_it_is_needed() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("MAIL FROM:<ada@example.org> SIZE=6 BODY=8BITMIME", "250 OK\r\n");
            await server.AnswerAsync("RCPT TO:<a@example.net>", "550 No\r\n");
            await server.AnswerAsync("RSET", "250 OK\r\n");
            await server.AnswerAsync("MAIL FROM:<ada@example.org> SIZE=3 BODY=8BITMIME SMTPUTF8", "250 OK\r\n");
            await server.AnswerAsync("RCPT TO:<j\u00c3\u00bcrgen@xn--bcher-kva.example>", "550 No\r\n");
            await server.AnswerAsync("RSET", "250 OK\r\n");
            await server.AnswerAsync("MAIL FROM:<ada@example.org> SIZE=3", "250 OK\r\n");
            await server.AnswerAsync("RCPT TO:<a@xn--bcher-kva.example>", "550 No\r\n");
        },
        async client =>
        {
            await client.SendAsync(FakeSmtpServer.Mail("\nü", "a@example.net"));
            await client.SendAsync(FakeSmtpServer.Mail("x", "jürgen@bücher.example"));
            await client.SendAsync(FakeSmtpServer.Mail("x", "a@bücher.example"));
        });

    [Theory]
    [InlineData("x", "jürgen@example.net", "SMTPUTF8")]
    [InlineData("Subject: ü\n\nx", "a@example.net", "SMTPUTF8")]
    [InlineData("Subject: u\n\nü", "a@example.net", "8BITMIME")]
    [InlineData("12345678", "a@example.net", "10 bytes, and the server takes 9")]
    public Task What_the_server_has_said_it_cannot_take_is_refused_before_anything_is_sent(string content, string recipient, string reason) => FakeSmtpServer.RunAsync(
        server => server.ExpectCloseAsync(),
        async client =>
        {
            var one = Assert.Single((await client.SendAsync(FakeSmtpServer.Mail(content, recipient))).Recipients);
            Assert.Equal((SendOutcome.Refused, null), (one.Outcome, one.Reply));
            Assert.Contains(reason, one.Reason, StringComparison.Ordinal);
            await client.DisposeAsync();
        },
        "SIZE 9");

    [Fact]
    public Task More_recipients_than_the_server_says_it_takes_are_for_later() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("MAIL FROM:<ada@example.org>", "250 OK\r\n");
            await server.AnswerAsync("RCPT TO:<a@example.net>", "250 OK\r\n");
            await server.AnswerAsync("DATA", "354 Go\r\n");
            await server.ReadAsync(6);
            await server.SendAsync("250 Taken\r\n");
        },
        async client => Assert.Equal(
            [SendOutcome.Taken, SendOutcome.Later], (await client.SendAsync(FakeSmtpServer.Mail("x", "a@example.net", "b@example.net"))).Recipients.Select(static one => one.Outcome)),
        "LIMITS RCPTMAX=1");

    [Fact]
    public Task A_content_that_breaks_off_closes_the_connection_before_the_end_of_the_message() => FakeSmtpServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("MAIL FROM:<ada@example.org>", "250 OK\r\n");
            await server.AnswerAsync("RCPT TO:<a@example.net>", "250 OK\r\n");
            await server.AnswerAsync("DATA", "354 Go\r\n");
            await server.ExpectCloseAsync();
        },
        async client =>
        {
            var mail = new OutgoingMail(default, [FakeSmtpServer.To("a@example.net")], new BrokenStream(), default) with { From = new ReversePath(FakeSmtpServer.Address("ada@example.org")) };
            Assert.Equal("disk", (await Assert.ThrowsAsync<IOException>(() => client.SendAsync(mail))).Message);
            Assert.Equal(SmtpFailure.Abandoned, client.Failure?.Failure);
        },
        "8BITMIME");

    [Fact]
    public Task A_message_needs_a_recipient() => FakeSmtpServer.RunAsync(_ => Task.CompletedTask, client => Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(FakeSmtpServer.Mail("x"))));

    private sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("disk");
    }
}
