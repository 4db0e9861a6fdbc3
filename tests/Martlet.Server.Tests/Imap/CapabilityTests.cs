using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Greeting and CAPABILITY: RFC 9051 §6.1.1, §7.1. Only what holds in the state is announced.</summary>
[Commands("CAPABILITY")]
[Capability("LOGINDISABLED")]
public sealed class CapabilityTests
{
    // What holds after login, whole: a name that comes or goes must be meant.
    private const string AfterLogin =
        "IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID IDLE NOTIFY NAMESPACE CHILDREN UNSELECT UIDPLUS CONDSTORE QRESYNC UIDONLY PARTIAL MOVE ESEARCH SEARCHRES MULTISEARCH INPROGRESS"
        + " SPECIAL-USE CREATE-SPECIAL-USE LIST-EXTENDED LIST-STATUS STATUS=SIZE UTF8=ACCEPT MULTIAPPEND REPLACE BINARY SAVEDATE WITHIN PREVIEW"
        + " METADATA LIST-METADATA QUOTA QUOTA=RES-STORAGE QUOTA=RES-MESSAGE COMPRESS=DEFLATE UNAUTHENTICATE APPENDLIMIT=104857600";

    [Fact]
    public Task The_greeting_names_what_holds_before_login() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN] mail.example.org Martlet *
        C: a1 CAPABILITY
        S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN
        S: a1 OK Done.
        C: a2 LOGOUT
        S: * BYE Logging out.
        S: a2 OK Goodbye.
        S: <closed>
        """);

    [Fact]
    public Task After_login_there_is_no_AUTH_and_no_STARTTLS_any_more() => ImapServer.PlayAsync($$"""
        C: a1 CAPABILITY
        S: * CAPABILITY {{AfterLogin}}
        S: a1 OK Done.
        C: a2 SELECT inbox
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 0 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C: a3 CAPABILITY
        S: * CAPABILITY {{AfterLogin}}
        S: a3 OK Done.
        """);

    [Fact]
    public Task Login_replies_with_the_capabilities_of_the_new_state() => ImapServer.PlayAsync($$"""
        C -> bare
        S: * OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN] mail.example.org Martlet *
        C: a1 LOGIN alice@example.org "correct horse"
        S: a1 OK [CAPABILITY {{AfterLogin}}] Logged in as alice@example.org.
        """);

    [Fact]
    public Task Without_TLS_a_strict_service_announces_LOGINDISABLED_and_STARTTLS() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS LOGINDISABLED] mail.example.org Martlet *
        C: a1 CAPABILITY
        S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS LOGINDISABLED
        S: a1 OK Done.
        """);

    [Fact]
    public Task Under_TLS_mechanisms_are_announced_and_STARTTLS_is_not() => ImapServer.PlayAsync("""
        C -> imaps
        S: * OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-1-PLUS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN] mail.example.org Martlet *
        C: a1 CAPABILITY
        S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-1-PLUS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN
        S: a1 OK Done.
        """);

    [Fact]
    public Task CAPABILITY_takes_no_argument() => ImapServer.PlayAsync($$"""
        C: a1 CAPABILITY now
        S: a1 BAD Unexpected text after the arguments.
        C: a2 CAPABILITY 
        S: a2 BAD Unexpected text after the arguments.
        C: a3 capability
        S: * CAPABILITY {{AfterLogin}}
        S: a3 OK Done.
        """);

    [Fact]
    public Task ENABLE_does_not_change_the_list() => ImapServer.PlayAsync($$"""
        C: a1 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a1 OK Done.
        C: a2 CAPABILITY
        S: * CAPABILITY {{AfterLogin}}
        S: a2 OK Done.
        """);
}
