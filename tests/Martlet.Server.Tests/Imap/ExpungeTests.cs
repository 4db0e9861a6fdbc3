using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>EXPUNGE and UID EXPUNGE: RFC 9051 §6.4.3, §6.4.9.</summary>
public sealed class ExpungeTests
{
    [Fact]
    public Task Each_number_is_as_it_is_after_those_before() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1,3,4 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 EXPUNGE
        S: * 1 EXPUNGE
        S: * 2 EXPUNGE
        S: * 2 EXPUNGE
        S: a3 OK Done.
        C: a4 FETCH 1:* UID
        S: * 1 FETCH (UID 2)
        S: * 2 FETCH (UID 5)
        S: a4 OK Done.
        C: a5 EXPUNGE
        S: a5 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.Two, Mail.One);

    [Fact]
    public Task UID_EXPUNGE_takes_only_those_named() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1:2 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 UID EXPUNGE 2:3
        S: * 2 EXPUNGE
        S: a3 OK Done.
        C: a4 UID EXPUNGE 9
        S: a4 OK Done.
        C: a5 UID EXPUNGE 1:*
        S: * 1 EXPUNGE
        S: a5 OK Done.
        C: a6 UID EXPUNGE *
        S: a6 OK Done.
        C: a7 FETCH 1:* UID
        S: * 1 FETCH (UID 3)
        S: a7 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task What_the_client_has_not_been_told_of_stays() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 APPEND inbox (\Deleted) {12+}
        C2: Subject: x
        C2: 
        S2: b1 OK [APPENDUID {validity} 2] Done.
        C: a2 EXPUNGE
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a2 OK Done.
        C: a3 EXPUNGE
        S: * 2 EXPUNGE
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task Two_sessions_expunge_the_same() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C: a2 STORE 1:2 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C2: b2 EXPUNGE
        S2: * 1 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b2 OK Done.
        C: a3 EXPUNGE
        S: * 1 EXPUNGE
        S: * 1 EXPUNGE
        S: a3 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task They_take_what_they_take() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 EXPUNGE 1
        S: a2 BAD Unexpected text after the arguments.
        C: a3 UID EXPUNGE
        S: a3 BAD Expected a space.
        C: a4 UID EXPUNGE x
        S: a4 BAD Expected a number.
        C: a5 UID EXPUNGE 1 more
        S: a5 BAD Unexpected text after the arguments.
        C: a6 UID EXPUNGE $
        S: a6 OK Done.
        """, Mail.One);

    [Fact]
    public Task They_need_a_mailbox() => ImapServer.PlayAsync("""
        C: a1 EXPUNGE
        S: a1 BAD Select a mailbox first.
        C: a2 UID EXPUNGE 1
        S: a2 BAD Select a mailbox first.
        C2 -> bare
        S2: * OK *
        C2: b1 EXPUNGE
        S2: b1 BAD Log in first.
        """);

    [Fact]
    public Task A_ghost_stays_readable_until_its_EXPUNGE_is_told() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: a2 FETCH 1:2 (FLAGS RFC822.SIZE)
        S: * 1 FETCH (FLAGS (\Deleted) RFC822.SIZE 91)
        S: * 2 FETCH (FLAGS () RFC822.SIZE 150)
        S: a2 OK Done.
        C: a3 FETCH 1 (ENVELOPE BODY[TEXT])
        S: * 1 FETCH (ENVELOPE ("Sun, 1 Feb 2026 09:30:00 +0000" "One" (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL) BODY[TEXT] {8}
        S: First.
        S: )
        S: a3 OK Done.
        C: a4 SEARCH ALL
        S: * SEARCH 1 2
        S: a4 OK Done.
        C: a5 FETCH 1 BODY.PEEK[TEXT]
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S: )
        S: a5 OK Done.
        C: a6 NOOP
        S: * 1 EXPUNGE
        S: a6 OK Done.
        C: a7 FETCH 1 (UID)
        S: * 1 FETCH (UID 2)
        S: a7 OK Done.
        C: a8 UID FETCH 1 (UID)
        S: a8 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task EXPUNGE_comes_with_UID_forms_and_COPY() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: a2 UID FETCH 2 FLAGS
        S: * 2 FETCH (UID 2 FLAGS ())
        S: * 1 EXPUNGE
        S: a2 OK Done.
        C2: b4 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b4 OK Done.
        C2: b5 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b5 OK Done.
        C: a3 UID SEARCH ALL
        S: * SEARCH 2 3
        S: * 1 EXPUNGE
        S: a3 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);
}
