using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>LOGOUT: RFC 9051 §6.1.3, and the other ends of a connection.</summary>
public sealed class LogoutTests
{
    [Fact]
    public Task LOGOUT_says_BYE_and_closes_in_every_state() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 LOGOUT
        S: * BYE Logging out.
        S: a1 OK Goodbye.
        S: <closed>
        C2: b1 LOGOUT
        S2: * BYE Logging out.
        S2: b1 OK Goodbye.
        S2: <closed>
        C3: c1 SELECT inbox
        ...
        S3: c1 OK [READ-WRITE] Done.
        C3: c2 LOGOUT
        S3: * BYE Logging out.
        S3: c2 OK Goodbye.
        S3: <closed>
        """);

    [Fact]
    public Task LOGOUT_takes_no_argument() => ImapServer.PlayAsync("""
        C: a1 LOGOUT now
        S: a1 BAD Unexpected text after the arguments.
        C: a2 LOGOUT
        S: * BYE Logging out.
        S: a2 OK Goodbye.
        S: <closed>
        """);

    [Fact]
    public Task What_is_pipelined_after_LOGOUT_is_not_executed() => ImapServer.PlayAsync("""
        C: <<a1 LOGOUT\r\na2 NOOP\r\n>>
        S: * BYE Logging out.
        S: a1 OK Goodbye.
        S: <closed>
        """);

    [Fact]
    public Task LOGOUT_does_not_expunge() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS (\Deleted)
        S: * 1 FETCH (FLAGS (\Deleted))
        S: a2 OK Done.
        C: a3 LOGOUT
        S: * BYE Logging out.
        S: a3 OK Goodbye.
        S: <closed>
        C2: b1 STATUS inbox (MESSAGES)
        S2: * STATUS INBOX (MESSAGES 1)
        S2: b1 OK Done.
        """, Mail.One);

    [Fact]
    public Task A_client_that_is_silent_before_login_is_told_BYE() => ImapServer.PlayTimedAsync("""
        C -> bare
        S: * OK *
        T: 62s
        S: * BYE Silent for too long.
        S: <closed>
        """);

    [Fact]
    public Task A_client_that_is_silent_after_login_is_told_BYE() => ImapServer.PlayTimedAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        T: 36m
        S: * BYE Silent for too long.
        S: <closed>
        """);

    [Fact]
    public Task Thirty_minutes_of_silence_are_allowed() => ImapServer.PlayTimedAsync("""
        C: a1 NOOP
        S: a1 OK Done.
        T: 30m
        C: a2 NOOP
        S: a2 OK Done.
        """);

    [Fact]
    public Task The_first_line_of_another_protocol_ends_the_connection() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: GET / HTTP/1.1
        S: * BYE This is an IMAP server.
        S: <closed>
        """);

    [Fact]
    public Task A_first_line_without_a_space_ends_the_connection() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: <<EHLO\r\n>>
        S: * BYE This is an IMAP server.
        S: <closed>
        """);

    [Fact]
    public Task TLS_bytes_on_the_plain_port_end_the_connection() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: <<\x16\x03\x01\x02\x00\x01\x00\x01\xfc\n>>
        S: * BYE This is an IMAP server.
        S: <closed>
        """);

    [Fact]
    public Task An_unknown_first_command_is_only_an_unknown_command() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 XYZZY
        S: a1 BAD Unknown command.
        C: a2 NOOP
        S: a2 OK Done.
        """);

    [Fact]
    public Task Ten_bad_commands_before_login_end_the_connection() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 BOGUS
        S: a1 BAD Unknown command.
        C: a2 BOGUS
        S: a2 BAD Unknown command.
        C: a3 BOGUS
        S: a3 BAD Unknown command.
        C: a4 BOGUS
        S: a4 BAD Unknown command.
        C: a5 BOGUS
        S: a5 BAD Unknown command.
        C: a6 BOGUS
        S: a6 BAD Unknown command.
        C: a7 BOGUS
        S: a7 BAD Unknown command.
        C: a8 BOGUS
        S: a8 BAD Unknown command.
        C: a9 BOGUS
        S: a9 BAD Unknown command.
        C: a10 BOGUS
        S: a10 BAD Unknown command.
        S: * BYE Too many bad commands.
        S: <closed>
        """);

    [Fact]
    public Task All_bad_commands_before_login_count() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 BOGUS
        S: a1 BAD Unknown command.
        C: a2 BOGUS
        S: a2 BAD Unknown command.
        C: a3 BOGUS
        S: a3 BAD Unknown command.
        C: a4 BOGUS
        S: a4 BAD Unknown command.
        C: a5 BOGUS
        S: a5 BAD Unknown command.
        C: a6 BOGUS
        S: a6 BAD Unknown command.
        C: a7 BOGUS
        S: a7 BAD Unknown command.
        C: a8 BOGUS
        S: a8 BAD Unknown command.
        C: a9 BOGUS
        S: a9 BAD Unknown command.
        C: b1 NOOP
        S: b1 OK Done.
        C: b2 BOGUS
        S: b2 BAD Unknown command.
        S: * BYE Too many bad commands.
        S: <closed>
        """);

    [Fact]
    public Task A_line_without_a_tag_is_answered_untagged() => ImapServer.PlayAsync("""
        C: a1 NOOP
        S: a1 OK Done.
        C: *
        S: * BAD Expected a tag.
        C: (
        S: * BAD Expected a tag.
        C: a2 NOOP
        S: a2 OK Done.
        """);
}
