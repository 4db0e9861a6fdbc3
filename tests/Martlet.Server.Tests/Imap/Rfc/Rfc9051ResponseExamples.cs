using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 9051 §7 and §8: response codes, responses, a whole connection. Codes for what this server has not are left out.</summary>
public sealed class Rfc9051ResponseExamples
{
    [Fact]
    public Task Section_7_1_ALREADYEXISTS_NONEXISTENT_HASCHILDREN_CANNOT() => ImapServer.PlayAsync("""
        C: a1 CREATE this
        S: a1 OK Done.
        C: a2 CREATE that
        S: a2 OK Done.
        C: o356 RENAME this that
        S: o356 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: l create "///////"
        S: l NO [CANNOT] That name is not possible.
        C: a3 CREATE Notes/below
        S: a3 OK Done.
        C: m356 DELETE Notes
        S: m356 NO [HASCHILDREN] The mailbox has mailboxes below it; delete those first.
        C: a4 DELETE this
        S: a4 OK Done.
        C: p RENAME this that
        S: p NO [NONEXISTENT] No such mailbox.
        """);

    [Fact]
    public Task Section_7_1_AUTHENTICATIONFAILED_AUTHORIZATIONFAILED_and_PRIVACYREQUIRED() => ImapServer.PlayAsync("""
        C -> imaps
        S: * OK *
        C: b LOGIN "fred" "foo"
        S: b NO [AUTHENTICATIONFAILED] *
        C: c1 AUTHENTICATE PLAIN Ym9iQGV4YW1wbGUub3JnAGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=
        S: c1 NO [AUTHORIZATIONFAILED] *
        C2 -> strict
        S2: * OK *
        C2: d login "fred" "foo"
        S2: d NO [PRIVACYREQUIRED] *
        C2: d select inbox
        S2: d BAD Log in first.
        """);

    // SEARCH still finds what was expunged and has not been told: it can be read until then (RFC 2180 §4.1), but not changed.
    [Fact]
    public Task Section_7_1_EXPUNGEISSUED() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 2 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 2 EXPUNGE
        S2: b3 OK Done.
        C: h search from ann@example.org
        S: * SEARCH 1 3
        S: h OK Done.
        C: h2 search from ben@example.net
        S: * SEARCH 2
        S: h2 OK Done.
        C: h3 STORE 2 +FLAGS (\Seen)
        S: h3 NO [EXPUNGEISSUED] Some of the messages are gone.
        C: h4 FETCH 2 (BODY.PEEK[TEXT])
        S: * 2 FETCH (BODY[TEXT] {9}
        S: Second.
        S: )
        S: h4 OK Done.
        """, Mail.One, Mail.Two, Mail.One);

    [Fact]
    public Task Section_7_1_NOPERM_and_READ_ONLY() => ImapServer.PlayAsync("""
        C: k1 EXAMINE INBOX
        ...
        S: k1 OK [READ-ONLY] Done.
        C: k2 status INBOX (messages)
        S: * STATUS INBOX (MESSAGES 1)
        S: k2 OK Done.
        C: f STORE 1 +FLAGS (\Seen)
        S: f NO [NOPERM] The mailbox is open read-only.
        """, Mail.One);

    // A line that is too long ends the connection; an empty one before a tag is read over, for clients that send one.
    [Fact]
    public Task Section_7_1_3_BAD() => ImapServer.PlayAsync("""
        C:
        C: A443 EXPUNGE
        S: A443 BAD Select a mailbox first.
        C: A444
        S: * BAD Expected a space.
        """);

    [Fact]
    public Task Section_7_5_2_FETCH() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 FLAGS (\Seen)
        S: * 1 FETCH (FLAGS (\Seen))
        S: a2 OK Done.
        C: a3 FETCH 1 (FLAGS RFC822.SIZE UID)
        S: * 1 FETCH (FLAGS (\Seen) RFC822.SIZE 91 UID 1)
        S: a3 OK Done.
        """, Mail.One);

    // The second command is refused before its literal is sent.
    [Fact]
    public Task Section_7_6_continuation() => ImapServer.PlayAsync("""
        C -> imaps
        S: * OK *
        C: A001 LOGIN {17}
        S: + Ready for the literal.
        C: alice@example.org {13}
        S: + Ready for the literal.
        C: correct horse
        S: A001 OK [CAPABILITY *
        C: A044 BLURDYBLOOP {102856}
        S: A044 BAD Unknown command.
        """);

    // SCRAM is not offered, so PLAIN is taken. The message is that of the RFC, but for its body. INBOX has one form, so it is told without OLDNAME.
    [Fact]
    public Task Section_8_a_sample_connection() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK [CAPABILITY *
        C: a000 starttls
        S: a000 OK *
        C -> tls
        C: A001 AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUub3JnAGNvcnJlY3QgaG9yc2U=
        S: A001 OK [CAPABILITY *
        C: babc ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: babc OK Done.
        C: b1 APPEND INBOX (\Seen) "17-Jul-1996 02:44:25 -0700" {352+}
        C: Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)
        C: From: Terry Gray <gray@cac.washington.edu>
        C: Subject: IMAP4rev2 WG mtg summary and minutes
        C: To: imap@cac.washington.edu
        C: cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>
        C: Message-Id: <B27397-0100000@cac.washington.edu>
        C: MIME-Version: 1.0
        C: Content-Type: TEXT/PLAIN; CHARSET=US-ASCII
        C:
        C: Minutes.
        C:
        S: b1 OK [APPENDUID * 1] Done.
        C: a002 select inbox
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 1 EXISTS
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 2] The next UID.
        S: * OK [HIGHESTMODSEQ 3] Changes are numbered.
        S: * LIST () "/" INBOX
        S: a002 OK [READ-WRITE] Done.
        C: a003 fetch 1 full
        S: * 1 FETCH (FLAGS (\Seen) INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 352 ENVELOPE ("Wed, 17 Jul 1996 02:23:25 -0700 (PDT)" "IMAP4rev2 WG mtg summary and minutes" (("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) (("Terry Gray" NIL "gray" "cac.washington.edu")) ((NIL NIL "imap" "cac.washington.edu")) ((NIL NIL "minutes" "CNRI.Reston.VA.US")("John Klensin" NIL "KLENSIN" "MIT.EDU")) NIL NIL "<B27397-0100000@cac.washington.edu>") BODY ("TEXT" "PLAIN" ("CHARSET" "US-ASCII") NIL NIL "7BIT" 10 1))
        S: a003 OK Done.
        C: a004 fetch 1 body[header]
        S: * 1 FETCH (BODY[HEADER] {342}
        S: Date: Wed, 17 Jul 1996 02:23:25 -0700 (PDT)
        S: From: Terry Gray <gray@cac.washington.edu>
        S: Subject: IMAP4rev2 WG mtg summary and minutes
        S: To: imap@cac.washington.edu
        S: cc: minutes@CNRI.Reston.VA.US, John Klensin <KLENSIN@MIT.EDU>
        S: Message-Id: <B27397-0100000@cac.washington.edu>
        S: MIME-Version: 1.0
        S: Content-Type: TEXT/PLAIN; CHARSET=US-ASCII
        S: 
        S: )
        S: a004 OK Done.
        C: a005 store 1 +flags \deleted
        S: * 1 FETCH (FLAGS (\Deleted \Seen))
        S: a005 OK Done.
        C: a006 logout
        S: * BYE Logging out.
        S: a006 OK Goodbye.
        S: <closed>
        """);
}
