using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>NOOP and CHECK: RFC 9051 §6.1.2, RFC 3501 §6.4.1.</summary>
[Commands("NOOP", "CHECK")]
public sealed class NoopTests
{
    [Fact]
    public Task NOOP_is_allowed_in_every_state() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 NOOP
        S: a1 OK Done.
        C: a2 LOGIN alice@example.org "correct horse"
        S: a2 OK *
        C: a3 NOOP
        S: a3 OK Done.
        C: a4 SELECT inbox
        ...
        S: a4 OK [READ-WRITE] Done.
        C: a5 noop
        S: a5 OK Done.
        """);

    [Fact]
    public Task NOOP_and_CHECK_take_no_argument() => ImapServer.PlayAsync("""
        C: a1 NOOP 1
        S: a1 BAD Unexpected text after the arguments.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 CHECK all
        S: a3 BAD Unexpected text after the arguments.
        """);

    [Fact]
    public Task CHECK_needs_a_mailbox() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 CHECK
        S: a1 BAD Log in first.
        C: a2 LOGIN alice@example.org "correct horse"
        S: a2 OK *
        C: a3 CHECK
        S: a3 BAD Select a mailbox first.
        C: a4 EXAMINE inbox
        ...
        S: a4 OK [READ-ONLY] Done.
        C: a5 CHECK
        S: a5 OK Done.
        """);

    [Fact]
    public Task NOOP_tells_what_another_session_did() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Deleted $Blue)
        S2: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $Blue)
        S2: * 1 FETCH (FLAGS (\Deleted $Blue))
        S2: b2 OK Done.
        C2: b3 STORE 2 +FLAGS (\Flagged)
        S2: * 2 FETCH (FLAGS (\Flagged))
        S2: b3 OK Done.
        C2: b4 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b4 OK Done.
        C2: b5 APPEND inbox {12+}
        C2: Subject: x
        C2: 
        S2: * 3 EXISTS
        S2: * 0 RECENT
        S2: b5 OK [APPENDUID {validity} 4] Done.
        C: a2 NOOP
        S: * 1 EXPUNGE
        S: * 1 FETCH (UID 2 FLAGS (\Flagged))
        S: * 3 EXISTS
        S: * 0 RECENT
        S: a2 OK Done.
        C: a3 NOOP
        S: a3 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task CHECK_tells_what_another_session_did() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Answered)
        S2: * 1 FETCH (FLAGS (\Answered))
        S2: b2 OK Done.
        C: a2 CHECK
        S: * 1 FETCH (UID 1 FLAGS (\Answered))
        S: a2 OK Done.
        """, Mail.One);

    [Fact]
    public Task NOOP_without_a_mailbox_tells_nothing() => ImapServer.PlayAsync("""
        C: a1 NOOP
        S: a1 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Answered)
        S2: * 1 FETCH (FLAGS (\Answered))
        S2: b2 OK Done.
        C: a2 NOOP
        S: a2 OK Done.
        """, Mail.One);

    [Fact]
    public Task A_message_that_came_and_went_is_not_told() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 APPEND inbox (\Deleted) {12+}
        C2: Subject: x
        C2: 
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: b2 OK [APPENDUID {validity} 2] Done.
        C2: b3 EXPUNGE
        S2: * 2 EXPUNGE
        S2: b3 OK Done.
        C: a2 NOOP
        S: a2 OK Done.
        C: a3 FETCH 1 UID
        S: * 1 FETCH (UID 1)
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task Pipelined_commands_are_answered_in_order() => ImapServer.PlayAsync("""
        C: <<a1 SELECT inbox\r\na2 FETCH 1 UID\r\na3 NOOP\r\na4 BOGUS\r\na5 LOGOUT\r\n>>
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 1 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 2] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        S: * 1 FETCH (UID 1)
        S: a2 OK Done.
        S: a3 OK Done.
        S: a4 BAD Unknown command.
        S: * BYE Logging out.
        S: a5 OK Goodbye.
        S: <closed>
        """, Mail.One);

    [Fact]
    public Task A_reply_does_not_wait_for_the_rest_of_the_next_command() => ImapServer.PlayAsync("""
        C: <<a1 NOOP\r\na2 NO>>
        S: a1 OK Done.
        C: <<OP\r\n>>
        S: a2 OK Done.
        """);

    [Fact]
    public Task A_reply_does_not_wait_for_the_rest_of_the_next_literal() => ImapServer.PlayAsync("""
        C: <<a1 NOOP\r\na2 CREATE {3+}\r\nA>>
        S: a1 OK Done.
        C: <<BC\r\n>>
        S: a2 OK Done.
        """);

    [Fact]
    public Task An_empty_line_before_a_tag_is_nothing() => ImapServer.PlayAsync("""
        C: <<\r\na1 NOOP\r\n\r\n\r\na2 NOOP\r\n>>
        S: a1 OK Done.
        S: a2 OK Done.
        """);

    [Fact]
    public Task A_line_may_end_in_a_bare_LF() => ImapServer.PlayAsync("""
        C: <<a1 NOOP\na2 NOOP\n>>
        S: a1 OK Done.
        S: a2 OK Done.
        """);
}
