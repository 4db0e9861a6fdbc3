using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>AUTHENTICATE: RFC 9051 §6.2.2, RFC 4959, with PLAIN and LOGIN.</summary>
[Commands("AUTHENTICATE")]
[Capability("SASL-IR", "AUTH=PLAIN", "AUTH=LOGIN")]
public sealed class AuthenticateTests
{
    [Fact]
    public Task PLAIN_with_an_initial_response() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=
        S: a1 OK *
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        """);

    [Fact]
    public Task PLAIN_without_an_initial_response() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE plain
        S: + 
        C: AGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=
        S: a1 OK *
        """);

    [Fact]
    public Task LOGIN_asks_for_name_and_password() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        C: YWxpY2VAZXhhbXBsZS5vcmc=
        S: + UGFzc3dvcmQ6
        C: Y29ycmVjdCBob3JzZQ==
        S: a1 OK *
        """);

    [Fact]
    public Task LOGIN_with_the_name_as_initial_response() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE LOGIN YWxpY2VAZXhhbXBsZS5vcmc=
        S: + UGFzc3dvcmQ6
        C: Y29ycmVjdCBob3JzZQ==
        S: a1 OK *
        """);

    [Fact]
    public Task The_response_is_sent_in_one_packet_with_the_command() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: <<a1 AUTHENTICATE PLAIN\r\nAGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=\r\na2 NOOP\r\n>>
        S: + 
        S: a1 OK *
        S: a2 OK Done.
        """);

    [Fact]
    public Task Cancelled_with_a_star() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE PLAIN
        S: + 
        C: *
        S: a1 BAD Cancelled.
        C: a2 AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        C: YWxpY2VAZXhhbXBsZS5vcmc=
        S: + UGFzc3dvcmQ6
        C: *
        S: a2 BAD Cancelled.
        C: a3 NOOP
        S: a3 OK Done.
        """);

    [Fact]
    public Task What_is_not_base64_is_BAD() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE PLAIN
        S: + 
        C: ???
        S: a1 BAD Not a response of that mechanism.
        C: a2 AUTHENTICATE PLAIN AGFs=aWNl
        S: a2 BAD The initial response is not base64 or is too long.
        C: a3 AUTHENTICATE PLAIN
        S: + 
        C: AGFsaWNl QGV4
        S: a3 BAD Not a response of that mechanism.
        C: a4 AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        C: a
        S: a4 BAD Not a response of that mechanism.
        C: a5 NOOP
        S: a5 OK Done.
        """);

    [Fact]
    public Task What_is_no_response_of_the_mechanism_is_BAD() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE PLAIN =
        S: a1 BAD Not a response of that mechanism.
        C: a2 AUTHENTICATE PLAIN YWJj
        S: a2 BAD Not a response of that mechanism.
        C: a3 AUTHENTICATE LOGIN =
        S: a3 BAD Not a response of that mechanism.
        C: a4 AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        C: 
        S: a4 BAD Not a response of that mechanism.
        C: a5 NOOP
        S: a5 OK Done.
        """);

    [Fact]
    public Task Wrong_passwords_and_unknown_addresses_get_the_same_answer() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAHdyb25n
        S: a1 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a2 AUTHENTICATE PLAIN AG5vYm9keUBleGFtcGxlLm9yZwB3cm9uZw==
        S: a2 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a3 AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        C: bm9ib2R5QGV4YW1wbGUub3Jn
        S: + UGFzc3dvcmQ6
        C: d3Jvbmc=
        S: a3 NO [AUTHENTICATIONFAILED] Wrong address or password.
        """);

    [Fact]
    public Task Acting_for_another_account_is_refused() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE PLAIN Ym9iQGV4YW1wbGUub3JnAGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=
        S: a1 NO [AUTHORIZATIONFAILED] That is not the same account.
        C: a2 AUTHENTICATE PLAIN YWxpY2VAZXhhbXBsZS5vcmcAYWxpY2VAZXhhbXBsZS5vcmcAY29ycmVjdCBob3JzZQ==
        S: a2 OK *
        """);

    [Fact]
    public Task Unknown_mechanisms_are_refused() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE CRAM-MD5
        S: a1 NO That mechanism is not offered on this connection.
        C: a2 AUTHENTICATE X =
        S: a2 NO That mechanism is not offered on this connection.
        C: a3 AUTHENTICATE
        S: a3 BAD Expected a space.
        C: a4 AUTHENTICATE "PLAIN"
        S: a4 BAD Expected an atom.
        C: a5 AUTHENTICATE PLAIN  =
        S: a5 BAD Expected base64.
        C: a6 AUTHENTICATE PLAIN = more
        S: a6 BAD Unexpected text after the arguments.
        """);

    [Fact]
    public Task Passwords_are_not_taken_in_the_clear() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK *
        C: a1 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=
        S: a1 NO [PRIVACYREQUIRED] Start TLS first: nobody logs in in the clear.
        C: a2 AUTHENTICATE LOGIN
        S: a2 NO [PRIVACYREQUIRED] Start TLS first: nobody logs in in the clear.
        C: a3 NOOP
        S: a3 OK Done.
        """);

    [Fact]
    public Task Whoever_is_logged_in_does_not_log_in_again() => ImapServer.PlayAsync("""
        C: a1 AUTHENTICATE PLAIN =
        S: a1 BAD Already logged in.
        """);

    [Fact]
    public Task A_client_that_goes_silent_in_the_exchange_is_told_BYE() => ImapServer.PlayTimedAsync("""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        T: 62s
        S: * BYE Silent for too long.
        S: <closed>
        """);

    [Fact]
    public Task The_exchange_has_its_own_time() => ImapServer.PlayTimedAsync("""
        C -> bare
        S: * OK *
        T: 50s
        C: a1 AUTHENTICATE LOGIN
        S: + VXNlcm5hbWU6
        T: 30s
        C: YWxpY2VAZXhhbXBsZS5vcmc=
        S: + UGFzc3dvcmQ6
        C: Y29ycmVjdCBob3JzZQ==
        S: a1 OK *
        """);
}
