using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 4315. UIDs are never session-only here, so there is no UIDNOTSTICKY (A006 and A007).</summary>
[Capability("UIDPLUS")]
public sealed class Rfc4315Examples
{
    [Fact]
    public Task Section_2_1_UID_EXPUNGE() => ImapServer.PlayAsync("""
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
        """, Mail.One, Mail.Two, Mail.Three, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task Section_3_APPENDUID_and_COPYUID() => ImapServer.PlayAsync("""
        C: A000 CREATE saved-messages
        S: A000 OK Done.
        C: A001 CREATE meeting
        S: A001 OK Done.
        C: A003 APPEND saved-messages (\Seen) {297}
        S: + Ready for the literal.
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
        S: A003 OK [APPENDUID {validity} 1] Done.
        C: t1 SELECT INBOX
        ...
        S: t1 OK [READ-WRITE] Done.
        C: t2 STORE 2 +FLAGS.SILENT (\Deleted)
        S: t2 OK Done.
        C: t3 EXPUNGE
        S: * 2 EXPUNGE
        S: t3 OK Done.
        C: A004 COPY 1:3 meeting
        S: A004 OK [COPYUID {validity2} 1,3:4 1:3] Done.
        C: A005 UID COPY 305:310 meeting
        S: A005 OK Nothing to copy.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);
}
