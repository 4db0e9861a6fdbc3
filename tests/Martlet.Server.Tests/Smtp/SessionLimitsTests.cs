using Martlet.Server.Smtp;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>What a session puts up with: long lines, errors, silence; and how it ends.</summary>
public sealed class SessionLimitsTests : SmtpTest
{
    protected override SmtpOptions Configure(SmtpOptions options) => options with { ErrorsMax = 5, CommandsWithoutMailMax = 30 };

    [Fact]
    public Task A_line_of_2048_bytes_is_read_and_one_more_is_not() => AfterHelloAsync($"""
        C: NOOP {new string('a', 2048 - 7)}
        S: 250 2.0.0 Done.
        C: NOOP {new string('a', 2048 - 6)}
        S: 500 5.5.6 That line is too long. *
        C: NOOP
        S: 250 2.0.0 Done.
        """);

    [Fact]
    public Task A_line_without_end_ends_the_connection() => AfterHelloAsync($"""
        C: <<NOOP {new string('a', 70_000)}>>
        S: 500 5.5.6 That line is too long. *
        S: <closed>
        """);

    [Fact]
    public Task Lines_end_in_CRLF_only() => AfterHelloAsync("""
        C: <<NOOP\n>>
        S: 500 5.5.2 Not a command line: *
        C: <<NOOP\rNOOP\r\n>>
        S: 500 5.5.2 Not a command line: *
        C: NOOP
        S: 250 2.0.0 Done.
        """);

    [Fact]
    public Task After_too_many_errors_the_connection_ends() => AfterHelloAsync("""
        C: <<X\r\nX\r\nX\r\nX\r\nX\r\nX\r\nNOOP\r\n>>
        S: 500 *
        S: 500 *
        S: 500 *
        S: 500 *
        S: 500 *
        S: 500 *
        S: 421 4.7.0 Too many errors. *
        S: <closed>
        """);

    [Fact]
    public Task After_too_many_commands_without_a_message_the_connection_ends() => AfterHelloAsync(
        "C: <<" + string.Concat(Enumerable.Repeat("NOOP\\r\\n", 30)) + ">>\n"
        + string.Concat(Enumerable.Repeat("S: 250 2.0.0 Done.\n", 30))
        + "S: 421 4.7.0 Too many commands without a message. *\nS: <closed>");

    [Fact]
    public Task Five_minutes_of_silence_end_the_connection() => AfterHelloAsync("""
        T: 290s
        C: NOOP
        S: 250 2.0.0 Done.
        T: 290s
        C: NOOP
        S: 250 2.0.0 Done.
        T: 310s
        S: 421 4.4.2 Nothing came for too long. *
        S: <closed>
        """);

    [Fact]
    public Task Half_a_command_is_silence_too() => AfterHelloAsync("""
        C: <<NO>>
        T: 310s
        S: 421 4.4.2 Nothing came for too long. *
        S: <closed>
        """);

    [Fact]
    public Task Bytes_that_trickle_in_do_not_buy_time() => AfterHelloAsync("""
        C: <<N>>
        T: 200s
        C: <<O>>
        T: 110s
        S: 421 4.4.2 Nothing came for too long. *
        S: <closed>
        """);

    [Fact]
    public async Task Without_a_certificate_TLS_is_not_offered()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions
        {
            Services =
            [
                new TestService("smtp", server => new SmtpService(
                    new SmtpOptions { Hostname = "mx.example.org", Role = SmtpRole.Incoming }, server.Store, server.Authenticator, tls: null, server.Log)),
            ],
        });
        await Transcript.RunAsync(server, """
            S: 220 *
            C: EHLO client.example
            S: 250-mx.example.org
            S: 250-PIPELINING
            S: 250-SIZE *
            S: 250-ENHANCEDSTATUSCODES
            ...
            S: 250 LIMITS *
            C: STARTTLS
            S: 502 5.5.1 TLS is not offered here. *
            """);
    }

    [Fact]
    public async Task A_stopping_server_says_so()
    {
        var server = await TestServer.StartAsync(new TestServerOptions { Services = SmtpServices.All() });
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("smtp").Address, useTls: false);
        Assert.StartsWith("220 ", await peer.ReadLineAsync(), StringComparison.Ordinal);
        await server.DisposeAsync();
        Assert.StartsWith("421 4.3.2 The server is stopping; try again later. (c", await peer.ReadLineAsync(), StringComparison.Ordinal);
        Assert.Null(await peer.ReadLineAsync());
    }

    [Fact]
    public Task A_peer_that_leaves_in_the_middle_of_a_line_leaves_no_trace() => AfterHelloAsync("""
        C: <<NOOP>>
        C: <close>
        S: <closed>
        """);
}
