using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>IDLE: RFC 9051 §6.3.13, RFC 2177.</summary>
[Commands("IDLE")]
[Capability("IDLE")]
public sealed class IdleTests
{
    [Fact]
    public Task Changes_are_told_at_once() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 IDLE
        S: + Waiting for DONE.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Deleted Blue)
        S2: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important Blue)
        S2: * 1 FETCH (FLAGS (\Deleted Blue))
        S2: b2 OK Done.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important Blue)
        S: * 1 FETCH (UID 1 FLAGS (\Deleted Blue))
        C2: b3 APPEND inbox {12+}
        C2: Subject: x
        C2: 
        S2: * 3 EXISTS
        S2: * 0 RECENT
        S2: b3 OK [APPENDUID {validity} 3] Done.
        S: * 3 EXISTS
        S: * 0 RECENT
        C2: b4 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b4 OK Done.
        S: * 1 EXPUNGE
        C: DONE
        S: a2 OK Done.
        C: a3 FETCH 1:* FLAGS
        S: * 1 FETCH (FLAGS ())
        S: * 2 FETCH (FLAGS ())
        S: a3 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task What_is_pending_is_told_first() => ImapServer.PlayAsync("""
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Deleted)
        S2: * 1 FETCH (FLAGS (\Deleted))
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: a2 IDLE
        S: + Waiting for DONE.
        S: * 1 EXPUNGE
        C: done
        S: a2 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task DONE_and_the_next_command_come_in_one_packet() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 IDLE
        S: + Waiting for DONE.
        C: <<DONE\r\na3 FETCH 1 UID\r\n>>
        S: a2 OK Done.
        S: * 1 FETCH (UID 1)
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task An_empty_line_may_come_between() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 IDLE
        S: + Waiting for DONE.
        C: <<DONE\r\n\r\na3 FETCH 1 UID\r\n>>
        S: a2 OK Done.
        S: * 1 FETCH (UID 1)
        S: a3 OK Done.
        C: a4 IDLE
        S: + Waiting for DONE.
        C: DONE
        S: a4 OK Done.
        """, Mail.One);

    [Fact]
    public Task DONE_is_sent_with_the_command() => ImapServer.PlayAsync("""
        C: <<a1 IDLE\r\nDONE\r\na2 NOOP\r\n>>
        S: + Waiting for DONE.
        S: a1 OK Done.
        S: a2 OK Done.
        """);

    [Fact]
    public Task Without_a_mailbox_IDLE_waits_for_DONE() => ImapServer.PlayAsync("""
        C: a1 IDLE
        S: + Waiting for DONE.
        C2: b1 APPEND inbox {12+}
        C2: Subject: x
        C2: 
        S2: b1 OK [APPENDUID {validity} 1] Done.
        C: DONE
        S: a1 OK Done.
        """);

    [Fact]
    public Task Anything_else_than_DONE_ends_the_connection() => ImapServer.PlayAsync("""
        C: a1 IDLE
        S: + Waiting for DONE.
        C: a2 NOOP
        S: * BYE Only DONE ends IDLE.
        S: <closed>
        """);

    [Fact]
    public Task IDLE_takes_no_argument_and_needs_a_login() => ImapServer.PlayAsync("""
        C: a1 IDLE now
        S: a1 BAD Unexpected text after the arguments.
        C2 -> bare
        S2: * OK *
        C2: b1 IDLE
        S2: b1 BAD Log in first.
        """);

    [Fact]
    public Task IDLE_may_last_half_an_hour_after_a_silence() => ImapServer.PlayTimedAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        T: 20m
        C: a2 IDLE
        S: + Waiting for DONE.
        T: 29m
        C: DONE
        S: a2 OK Done.
        C: a3 IDLE
        S: + Waiting for DONE.
        T: 29m
        C: DONE
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task IDLE_for_ever_ends_in_BYE() => ImapServer.PlayTimedAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 IDLE
        S: + Waiting for DONE.
        T: 36m
        S: * BYE Silent for too long.
        S: <closed>
        """);

    [Fact]
    public Task A_change_in_IDLE_does_not_stop_the_clock() => ImapServer.PlayTimedAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 IDLE
        S: + Waiting for DONE.
        T: 34m
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Seen)
        S2: * 1 FETCH (FLAGS (\Seen))
        S2: b2 OK Done.
        S: * 1 FETCH (UID 1 FLAGS (\Seen))
        T: 2m
        S: * BYE Silent for too long.
        S: <closed>
        """, Mail.One);

    [Fact]
    public Task A_half_of_DONE_waits_for_the_other() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 IDLE
        S: + Waiting for DONE.
        C: <<DO>>
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Seen)
        S2: * 1 FETCH (FLAGS (\Seen))
        S2: b2 OK Done.
        S: * 1 FETCH (UID 1 FLAGS (\Seen))
        C: <<NE\r\n>>
        S: a2 OK Done.
        """, Mail.One);
}
