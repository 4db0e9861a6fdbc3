using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>CLOSE and UNSELECT: RFC 9051 §6.4.1, §6.4.2.</summary>
public sealed class CloseTests
{
    [Fact]
    public Task CLOSE_expunges_what_is_deleted_without_saying_so() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1,3 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 CLOSE
        S: a3 OK Done.
        C: a4 FETCH 1 FLAGS
        S: a4 BAD Select a mailbox first.
        C: a5 STATUS inbox (MESSAGES)
        S: * STATUS INBOX (MESSAGES 1)
        S: a5 OK Done.
        C: a6 CLOSE
        S: a6 BAD Select a mailbox first.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task CLOSE_of_a_mailbox_opened_with_EXAMINE_expunges_nothing() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 EXAMINE inbox
        ...
        S: a3 OK [READ-ONLY] Done.
        C: a4 CLOSE
        S: a4 OK Done.
        C: a5 STATUS inbox (MESSAGES DELETED)
        S: * STATUS INBOX (MESSAGES 1 DELETED 1)
        S: a5 OK Done.
        """, Mail.One);

    [Fact]
    public Task CLOSE_spares_what_the_client_has_not_been_told_of() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 APPEND inbox (\Deleted) {12+}
        C2: Subject: x
        C2: 
        S2: b1 OK [APPENDUID {validity} 2] Done.
        C: a2 CLOSE
        S: a2 OK Done.
        C: a3 STATUS inbox (MESSAGES DELETED)
        S: * STATUS INBOX (MESSAGES 2 DELETED 1)
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task Another_session_is_told_what_CLOSE_expunged() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 CLOSE
        S2: b3 OK Done.
        C: a2 NOOP
        S: * 1 EXPUNGE
        S: a2 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task UNSELECT_expunges_nothing() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 UNSELECT
        S: a3 OK Done.
        C: a4 UNSELECT
        S: a4 BAD Select a mailbox first.
        C: a5 STATUS inbox (MESSAGES DELETED)
        S: * STATUS INBOX (MESSAGES 1 DELETED 1)
        S: a5 OK Done.
        C: a6 SELECT inbox
        ...
        S: a6 OK [READ-WRITE] Done.
        """, Mail.One);

    [Fact]
    public Task They_take_no_argument_and_need_a_mailbox() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 CLOSE
        S: a1 BAD Log in first.
        C: a2 UNSELECT
        S: a2 BAD Log in first.
        C2: b1 CLOSE
        S2: b1 BAD Select a mailbox first.
        C2: b2 UNSELECT
        S2: b2 BAD Select a mailbox first.
        C2: b3 SELECT inbox
        ...
        S2: b3 OK [READ-WRITE] Done.
        C2: b4 CLOSE inbox
        S2: b4 BAD Unexpected text after the arguments.
        C2: b5 UNSELECT inbox
        S2: b5 BAD Unexpected text after the arguments.
        C2: b6 UNSELECT
        S2: b6 OK Done.
        """);

    [Fact]
    public Task UNSELECT_tells_nothing_of_what_is_pending() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Flagged)
        S2: b2 OK Done.
        C: a2 UNSELECT
        S: a2 OK Done.
        C: a3 NOOP
        S: a3 OK Done.
        """, Mail.One);
}
