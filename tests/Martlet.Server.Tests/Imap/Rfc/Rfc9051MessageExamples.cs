using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 9051 §6.4: what is done with the messages of a mailbox.</summary>
public sealed class Rfc9051MessageExamples
{
    [Fact]
    public Task Section_6_4_1_and_6_4_2_CLOSE_and_UNSELECT() => ImapServer.PlayAsync("""
        C: A340 SELECT INBOX
        ...
        S: A340 OK [READ-WRITE] Done.
        C: A342 UNSELECT
        S: A342 OK Done.
        C: A343 SELECT INBOX
        ...
        S: A343 OK [READ-WRITE] Done.
        C: A341 CLOSE
        S: A341 OK Done.
        """, Mail.One);

    [Fact]
    public Task Section_6_4_3_EXPUNGE() => ImapServer.PlayAsync("""
        C: A200 SELECT INBOX
        ...
        S: A200 OK [READ-WRITE] Done.
        C: A201 STORE 3,4,7,11 +FLAGS.SILENT (\Deleted)
        S: A201 OK Done.
        C: A202 EXPUNGE
        S: * 3 EXPUNGE
        S: * 3 EXPUNGE
        S: * 5 EXPUNGE
        S: * 8 EXPUNGE
        S: A202 OK Done.
        """, [.. Enumerable.Repeat(Mail.One, 12)]);

    [Fact]
    public Task Section_6_4_4_SEARCH() => ImapServer.PlayAsync("""
        C: t1 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: t1 OK Done.
        C: A281 SELECT INBOX
        ...
        S: A281 OK [READ-WRITE] Done.
        C: t2 STORE 2,4:5 +FLAGS.SILENT (\Flagged)
        S: t2 OK Done.
        C: A282 SEARCH RETURN (MIN COUNT) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"
        S: * ESEARCH (TAG "A282") MIN 2 COUNT 3
        S: A282 OK Done.
        C: A283 SEARCH RETURN () FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"
        S: * ESEARCH (TAG "A283") ALL 2,4:5
        S: A283 OK Done.
        C: A284 SEARCH TEXT "string not in mailbox"
        S: * ESEARCH (TAG "A284")
        S: A284 OK Done.
        C: A285 SEARCH CHARSET UTF-8 TEXT {12}
        S: + Ready for the literal.
        C: отпуск
        S: * ESEARCH (TAG "A285")
        S: A285 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One, Mail.Two);

    [Fact]
    public Task Section_6_4_4_1_result_options() => ImapServer.PlayAsync("""
        C: A281 SELECT INBOX
        ...
        S: A281 OK [READ-WRITE] Done.
        C: t1 STORE 1:3 +FLAGS.SILENT (\Seen \Deleted)
        S: t1 OK Done.
        C: A284 SEARCH RETURN (MIN) UNSEEN
        S: * ESEARCH (TAG "A284") MIN 4
        S: A284 OK Done.
        C: A285 UID SEARCH RETURN (MIN MAX) 1:5000
        S: * ESEARCH (TAG "A285") UID MIN 1 MAX 5
        S: A285 OK Done.
        C: A286 SEARCH RETURN (COUNT) DELETED
        S: * ESEARCH (TAG "A286") COUNT 3
        S: A286 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One, Mail.Two);

