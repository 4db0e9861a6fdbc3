using System.Text;
using Martlet.Network.Imap;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>Literals both ways: waiting for the server or not, refusals in between, and message data that is streamed.</summary>
public sealed class ClientLiteralTests
{
    private static readonly NumSet One = NumSet.OfNumbers(1);

    [Fact]
    public Task A_synchronizing_literal_waits_for_the_server() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 APPEND INBOX (\\Seen) {5}", "* 3 EXISTS\r\n+ go on\r\n");
            Assert.Equal("hello\r\n", await server.ReadAsync(7));
            await server.SendAsync("A1 OK [APPENDUID 9 4] Done.\r\n");
        },
        async client =>
        {
            var result = await client.AppendAsync("INBOX", Message("hello") with { Flags = [Flag.Seen] });
            Assert.Equal((9u, "4"), (result.Code<AppendUidCode>()!.UidValidity, result.Code<AppendUidCode>()!.Uids.ToString()));
            Assert.Single(result.All<ExistsData>());
        },
        capabilities: "IMAP4rev1");

    [Fact]
    public Task A_refusal_before_the_plus_is_the_end_of_the_command() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 APPEND x {5}", "A1 NO [TRYCREATE] No such mailbox.\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n"); // and not a byte of the message before it
        },
        async client =>
        {
            var result = await client.AppendAsync("x", Message("hello"));
            Assert.Equal(("TRYCREATE", false), (result.Status.Code?.Name, result.IsOk));
            await client.NoopAsync();
        },
        capabilities: "IMAP4rev1");

    [Theory]
    [InlineData("IMAP4rev1 LITERAL+", 5000, "+")]
    [InlineData("IMAP4rev1 LITERAL-", 4096, "+")]
    [InlineData("IMAP4rev1 LITERAL-", 4097, "")]
    [InlineData("IMAP4rev2", 4096, "+")]
    [InlineData("IMAP4rev1 LITERAL+", 256 * 1024, "+")]
    [InlineData("IMAP4rev1 LITERAL+", (256 * 1024) + 1, "")] // large ones ask first, all the same
    public Task Literals_go_by_capability_and_size(string capabilities, int bytes, string plus) => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync($"A1 APPEND INBOX {{{bytes}{plus}}}");
            await server.SendAsync(plus.Length == 0 ? "+ \r\n" : "");
            Assert.Equal(new string('x', bytes), await server.ReadAsync(bytes));
            await server.ExpectAsync("");
            await server.SendAsync("A1 OK\r\n");
        },
        async client => Assert.True((await client.AppendAsync("INBOX", Message(new string('x', bytes)))).IsOk),
        capabilities: capabilities);

    [Fact]
    public Task Several_messages_are_one_command() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 APPEND INBOX {1}", "+\r\n");
            await server.AnswerAsync("a UTF8 (~{2}", "+ \r\n");
            await server.AnswerAsync("bc)", "A1 OK\r\n");
            await server.AnswerAsync("A2 APPEND INBOX {1}", "+\r\n");
            await server.AnswerAsync("a {2}", "A2 NO [OVERQUOTA] Full.\r\n");
        },
        async client =>
        {
            await client.AppendAsync("INBOX", Message("a"), Message("bc") with { IsUtf8 = true });
            Assert.Equal("OVERQUOTA", (await client.AppendAsync("INBOX", Message("a"), Message("bc"))).Status.Code?.Name);
        },
        capabilities: "IMAP4rev1 MULTIAPPEND");

    [Fact]
    public Task Strings_that_cannot_be_quoted_are_literals_too() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 LOGIN ann {4}", "+ \r\n");
            await server.AnswerAsync("a", "");
            await server.AnswerAsync("b", "A1 OK [CAPABILITY X] \r\n");
        },
        async client => Assert.True((await client.LoginAsync("ann", "a\r\nb")).IsOk),
        capabilities: "IMAP4rev1");

    [Fact]
    public Task A_message_that_is_too_short_ends_the_connection() => FakeServer.RunAsync(
        server => server.ReadAsync(30),
        async client =>
        {
            await FakeServer.FailsAsync(() => client.AppendAsync("INBOX", new OutgoingMessage(new MemoryStream(new byte[10]), 11)), ImapFailure.Abandoned);
            await FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Abandoned);
        });

    [Fact]
    public Task A_message_longer_than_announced_is_cut() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 APPEND INBOX {3+}", "A1 OK\r\n"),
        async client => Assert.True((await client.AppendAsync("INBOX", new OutgoingMessage(new MemoryStream(new byte[10]), 3))).IsOk));

    [Fact]
    public Task A_request_that_cannot_be_written_harms_nothing() => FakeServer.RunAsync(
        server => server.AnswerAsync("A2 NOOP", "A2 OK\r\n"),
        async client =>
        {
            await Assert.ThrowsAsync<ArgumentException>(() => client.FetchAsync(NumSet.Empty, new FetchItem(FetchItemKind.Uid)));
            Assert.True((await client.NoopAsync()).IsOk);
        });

    [Fact]
    public async Task Message_data_is_streamed_to_the_handler()
    {
        var content = new byte[200_000];
        new Random(5).NextBytes(content);
        await FakeServer.RunAsync(
            async server =>
            {
                await server.ExpectAsync("A1 UID FETCH 1:9 (UID BODY.PEEK[])");
                await server.SendAsync($"* 5 EXISTS\r\n* 1 FETCH (UID 7 BODY[] {{{content.Length}}}\r\n");
                await server.SendAsync(content);
                await server.SendAsync(" FLAGS ())\r\n* 2 FETCH (BODY[] {0}\r\n UID 8)\r\n* 3 FETCH (UID 9 BODY[] \"ab\")\r\nA1 OK\r\n");
            },
            async client =>
            {
                List<(uint?, byte[])> messages = [];
                var result = await client.DownloadAsync(NumSet.Of(new NumRange(1, 9)), async (message, section, data, cancel) =>
                {
                    var copy = new MemoryStream();
                    await data.CopyToAsync(copy, cancel);
                    Assert.Equal(data.Length, section.Bytes);
                    messages.Add((message.Uid, copy.ToArray()));
                });
                Assert.True(result.IsOk);
                Assert.Equal([(7u, content), (null, []), (9u, "ab"u8.ToArray())], messages.Select(static message => (message.Item1, message.Item2)));
                Assert.Single(result.Responses);
            });
    }

    [Fact]
    public Task A_handler_need_not_read_and_may_throw() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 UID FETCH 1 (UID BODY.PEEK[])");
            await server.SendAsync("* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n* 2 FETCH (UID 2 BODY[] {5}\r\nworld)\r\nA1 OK\r\n");
            await server.ExpectAsync("A2 UID FETCH 1 (UID BODY.PEEK[])");
            await server.SendAsync("* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\n* 2 FETCH (UID 2 BODY[] {5}\r\nworld)\r\nA2 OK\r\n");
            await server.AnswerAsync("A3 NOOP", "A3 OK\r\n");
        },
        async client =>
        {
            var calls = 0;
            await client.DownloadAsync(One, (_, _, _, _) =>
            {
                calls++;
                return ValueTask.CompletedTask;
            });
            Assert.Equal(2, calls);
            var error = await Assert.ThrowsAsync<IOException>(() => client.DownloadAsync(One, (_, _, _, _) =>
            {
                calls++;
                throw new IOException("disk full");
            }));
            Assert.Equal(("disk full", 3), (error.Message, calls));
            Assert.True((await client.NoopAsync()).IsOk);
        });

    [Fact]
    public Task A_refusal_of_another_client_in_a_handler_is_not_this_ones() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 UID FETCH 1 (UID BODY.PEEK[])");
            await server.SendAsync("* 1 FETCH (UID 1 BODY[] {5}\r\nhello)\r\nA1 OK\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 OK\r\n");
        },
        async client =>
        {
            await FakeServer.FailsAsync(
                () => client.DownloadAsync(One, static (_, _, _, _) => throw new ImapException(ImapFailure.Connection, "The other server.")), ImapFailure.Connection);
            Assert.True(client.Failure is null && (await client.NoopAsync()).IsOk);
        });

    [Fact]
    public Task A_connection_that_breaks_in_a_message_is_told_as_that() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 UID FETCH 1 (UID BODY.PEEK[])");
            await server.SendAsync("* 1 FETCH (UID 1 BODY[] {5}\r\nhel");
            server.Close();
        },
        async client =>
        {
            await FakeServer.FailsAsync(() => client.DownloadAsync(One, static async (_, _, data, cancel) => await data.CopyToAsync(Stream.Null, cancel)), ImapFailure.Connection);
            Assert.NotNull(client.Failure);
        });

    [Fact]
    public Task Without_a_handler_sections_are_in_the_values() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 UID FETCH 1 (BODY[HEADER])");
            await server.SendAsync("* 1 FETCH (UID 1 BODY[HEADER] {4}\r\na\r\n\0)\r\nA1 OK\r\n");
        },
        async client =>
        {
            var result = await client.FetchAsync(One, new FetchItem(FetchItemKind.Section) { Section = new Section([], SectionText.Header, []) });
            Assert.Equal("a\r\n\0", Encoding.ASCII.GetString(result.Last<FetchData>()!.Sections[0].Data!.Value.Span));
        });

    [Fact]
    public Task A_response_that_makes_no_sense_is_told_and_the_rest_goes_on() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 UID FETCH 1 (FLAGS)");
            await server.SendAsync("* 1 FETCH (FLAGS (\\Seen UID 4)\r\n* 2 FETCH (FLAGS ())\r\nA1 OK\r\n");
        },
        async client =>
        {
            var result = await client.FetchAsync(One, new FetchItem(FetchItemKind.Flags));
            Assert.Equal((1, 1), (result.Invalid.Count(), result.All<FetchData>().Count()));
        });

    private static OutgoingMessage Message(string text) => OutgoingMessage.Of(Encoding.ASCII.GetBytes(text));
}
