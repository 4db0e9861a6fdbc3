using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>LOGIN: RFC 9051 §6.2.3.</summary>
[Commands("LOGIN")]
public sealed class LoginTests
{
    [Fact]
    public Task Name_and_password_are_atoms_quoted_or_literals() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 LOGIN alice@example.org "correct horse"
        S: a1 OK *
        C2 -> bare
        S2: * OK *
        C2: b1 LOGIN "alice@example.org" {13}
        S2: + Ready for the literal.
        C2: correct horse
        S2: b1 OK *
        C3 -> bare
        S3: * OK *
        C3: c1 LOGIN {17}
        S3: + Ready for the literal.
        C3: alice@example.org {13+}
        C3: correct horse
        S3: c1 OK *
        C4 -> bare
        S4: * OK *
        C4: <<d1 LOGIN {17+}\r\nalice@example.org {13+}\r\ncorrect horse\r\n>>
        S4: d1 OK *
        """);

    [Fact]
    public Task A_wrong_password_and_an_unknown_address_get_the_same_answer() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 LOGIN alice@example.org wrong
        S: a1 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a2 LOGIN nobody@example.org "correct horse"
        S: a2 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a3 LOGIN "" ""
        S: a3 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a4 SELECT inbox
        S: a4 BAD Log in first.
        C: a5 LOGIN alice@example.org "correct horse"
        S: a5 OK *
        """);

    [Fact]
    public Task Passwords_are_not_taken_in_the_clear() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK *
        C: a1 LOGIN alice@example.org "correct horse"
        S: a1 NO [PRIVACYREQUIRED] Start TLS first: nobody logs in in the clear.
        C: a2 NOOP
        S: a2 OK Done.
        C: a3 SELECT inbox
        S: a3 BAD Log in first.
        """);

    [Fact]
    public Task LOGIN_takes_two_strings() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 LOGIN
        S: a1 BAD Expected a space.
        C: a2 LOGIN alice@example.org
        S: a2 BAD Expected a space.
        C: a3 LOGIN alice@example.org 
        S: a3 BAD Expected a string or an atom.
        C: a4 LOGIN (alice) x
        S: a4 BAD Expected a string or an atom.
        C: a5 LOGIN alice "x
        S: a5 BAD The quoted string does not end.
        C: a6 LOGIN alice@example.org "correct horse" more
        S: a6 BAD Unexpected text after the arguments.
        C: a7 LOGIN alice "a\bc"
        S: a7 BAD Only \\ and \" are escapes in a quoted string.
        C: a8 LOGIN  alice x
        S: a8 BAD Expected a string or an atom.
        """);

    [Fact]
    public Task Whoever_is_logged_in_does_not_log_in_again() => ImapServer.PlayAsync("""
        C: a1 LOGIN bob@example.org "correct horse"
        S: a1 BAD Already logged in.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 LOGIN alice@example.org "correct horse"
        S: a3 BAD Already logged in.
        """);

    [Fact]
    public Task Before_login_commands_of_other_states_are_refused() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 SELECT inbox
        S: a1 BAD Log in first.
        C: a2 FETCH 1 FLAGS
        S: a2 BAD Log in first.
        C: a3 LIST "" *
        S: a3 BAD Log in first.
        C: a4 CLOSE
        S: a4 BAD Log in first.
        C: a5 IDLE
        S: a5 BAD Log in first.
        C: a6 UID FETCH 1 FLAGS
        S: a6 BAD Log in first.
        """);

    [Fact]
    public Task Before_login_an_APPEND_is_refused_before_its_data() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 APPEND inbox {310}
        S: a1 BAD Log in first.
        C: a2 NOOP
        S: a2 OK Done.
        C: <<a3 APPEND inbox {4+}\r\nabcd\r\na4 NOOP\r\n>>
        S: a3 BAD Log in first.
        S: a4 OK Done.
        """);

    [Fact]
    public Task A_literal_before_login_is_at_most_4_KiB() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 LOGIN {4097}
        S: a1 BAD [TOOBIG] A literal is too large, or there are too many.
        C: a2 LOGIN {4096}
        S: + Ready for the literal.
        C2 -> bare
        S2: * OK *
        C2: b1 LOGIN {1000001+}
        S2: * BYE [TOOBIG] The literal is too large.
        S2: <closed>
        """);

    [Fact]
    public Task Ten_failed_logins_end_the_connection() => ImapServer.PlayTimedAsync("""
        C -> bare
        S: * OK *
        C: a1 LOGIN alice@example.org wrong
        S: a1 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a2 LOGIN alice@example.org wrong
        S: a2 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a3 LOGIN alice@example.org wrong
        S: a3 NO [AUTHENTICATIONFAILED] Wrong address or password.
        T: 10s
        C: a4 LOGIN alice@example.org wrong
        T: 3s
        S: a4 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a5 LOGIN alice@example.org wrong
        T: 3s
        S: a5 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a6 LOGIN alice@example.org wrong
        T: 3s
        S: a6 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a7 LOGIN alice@example.org wrong
        T: 3s
        S: a7 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a8 LOGIN alice@example.org wrong
        T: 3s
        S: a8 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a9 LOGIN alice@example.org wrong
        T: 3s
        S: a9 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a10 LOGIN alice@example.org wrong
        T: 3s
        S: * BYE Too many failed logins.
        S: a10 NO [AUTHENTICATIONFAILED] Wrong address or password.
        S: <closed>
        """);
}
