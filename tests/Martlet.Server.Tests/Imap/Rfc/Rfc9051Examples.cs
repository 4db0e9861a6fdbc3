using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 9051 up to §6.3: the connection, logging in, mailboxes. LIST has a class of its own.</summary>
[Capability("IMAP4rev2")]
public sealed class Rfc9051Examples
{
    [Fact]
    public Task Section_6_1_1_CAPABILITY() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK [CAPABILITY *
        C: abcd CAPABILITY
        S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS LOGINDISABLED
        S: abcd OK Done.
        C: efgh STARTTLS
        S: efgh OK *
        C -> tls
        C: ijkl CAPABILITY
        S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-1-PLUS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN
        S: ijkl OK Done.
        """);

    // What went is told first, then flags, then what came.
    [Fact]
    public Task Section_6_1_2_NOOP() => ImapServer.PlayAsync("""
        C: a001 SELECT INBOX
        ...
        S: a001 OK [READ-WRITE] Done.
        C: a002 NOOP
        S: a002 OK Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 2 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 2 EXPUNGE
        S2: b3 OK Done.
        C2: b4 STORE 1 +FLAGS.SILENT (\Seen \Deleted)
        S2: b4 OK Done.
        C2: b5 COPY 1 INBOX
        S2: * 3 EXISTS
        S2: * 0 RECENT
        S2: b5 OK [COPYUID * 1 4] Done.
        C: a047 NOOP
        S: * 2 EXPUNGE
        S: * 1 FETCH (UID 1 FLAGS (\Deleted \Seen))
        S: * 3 EXISTS
        S: * 0 RECENT
        S: a047 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task Section_6_1_3_LOGOUT() => ImapServer.PlayAsync("""
        C: A023 LOGOUT
        S: * BYE Logging out.
        S: A023 OK Goodbye.
        S: <closed>
        """);

    // The RFC's server offers PLAIN alone.
    [Fact]
    public Task Section_6_2_1_STARTTLS() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK [CAPABILITY *
        C: a001 CAPABILITY
        S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS LOGINDISABLED
        S: a001 OK Done.
        C: a002 STARTTLS
        S: a002 OK *
        C -> tls
        C: a003 CAPABILITY
        S: * CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-1-PLUS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN
        S: a003 OK Done.
        C: a004 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=
        S: a004 OK [CAPABILITY *
        """);

    // GSSAPI and EXTERNAL are not offered; an initial response of "=" is an empty one, which PLAIN does not take.
    [Fact]
    public Task Section_6_2_2_AUTHENTICATE() => ImapServer.PlayAsync("""
        C -> imaps
        S: * OK [CAPABILITY *
        C: A001 AUTHENTICATE GSSAPI
        S: A001 NO That mechanism is not offered on this connection.
        C: A002 AUTHENTICATE PLAIN dGVzdAB0ZXN0AHRlc3Q=
        S: A002 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: A003 AUTHENTICATE EXTERNAL =
        S: A003 NO That mechanism is not offered on this connection.
        C: A004 AUTHENTICATE PLAIN =
        S: A004 BAD Not a response of that mechanism.
        C: A005 AUTHENTICATE PLAIN
        S: + 
        C: AGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=
        S: A005 OK [CAPABILITY *
        """);

    [Fact]
    public Task Section_6_2_3_LOGIN() => ImapServer.PlayAsync("""
        C -> imaps
        S: * OK [CAPABILITY *
        C: a001 LOGIN alice@example.org "correct horse"
        S: a001 OK [CAPABILITY *
        """);

    // X-GOOD-IDEA is not ours, so only CONDSTORE is told; the list of capabilities stays as it was.
    [Fact]
    public Task Section_6_3_1_ENABLE() => ImapServer.PlayAsync("""
        C: t1 CAPABILITY
        S: * CAPABILITY *
        S: t1 OK Done.
        C: t2 ENABLE CONDSTORE X-GOOD-IDEA
        S: * ENABLED CONDSTORE
        S: t2 OK Done.
        C: t3 CAPABILITY
        S: * CAPABILITY *
        S: t3 OK Done.
        C: a1 ENABLE X-GOOD-IDEA
        S: * ENABLED
        S: a1 OK Done.
        """);

    // The grammar leaves the order open; HIGHESTMODSEQ comes with it (RFC 7162 §3.1.2.1).
    [Fact]
    public Task Section_6_3_2_SELECT() => ImapServer.PlayAsync("""
        C: t1 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: t1 OK Done.
        C: A142 SELECT INBOX
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ 4] Changes are numbered.
        S: * LIST () "/" INBOX
        S: A142 OK [READ-WRITE] Done.
        C: A143 SELECT Drafts
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 0 EXISTS
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ 2] Changes are numbered.
        S: * LIST () "/" Drafts
        S: A143 OK [READ-WRITE] Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Section_6_3_3_EXAMINE() => ImapServer.PlayAsync("""
        C: t1 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: t1 OK Done.
        C: t2 CREATE blurdybloop
        S: t2 OK Done.
        C: A932 EXAMINE blurdybloop
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS ()] No flags can be changed.
        S: * 0 EXISTS
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ 3] Changes are numbered.
        S: * LIST () "/" blurdybloop
        S: A932 OK [READ-ONLY] Done.
        """);

    // The last name is in normal form already, so no LIST tells another one.
    [Fact]
    public Task Section_6_3_4_CREATE() => ImapServer.PlayAsync("""
        C: A003 CREATE owatagusiam/
        S: A003 OK Done.
        C: A004 CREATE owatagusiam/blurdybloop
        S: A004 OK Done.
        C: A005 CREATE NonNormalized
        S: A005 OK Done.
        C: A006 LIST "" (o* N*)
        S: * LIST (\HasNoChildren) "/" NonNormalized
        S: * LIST (\HasChildren) "/" owatagusiam
        S: * LIST (\HasNoChildren) "/" owatagusiam/blurdybloop
        S: A006 OK Done.
        """);

    // There are no \Noselect mailboxes: a mailbox with mailboxes below it is not deleted.
    [Fact]
    public Task Section_6_3_5_DELETE() => ImapServer.PlayAsync("""
        C: A680 CREATE blurdybloop
        S: A680 OK Done.
        C: A681 CREATE foo/bar
        S: A681 OK Done.
        C: A682 LIST "" (b* f*)
        S: * LIST (\HasNoChildren) "/" blurdybloop
        S: * LIST (\HasChildren) "/" foo
        S: * LIST (\HasNoChildren) "/" foo/bar
        S: A682 OK Done.
        C: A683 DELETE blurdybloop
        S: A683 OK Done.
        C: A684 DELETE foo
        S: A684 NO [HASCHILDREN] *
        C: A685 DELETE foo/bar
        S: A685 OK Done.
        C: A686 LIST "" (b* f*)
        S: * LIST (\HasNoChildren) "/" foo
        S: A686 OK Done.
        C: A687 DELETE foo
        S: A687 OK Done.
        C: A688 LIST "" (b* f*)
        S: A688 OK Done.
        """);

    [Fact]
    public Task Section_6_3_6_RENAME() => ImapServer.PlayAsync("""
        C: A680 CREATE blurdybloop
        S: A680 OK Done.
        C: A681 CREATE foo/bar
        S: A681 OK Done.
        C: A683 RENAME blurdybloop sarasoop
        S: A683 OK Done.
        C: A684 RENAME foo zowie
        S: A684 OK Done.
        C: A685 LIST "" (b* f* s%oop z*)
        S: * LIST (\HasNoChildren) "/" sarasoop
        S: * LIST (\HasChildren) "/" zowie
        S: * LIST (\HasNoChildren) "/" zowie/bar
        S: A685 OK Done.
        C: Z431 CREATE INBOX/bar
        S: Z431 OK Done.
        C: Z432 LIST "" INBOX*
        S: * LIST (\HasChildren) "/" INBOX
        S: * LIST (\HasNoChildren) "/" INBOX/bar
        S: Z432 OK Done.
        C: Z433 RENAME INBOX old-mail
        S: Z433 OK Done.
        C: Z434 LIST "" (INBOX* old*)
        S: * LIST (\HasChildren) "/" INBOX
        S: * LIST (\HasNoChildren) "/" INBOX/bar
        S: * LIST (\HasNoChildren) "/" old-mail
        S: Z434 OK Done.
        C: Z435 STATUS INBOX (MESSAGES)
        S: * STATUS INBOX (MESSAGES 0)
        S: Z435 OK Done.
        C: 1000 CREATE X
        S: 1000 OK Done.
        C: 1001 RENAME X Y
        S: 1001 OK Done.
        C: 1002 SUBSCRIBE Y
        S: 1002 OK Done.
        C: 1003 UNSUBSCRIBE X
        S: 1003 OK Done.
        C: 1004 LIST (SUBSCRIBED) "" (X Y)
        S: * LIST (\HasNoChildren \Subscribed) "/" Y
        S: 1004 OK Done.
        """, Mail.One);

    // "#" is kept for namespaces, and there is no #news here.
    [Fact]
    public Task Section_6_3_7_and_6_3_8_SUBSCRIBE_and_UNSUBSCRIBE() => ImapServer.PlayAsync("""
        C: A001 SUBSCRIBE #news.comp.mail.mime
        S: A001 NO [CANNOT] That name is not possible.
        C: A002 SUBSCRIBE news.comp.mail.mime
        S: A002 OK Done.
        C: A003 LIST (SUBSCRIBED) "" news*
        S: * LIST (\NonExistent \Subscribed) "/" news.comp.mail.mime
        S: A003 OK Done.
        C: A004 UNSUBSCRIBE news.comp.mail.mime
        S: A004 OK Done.
        C: A005 LIST (SUBSCRIBED) "" news*
        S: A005 OK Done.
        """);

    // The first form of the RFC's examples; there are no other namespaces.
    [Fact]
    public Task Section_6_3_10_NAMESPACE() => ImapServer.PlayAsync("""
        C: A001 NAMESPACE
        S: * NAMESPACE (("" "/")) NIL NIL
        S: A001 OK Done.
        C: A002 LIST (SPECIAL-USE) "" "*"
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: A002 OK Done.
        C: A003 LIST (SPECIAL-USE) "#mh/" "*"
        S: A003 OK Done.
        C: A004 CREATE "Sent Mail"
        S: A004 OK Done.
        C: A005 CREATE "Delete Items"
        S: A005 OK Done.
        C: A006 LIST "" "Other Users/%"
        S: A006 OK Done.
        """);

    // Items come in the order in which we write them, which the grammar leaves open.
    [Fact]
    public Task Section_6_3_11_STATUS() => ImapServer.PlayAsync("""
        C: A041 CREATE blurdybloop
        S: A041 OK Done.
        C: A042 STATUS blurdybloop (UIDNEXT MESSAGES)
        S: * STATUS blurdybloop (MESSAGES 0 UIDNEXT 1)
        S: A042 OK Done.
        """);

    // The last part (A006, A007) shows a server with UIDNOTSTICKY, which this one is not.
    [Fact]
    public Task Section_6_3_12_APPEND() => ImapServer.PlayAsync("""
        C: A000 CREATE saved-messages
        S: A000 OK Done.
        C: A001 CREATE meeting
        S: A001 OK Done.
        C: A002 SELECT INBOX
        ...
        S: A002 OK [READ-WRITE] Done.
        C: A003 APPEND saved-messages (\Seen) {326}
        S: + Ready for the literal.
        C: Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)
        C: From: Fred Foobar <foobar@Blurdybloop.example>
        C: Subject: afternoon meeting
        C: To: mooch@owatagu.siam.edu.example
        C: Message-Id: <B27397-0100000@Blurdybloop.example>
        C: MIME-Version: 1.0
        C: Content-Type: TEXT/PLAIN; CHARSET=US-ASCII
        C:
        C: Hello Joe, do you think we can meet at 3:30 tomorrow?
        C:
        S: A003 OK [APPENDUID {validity} 1] Done.
        C: A003 APPEND saved-messages (\Seen) {297+}
        C: Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)
        C: From: Fred Foobar <foobar@example.com>
        C: Subject: afternoon meeting
        C: To: mooch@example.com
        C: Message-Id: <B27397-0100000@example.com>
        C: MIME-Version: 1.0
        C: Content-Type: TEXT/PLAIN; CHARSET=US-ASCII
        C:
        C: Hello Joe, do you think we can meet at 3:30 tomorrow?
        C:
        S: A003 OK [APPENDUID {validity} 2] Done.
        C: A004 COPY 2:4 meeting
        S: A004 OK [COPYUID * 2:4 1:3] Done.
        C: A005 UID COPY 305:310 meeting
        S: A005 OK Nothing to copy.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);

    // What is pending is told once IDLE has begun, not before.
    [Fact]
    public Task Section_6_3_13_IDLE() => ImapServer.PlayAsync("""
        C: A001 SELECT INBOX
        ...
        S: A001 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C: A002 IDLE
        S: + Waiting for DONE.
        C2: b2 COPY 1 INBOX
        S2: * 4 EXISTS
        S2: * 0 RECENT
        S2: b2 OK [COPYUID * 1 4] Done.
        S: * 4 EXISTS
        S: * 0 RECENT
        C: DONE
        S: A002 OK Done.
        C2: b3 STORE 2 +FLAGS.SILENT (\Deleted)
        S2: b3 OK Done.
        C2: b4 EXPUNGE
        S2: * 2 EXPUNGE
        S2: b4 OK Done.
        C: A003 FETCH 4 (UID)
        S: * 4 FETCH (UID 4)
        S: A003 OK Done.
        C: A004 IDLE
        S: + Waiting for DONE.
        S: * 2 EXPUNGE
        C2: b5 STORE 3 +FLAGS.SILENT (\Deleted)
        S2: b5 OK Done.
        S: * 3 FETCH (UID 4 FLAGS (\Deleted))
        C2: b6 EXPUNGE
        S2: * 3 EXPUNGE
        S2: b6 OK Done.
        S: * 3 EXPUNGE
        C2: b7 COPY 1 INBOX
        S2: * 3 EXISTS
        S2: * 0 RECENT
        S2: b7 OK [COPYUID * 1 5] Done.
        S: * 3 EXISTS
        S: * 0 RECENT
        C: DONE
        S: A004 OK Done.
        C: A005 FETCH 3 (UID)
        S: * 3 FETCH (UID 5)
        S: A005 OK Done.
        C: A006 IDLE
        S: + Waiting for DONE.
        C: DONE
        S: A006 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);
}
