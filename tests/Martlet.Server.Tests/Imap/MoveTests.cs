using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>MOVE and UID MOVE: RFC 9051 §6.4.8, RFC 6851.</summary>
[Commands("MOVE", "UID MOVE")]
public sealed class MoveTests
{
    [Fact]
    public Task COPYUID_comes_before_the_EXPUNGEs() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 CREATE Old
        S: a2 OK Done.
        C: a3 STORE 2 +FLAGS.SILENT (\Seen Blue)
        S: * FLAGS *
        S: a3 OK Done.
        C: a4 MOVE 1:2 Old
        S: * OK [COPYUID {validity2} 1:2 1:2] Moved.
        S: * 1 EXPUNGE
        S: * 1 EXPUNGE
        S: a4 OK Done.
        C: a5 UID MOVE 3 Old
        S: * OK [COPYUID {validity2} 3 3] Moved.
        S: * 1 EXPUNGE
        S: a5 OK Done.
        C: a6 SELECT Old
        ...
        S: a6 OK [READ-WRITE] Done.
        C: a7 FETCH 1:* (UID FLAGS INTERNALDATE)
        S: * 1 FETCH (UID 1 FLAGS () INTERNALDATE " 1-Feb-2026 10:00:00 +0100")
        S: * 2 FETCH (UID 2 FLAGS (\Seen Blue) INTERNALDATE " 1-Feb-2026 10:01:00 +0100")
        S: * 3 FETCH (UID 3 FLAGS () INTERNALDATE " 1-Feb-2026 10:02:00 +0100")
        S: a7 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task A_move_into_the_same_mailbox_gives_new_UIDs() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 MOVE 1 inbox
        S: * OK [COPYUID {validity} 1 3] Moved.
        S: * 1 EXPUNGE
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a2 OK Done.
        C: a3 FETCH 1:* UID
        S: * 1 FETCH (UID 2)
        S: * 2 FETCH (UID 3)
        S: a3 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Vanished_UIDs_are_no_error() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 CREATE Old
        S: a2 OK Done.
        C: a3 UID MOVE 9 Old
        S: a3 OK Done.
        C: a4 UID MOVE 1,9 Old
        S: * OK [COPYUID {validity2} 1 1] Moved.
        S: * 1 EXPUNGE
        S: a4 OK Done.
        C: a5 MOVE 9 Old
        S: a5 BAD There are not so many messages.
        C: a6 UID MOVE $ Old
        S: a6 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task What_another_session_moved_away_is_not_moved_again() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 CREATE Old
        S: a2 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 MOVE 1 Old
        S2: * OK [COPYUID {validity2} 1 1] Moved.
        S2: * 1 EXPUNGE
        S2: b2 OK Done.
        C: a3 MOVE 1 Old
        S: * 1 EXPUNGE
        S: a3 OK Done.
        C: a4 STATUS Old (MESSAGES)
        S: * STATUS Old (MESSAGES 1)
        S: a4 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Other_sessions_see_it_go_and_come() => ImapServer.PlayAsync("""
        C: a1 CREATE Old
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C2: b1 SELECT Old
        ...
        S2: b1 OK [READ-WRITE] Done.
        C3: c1 SELECT inbox
        ...
        S3: c1 OK [READ-WRITE] Done.
        C3: c2 MOVE 1 Old
        S3: * OK [COPYUID {validity2} 1 1] Moved.
        S3: * 1 EXPUNGE
        S3: c2 OK Done.
        C: a3 NOOP
        S: * 1 EXPUNGE
        S: a3 OK Done.
        C2: b2 NOOP
        S2: * 1 EXISTS
        S2: * 0 RECENT
        S2: b2 OK Done.
        """, Mail.One);

    [Fact]
    public Task Move_to_a_missing_mailbox_says_TRYCREATE() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 MOVE 1 nosuch
        S: a2 NO [TRYCREATE] No such mailbox.
        C: a3 UID MOVE 1 nosuch
        S: a3 NO [TRYCREATE] No such mailbox.
        C2 -> bob
        C2: b1 CREATE Secret
        S2: b1 OK Done.
        C: a4 MOVE 1 Secret
        S: a4 NO [TRYCREATE] No such mailbox.
        """, Mail.One);

    [Fact]
    public Task MOVE_takes_a_set_and_a_name() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 MOVE
        S: a2 BAD Expected a space.
        C: a3 MOVE 1
        S: a3 BAD Expected a space.
        C: a4 MOVE x inbox
        S: a4 BAD Expected a number.
        C: a5 MOVE 1 inbox more
        S: a5 BAD Unexpected text after the arguments.
        C: a6 UID MOVE
        S: a6 BAD Expected a space.
        C: a7 UID MOVE 1 {6}
        S: + Ready for the literal.
        C: nosuch
        S: a7 NO [TRYCREATE] No such mailbox.
        C: a8 MOVE 1 {6+}
        C: nosuch
        S: a8 NO [TRYCREATE] No such mailbox.
        C: a9 MOVE 1 (inbox)
        S: a9 BAD Expected a string or an atom.
        """, Mail.One);

    [Fact]
    public Task MOVE_needs_a_mailbox() => ImapServer.PlayAsync("""
        C: a1 MOVE 1 inbox
        S: a1 BAD Select a mailbox first.
        C: a2 UID MOVE 1 inbox
        S: a2 BAD Select a mailbox first.
        C2 -> bare
        S2: * OK *
        C2: b1 MOVE 1 inbox
        S2: b1 BAD Log in first.
        """);
}
