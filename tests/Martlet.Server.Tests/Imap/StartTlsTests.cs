using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>STARTTLS: RFC 9051 §6.2.1.</summary>
[Commands("STARTTLS")]
[Capability("STARTTLS")]
public sealed class StartTlsTests
{
    [Fact]
    public Task After_STARTTLS_passwords_are_taken() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK *
        C: a1 STARTTLS
        S: a1 OK Begin TLS.
        C -> tls
        C: a2 CAPABILITY
        S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-1-PLUS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN
        S: a2 OK Done.
        C: a3 LOGIN alice@example.org "correct horse"
        S: a3 OK *
        C: a4 STARTTLS
        S: a4 BAD Already logged in.
        """);

    [Fact]
    public Task Injected_bytes_are_dropped() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK *
        C: <<a1 STARTTLS\r\na2 LOGIN alice@example.org "correct horse"\r\na3 NOOP\r\n>>
        S: a1 OK Begin TLS.
        C -> tls
        C: a4 SELECT inbox
        S: a4 BAD Log in first.
        C: a5 NOOP
        S: a5 OK Done.
        """);

    [Fact]
    public Task An_injected_half_of_a_command_does_not_join_what_comes_under_TLS() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK *
        C: <<a1 STARTTLS\r\na2 LOGIN alice@example.org >>
        S: a1 OK Begin TLS.
        C -> tls
        C: a3 NOOP
        S: a3 OK Done.
        """);

    [Fact]
    public Task There_is_no_second_STARTTLS() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK *
        C: a1 STARTTLS
        S: a1 OK Begin TLS.
        C -> tls
        C: a2 STARTTLS
        S: a2 BAD TLS is on already.
        C: a3 NOOP
        S: a3 OK Done.
        C2 -> imaps
        S2: * OK *
        C2: b1 STARTTLS
        S2: b1 BAD TLS is on already.
        """);

    [Fact]
    public Task STARTTLS_takes_no_argument() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK *
        C: a1 STARTTLS now
        S: a1 BAD Unexpected text after the arguments.
        C: a2 NOOP
        S: a2 OK Done.
        """);

    [Fact]
    public Task STARTTLS_is_for_those_who_have_not_logged_in() => ImapServer.PlayAsync("""
        C: a1 STARTTLS
        S: a1 BAD Already logged in.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 STARTTLS
        S: a3 BAD Already logged in.
        """);
}