    // Examples 1 to 5 of the RFC; KOI8-R empties the result only with SAVE.
    [Fact]
    public Task Section_6_4_4_4_examples_1_to_5() => ImapServer.PlayAsync("""
        C: t1 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: t1 OK Done.
        C: A281 SELECT INBOX
        ...
        S: A281 OK [READ-WRITE] Done.
        C: t2 STORE 2,4 +FLAGS.SILENT (\Flagged)
        S: t2 OK Done.
        C: A282 SEARCH RETURN (SAVE) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"
        S: A282 OK Done.
        C: A283 FETCH $ (UID INTERNALDATE FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])
        S: * 2 FETCH (UID 2 INTERNALDATE " 1-Feb-2026 10:01:00 +0100" FLAGS (\Flagged) BODY[HEADER.FIELDS (SUBJECT)] {16}
        S: Subject: Two
        S:
        S: )
        S: * 4 FETCH (UID 4 INTERNALDATE " 1-Feb-2026 10:03:00 +0100" FLAGS (\Flagged) BODY[HEADER.FIELDS (SUBJECT)] {16}
        S: Subject: One
        S:
        S: )
        S: A283 OK Done.
        # Pipelined.
        C: <<A284 SEARCH RETURN (SAVE) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"\r\nA285 FETCH $ (UID)\r\n>>
        S: A284 OK Done.
        S: * 2 FETCH (UID 2)
        S: * 4 FETCH (UID 4)
        S: A285 OK Done.
        C: A300 SEARCH RETURN (SAVE) SINCE 1-Jan-2004 NOT FROM "Smith"
        S: A300 OK Done.
        C: A301 UID SEARCH UID $ SMALLER 100
        S: * ESEARCH (TAG "A301") UID ALL 1,4
        S: A301 OK Done.
        C: A302 UID SEARCH $ SMALLER 100
        S: * ESEARCH (TAG "A302") UID ALL 1,4
        S: A302 OK Done.
        C: P282 SEARCH RETURN (SAVE) FLAGGED
        S: P282 OK Done.
        C: P283 SEARCH CHARSET UTF-8 (OR $ 1,3000:3021) TEXT {8+}
        C: мать
        S: * ESEARCH (TAG "P283")
        S: P283 OK Done.
        C: P284 SEARCH CHARSET UTF-8 (OR $ 1,3000:3021) TEXT {5+}
        C: first
        S: * ESEARCH (TAG "P284") ALL 1,4
        S: P284 OK Done.
        C: B283 SEARCH RETURN (SAVE) CHARSET KOI8-R (OR $ 1,3000:3021) TEXT {4}
        S: + Ready for the literal.
        C: XXXX
        S: B283 NO [BADCHARSET (US-ASCII UTF-8)] Only US-ASCII and UTF-8 are known.
        C: B284 SEARCH $
        S: * ESEARCH (TAG "B284")
        S: B284 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);

    // Examples 6 to 9: pipelined, executed one after the other, so G282 is answered before G283.
    [Fact]
    public Task Section_6_4_4_4_examples_6_to_9() => ImapServer.PlayAsync("""
        C: t1 CREATE "Other Messages"
        S: t1 OK Done.
        C: t2 SELECT INBOX
        ...
        S: t2 OK [READ-WRITE] Done.
        C: t3 STORE 3 +FLAGS.SILENT ($Junk)
        S: * FLAGS *
        S: t3 OK Done.
        C: <<E282 SEARCH RETURN (SAVE) SINCE 28-Oct-2036 NOT FROM "Eric"\r\nE283 COPY $ "Other Messages"\r\n>>
        S: E282 OK Done.
        S: E283 OK *
        C: <<F282 SEARCH RETURN (SAVE) KEYWORD $Junk\r\nF283 COPY $ "Junk"\r\nF284 STORE $ +FLAGS.Silent (\\Deleted)\r\n>>
        S: F282 OK Done.
        S: F283 OK [COPYUID * 3 1] Done.
        S: F284 OK Done.
        C: <<G282 SEARCH RETURN (SAVE) KEYWORD $Junk\r\nG283 SEARCH RETURN (ALL) SINCE 28-Oct-2006 FROM "Ben"\r\n>>
        S: G282 OK Done.
        S: * ESEARCH (TAG "G283") ALL 2:3
        S: G283 OK Done.
        C: <<H282 SEARCH RETURN (SAVE) KEYWORD $Junk\r\nH283 SEARCH RETURN (SAVE) SINCE 28-Oct-2006 FROM "Ben"\r\n>>
        S: H282 OK Done.
        S: H283 OK Done.
        C: H284 SEARCH RETURN (COUNT) $
        S: * ESEARCH (TAG "H284") COUNT 2
        S: H284 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    // Example 10: what MIN, MAX, COUNT and ALL leave in the result. The RFC gives the tag C286 twice.
    [Fact]
    public Task Section_6_4_4_4_example_10() => ImapServer.PlayAsync("""
        C: t1 SELECT INBOX
        ...
        S: t1 OK [READ-WRITE] Done.
        C: C282 SEARCH RETURN (ALL) SINCE 12-Feb-2006 NOT FROM "Ann"
        S: * ESEARCH (TAG "C282") ALL 2:3,5:6
        S: C282 OK Done.
        C: t2 SEARCH $
        S: * SEARCH
        S: t2 OK Done.
        C: C283 SEARCH RETURN (ALL SAVE) SINCE 12-Feb-2006 NOT FROM "Ann"
        S: * ESEARCH (TAG "C283") ALL 2:3,5:6
        S: C283 OK Done.
        C: t3 SEARCH $
        S: * SEARCH 2 3 5 6
        S: t3 OK Done.
        C: C284 SEARCH RETURN (SAVE MIN) SINCE 12-Feb-2006 NOT FROM "Ann"
        S: * ESEARCH (TAG "C284") MIN 2
        S: C284 OK Done.
        C: t4 SEARCH $
        S: * SEARCH 2
        S: t4 OK Done.
        C: C285 SEARCH RETURN (MAX SAVE MIN) SINCE 12-Feb-2006 NOT FROM "Ann"
        S: * ESEARCH (TAG "C285") MIN 2 MAX 6
        S: C285 OK Done.
        C: t5 SEARCH $
        S: * SEARCH 2 6
        S: t5 OK Done.
        C: C286 SEARCH RETURN (MAX SAVE MIN COUNT) SINCE 12-Feb-2006 NOT FROM "Ann"
        S: * ESEARCH (TAG "C286") MIN 2 MAX 6 COUNT 4
        S: C286 OK Done.
        C: t6 SEARCH $
        S: * SEARCH 2 3 5 6
        S: t6 OK Done.
        C: C286 SEARCH RETURN (ALL SAVE MIN) SINCE 12-Feb-2006 NOT FROM "Ann"
        S: * ESEARCH (TAG "C286") MIN 2 ALL 2:3,5:6
        S: C286 OK Done.
        C: t7 SEARCH $
        S: * SEARCH 2 3 5 6
        S: t7 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One, Mail.Two, Mail.Three);

    // BODY without PEEK sets \Seen and says so.
    [Fact]
    public Task Section_6_4_5_FETCH() => ImapServer.PlayAsync("""
        C: A653 SELECT INBOX
        ...
        S: A653 OK [READ-WRITE] Done.
        C: A654 FETCH 2:4 (FLAGS BODY[HEADER.FIELDS (DATE FROM)])
        S: * 2 FETCH (FLAGS (\Seen) BODY[HEADER.FIELDS (DATE FROM)] {69}
        S: From: Ben <ben@example.net>
        S: Date: Mon, 2 Feb 2026 23:30:00 -0500
        S: 
        S: )
        S: * 3 FETCH (FLAGS (\Seen) BODY[HEADER.FIELDS (DATE FROM)] {31}
        S: From: Ben <ben@example.net>
        S: 
        S: )
        S: * 4 FETCH (FLAGS (\Seen) BODY[HEADER.FIELDS (DATE FROM)] {69}
        S: From: Ann <ann@example.org>
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: )
        S: A654 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);

    [Fact]
    public Task Section_6_4_6_STORE() => ImapServer.PlayAsync("""
        C: A001 SELECT INBOX
        ...
        S: A001 OK [READ-WRITE] Done.
        C: A002 STORE 2,4 +FLAGS.SILENT (\Seen)
        S: A002 OK Done.
        C: A003 STORE 2:4 +FLAGS (\Deleted)
        S: * 2 FETCH (FLAGS (\Deleted \Seen))
        S: * 3 FETCH (FLAGS (\Deleted))
        S: * 4 FETCH (FLAGS (\Deleted \Seen))
        S: A003 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);

    [Fact]
    public Task Section_6_4_7_COPY() => ImapServer.PlayAsync("""
        C: A001 CREATE MEETING
        S: A001 OK Done.
        C: A002 SELECT INBOX
        ...
        S: A002 OK [READ-WRITE] Done.
        C: A003 COPY 2:4 MEETING
        S: A003 OK [COPYUID * 2:4 1:3] Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);

    [Fact]
    public Task Section_6_4_8_MOVE() => ImapServer.PlayAsync("""
        C: a1 CREATE foo
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a UID MOVE 2:69 foo
        S: * OK [COPYUID * 2:4 1:3] Moved.
        S: * 2 EXPUNGE
        S: * 2 EXPUNGE
        S: * 2 EXPUNGE
        S: a OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);

    // The RFC's UID FETCH of UIDs that do not all exist is no error.
    [Fact]
    public Task Section_6_4_9_UID() => ImapServer.PlayAsync("""
        C: A001 SELECT INBOX
        ...
        S: A001 OK [READ-WRITE] Done.
        C: A002 STORE 3:6 +FLAGS.SILENT (\Deleted)
        S: A002 OK Done.
        C: A003 UID EXPUNGE 3:5
        S: * 3 EXPUNGE
        S: * 3 EXPUNGE
        S: * 3 EXPUNGE
        S: A003 OK Done.
        C: A999 UID FETCH 2:4828442 FLAGS
        S: * 2 FETCH (UID 2 FLAGS ())
        S: * 3 FETCH (UID 6 FLAGS (\Deleted))
        S: A999 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task Section_6_5_experimental_commands() => ImapServer.PlayAsync("""
        C: a441 CAPABILITY
        S: * CAPABILITY *
        S: a441 OK Done.
        C: A442 XPIG-LATIN
        S: A442 BAD Unknown command.
        """);
}
