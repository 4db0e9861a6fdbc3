using Martlet.Network.Imap;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>The client against a scripted server: commands, replies, state.</summary>
public sealed class ClientSessionTests
{
    [Fact]
    public Task Capabilities_are_asked_for_when_the_greeting_has_none() => FakeServer.RunRawAsync(
        async server =>
        {
            await server.SendAsync("* OK Hello.\r\n");
            await server.AnswerAsync("A1 CAPABILITY", "* CAPABILITY IMAP4rev1 X\r\nA1 OK Done.\r\n");
        },
        async open =>
        {
            await using var client = await open();
            Assert.True(client.Capabilities.Has("x") && !client.IsAuthenticated && client.Tls is null);
            Assert.Equal("Hello.", client.Greeting.Text);
        });

    [Fact]
    public Task PREAUTH_is_a_login() => FakeServer.RunRawAsync(
        server => server.SendAsync("* PREAUTH [CAPABILITY IMAP4rev1] Hello.\r\n"),
        async open =>
        {
            await using var client = await open();
            Assert.True(client.IsAuthenticated);
        });

    [Fact]
    public Task NO_and_BAD_are_values_unless_OK_is_asked_for() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 NOOP", "A1 NO [UNAVAILABLE] Later.\r\n");
            await server.AnswerAsync("A2 NOOP", "A2 BAD What?\r\n");
            await server.AnswerAsync("A3 NOOP", "A3 OK\r\n");
        },
        async client =>
        {
            var result = await client.NoopAsync();
            Assert.Equal((false, "UNAVAILABLE"), (result.IsOk, result.Status.Code?.Name));
            var exception = await FakeServer.FailsAsync(async () => (await client.NoopAsync()).EnsureOk(), ImapFailure.Refused);
            Assert.Equal("NOOP was refused: BAD What?", exception.Message);
            Assert.True((await client.NoopAsync()).EnsureOk().IsOk);
        });

    [Fact]
    public Task The_selected_mailbox_is_kept_up_to_date() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 SELECT INBOX", "* 172 EXISTS\r\n* 1 RECENT\r\n* FLAGS (\\Seen $A)\r\n* OK [PERMANENTFLAGS (\\Seen \\*)] x\r\n* OK [UIDVALIDITY 38] x\r\n* OK [UIDNEXT 43] x\r\n* OK [HIGHESTMODSEQ 9] x\r\nA1 OK [READ-ONLY] Done.\r\n");
            await server.AnswerAsync("A2 NOOP", "* 3 EXPUNGE\r\n* VANISHED 7,9:10\r\n* VANISHED (EARLIER) 1:2\r\nA2 OK\r\n");
            await server.AnswerAsync("A3 NOOP", "* VANISHED 1:4294967295\r\nA3 OK\r\n");
            await server.AnswerAsync("A4 SELECT x", "A4 NO [NONEXISTENT] No.\r\n");
        },
        async client =>
        {
            await client.SelectAsync("inbox");
            var state = client.Selected!;
            Assert.Equal((172u, 1u, 38L, 43L, 9L, true, true), (state.Exists, state.Recent, state.UidValidity, state.UidNext, state.HighestModSeq, state.IsReadOnly, state.MayCreateKeywords));
            Assert.Equal((2, 1), (state.Flags.Count, state.PermanentFlags?.Count));
            await client.NoopAsync();
            Assert.Equal(168u, state.Exists);
            await client.NoopAsync();
            Assert.Equal(0u, state.Exists); // whatever a server claims, there are not fewer than none
            await client.SelectAsync("x");
            Assert.Null(client.Selected);
        });

    [Fact]
    public Task Until_CLOSED_responses_are_about_the_mailbox_before() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 ENABLE QRESYNC", "* ENABLED QRESYNC\r\nA1 OK\r\n");
            await server.AnswerAsync("A2 SELECT a", "* 5 EXISTS\r\nA2 OK\r\n");
            await server.AnswerAsync("A3 SELECT b", "* 6 EXISTS\r\n* OK [CLOSED] x\r\n* 1 EXISTS\r\nA3 OK\r\n");
            await server.AnswerAsync("A4 CLOSE", "A4 OK\r\n");
        },
        async client =>
        {
            await client.EnableAsync("QRESYNC");
            await client.SelectAsync("a");
            var before = client.Selected!;
            await client.SelectAsync("b");
            Assert.Equal((6u, 1u, "b"), (before.Exists, client.Selected!.Exists, client.Selected.Mailbox.Value));
            await client.ExecuteAsync(BareRequest.Close);
            Assert.Null(client.Selected);
        });

    [Fact]
    public Task Names_are_UTF8_after_ENABLE() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 STATUS &AOk- (MESSAGES)", "* STATUS &AOk- (MESSAGES 1)\r\nA1 OK\r\n");
            await server.AnswerAsync("A2 ENABLE UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT\r\nA2 OK\r\n");
            await server.AnswerAsync("A3 STATUS \"\u00c3\u00a9\" (MESSAGES)", "* STATUS \"\u00c3\u00a9\" (MESSAGES 2)\r\nA3 OK\r\n");
        },
        async client =>
        {
            Assert.Equal("é", (await client.StatusAsync("é", StatusItems.Messages)).Last<StatusData>()?.Mailbox.Value);
            await client.EnableAsync("UTF8=ACCEPT");
            Assert.Equal(("é", 2L), ((await client.StatusAsync("é", StatusItems.Messages)).Last<StatusData>() is { } status ? (status.Mailbox.Value, status.Messages) : default));
        });

    [Fact]
    public Task Several_commands_go_out_at_once_and_may_end_in_any_order() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 STATUS a (MESSAGES)");
            await server.ExpectAsync("A2 LIST \"\" \"*\"");
            await server.AnswerAsync("A3 NOOP", "* STATUS a (MESSAGES 1)\r\nA1 OK\r\n* LIST () NIL a\r\nA3 NO\r\nA2 OK\r\n");
        },
        async client =>
        {
            var results = await client.PipelineAsync([new StatusRequest(new MailboxName("a"), StatusItems.Messages), new ListRequest(default, "*"), BareRequest.Noop]);
            Assert.Equal([true, true, false], results.Select(static result => result.IsOk));
            Assert.Single(results[0].All<StatusData>());
            Assert.Single(results[1].All<ListData>());
            await Assert.ThrowsAsync<ArgumentException>(() => client.PipelineAsync([new SelectRequest(MailboxName.Inbox)]));
            await Assert.ThrowsAsync<ArgumentException>(() => client.PipelineAsync([BareRequest.Idle]));
            await Assert.ThrowsAsync<ArgumentException>(() => client.ExecuteAsync(new CompressRequest()));
            Assert.Null(client.Failure);
        });

    [Fact]
    public async Task Every_untagged_response_is_told_of()
    {
        List<ImapResponse> told = [];
        await FakeServer.RunAsync(
            server => server.AnswerAsync("A1 NOOP", "* 4 EXISTS\r\n* 1 FETCH (FLAGS ())\r\n* XYZZY\r\nA1 OK\r\n"),
            async client =>
            {
                var result = await client.ExecuteAsync(BareRequest.Noop, new ImapHandlers { OnResponse = static response => response is FetchData });
                Assert.Equal([typeof(ExistsData), typeof(UnknownResponse)], result.Responses.Select(static response => response.GetType()));
            },
            FakeServer.Options with { OnUntagged = told.Add });
        Assert.Equal([typeof(StatusResponse), typeof(ExistsData), typeof(FetchData), typeof(UnknownResponse)], told.Select(static response => response.GetType()));
    }

    [Theory]
    [InlineData("IMAP4rev1 SASL-IR", "A1 AUTHENTICATE PLAIN AGFubgBwdw==", null)]
    [InlineData("IMAP4rev1", "A1 AUTHENTICATE PLAIN", "AGFubgBwdw==")]
    public Task PLAIN_goes_with_the_command_where_it_may(string capabilities, string command, string? later) => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync(command);
            if (later is not null)
            {
                await server.SendAsync("+ \r\n");
                await server.ExpectAsync(later);
            }

            await server.SendAsync("A1 OK [CAPABILITY IMAP4rev1 MOVE] Done.\r\n");
        },
        async client =>
        {
            Assert.True((await client.AuthenticateAsync(new PlainClient("ann", "pw"))).IsOk);
            Assert.True(client.IsAuthenticated && client.Capabilities.Has("MOVE"));
        },
        capabilities: capabilities);

    [Fact]
    public Task LOGIN_as_a_mechanism_is_asked_twice() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 AUTHENTICATE LOGIN", "+ VXNlcm5hbWU6\r\n");
            await server.AnswerAsync("YW5u", "+ UGFzc3dvcmQ6\r\n");
            await server.AnswerAsync("cHc=", "A1 NO [AUTHENTICATIONFAILED] No.\r\n");
        },
        async client =>
        {
            Assert.False((await client.AuthenticateAsync(new LoginClient("ann", "pw", SaslLimits.Default))).IsOk);
            Assert.False(client.IsAuthenticated);
        });

    [Theory]
    [InlineData("not base64!")]
    [InlineData("c3RpbGwgaGVyZQ==")]
    public Task A_challenge_that_makes_no_sense_is_given_up(string challenge) => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 AUTHENTICATE PLAIN AGFubgBwdw==", $"+ {challenge}\r\n");
            await server.AnswerAsync("*", "A1 OK Welcome all the same.\r\n");
        },
        async client =>
        {
            await FakeServer.FailsAsync(() => client.AuthenticateAsync(new PlainClient("ann", "pw")), ImapFailure.Protocol);
            Assert.False(client.IsAuthenticated);
        });

    [Fact]
    public Task A_server_that_says_OK_too_early_is_not_believed() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 AUTHENTICATE LOGIN", "A1 OK Welcome.\r\n"),
        async client =>
        {
            await FakeServer.FailsAsync(() => client.AuthenticateAsync(new LoginClient("ann", "pw", SaslLimits.Default)), ImapFailure.Protocol);
            Assert.False(client.IsAuthenticated);
        });

    [Fact]
    public Task LOGIN_is_not_sent_where_it_is_disabled() => FakeServer.RunAsync(
        server => server.AnswerAsync("A1 NOOP", "A1 OK\r\n"),
        async client =>
        {
            await FakeServer.FailsAsync(() => client.LoginAsync("ann", "pw"), ImapFailure.Refused);
            await client.NoopAsync();
        },
        capabilities: "IMAP4rev1 LOGINDISABLED");

    [Fact]
    public Task UNAUTHENTICATE_forgets_the_account() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 LOGIN ann pw", "A1 OK Done.\r\n");
            await server.AnswerAsync("A2 CAPABILITY", "* CAPABILITY IMAP4rev1 LITERAL+\r\nA2 OK\r\n");
            await server.AnswerAsync("A3 ENABLE UTF8=ACCEPT", "* ENABLED UTF8=ACCEPT\r\nA3 OK\r\n");
            await server.AnswerAsync("A4 UNAUTHENTICATE", "A4 OK\r\n");
            await server.AnswerAsync("A5 DELETE &AOk-", "A5 BAD\r\n");
        },
        async client =>
        {
            await client.LoginAsync("ann", "pw");
            await client.EnableAsync("UTF8=ACCEPT");
            await client.ExecuteAsync(BareRequest.Unauthenticate);
            Assert.True(!client.IsAuthenticated && client.Enabled.Count == 0 && client.Capabilities.Count == 0);
            await client.ExecuteAsync(new DeleteRequest(new MailboxName("é")));
        });

    [Fact]
    public Task Logout_waits_for_the_end() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 LOGOUT", "* BYE See you.\r\nA1 OK\r\n");
            await server.ExpectCloseAsync();
        },
        async client =>
        {
            await client.LogoutAsync();
            await FakeServer.FailsAsync(() => client.NoopAsync(), ImapFailure.Connection);
        });

    [Fact]
    public Task A_server_that_hangs_up_at_LOGOUT_is_no_error() => FakeServer.RunAsync(
        async server =>
        {
            await server.ExpectAsync("A1 LOGOUT");
            server.Close();
        },
        client => client.LogoutAsync());

    [Fact]
    public Task Old_and_new_searches_give_the_same() => FakeServer.RunAsync(
        async server =>
        {
            await server.AnswerAsync("A1 UID SEARCH RETURN (ALL) SEEN", "* ESEARCH (TAG \"A1\") UID ALL 7,2:3\r\nA1 OK\r\n");
            await server.AnswerAsync("A2 UID SEARCH RETURN (ALL) SEEN", "* SEARCH 3 7 2\r\nA2 OK\r\n");
            await server.AnswerAsync("A3 UID SEARCH RETURN (ALL) SEEN", "* ESEARCH (TAG \"A3\") UID\r\nA3 OK\r\n");
        },
        async client =>
        {
            var key = new FlagKey(Flag.Seen, IsSet: true);
            Assert.Equal("2:3,7", (await client.SearchAsync(key)).Uids.ToString());
            Assert.Equal("2:3,7", (await client.SearchAsync(key)).Uids.ToString());
            Assert.True((await client.SearchAsync(key)).Uids.IsEmpty);
        });
}
