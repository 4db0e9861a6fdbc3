using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The example of RFC 3502: several messages with one APPEND.</summary>
[Capability("MULTIAPPEND")]
public sealed class Rfc3502Examples
{
    [Fact]
    public Task Section_6_3_11_APPEND() => ImapServer.PlayAsync("""
        C: A001 CREATE saved-messages
        S: A001 OK Done.
        C: A003 APPEND saved-messages (\Seen) {329}
        S: + Ready for the literal.
        C: Date: Mon, 7 Feb 1994 21:52:25 -0800 (PST)
        C: From: Fred Foobar <foobar@Blurdybloop.example.COM>
        C: Subject: afternoon meeting
        C: To: mooch@owatagu.example.net
        C: Message-Id: <B27397-0100000@Blurdybloop.example.COM>
        C: MIME-Version: 1.0
        C: Content-Type: TEXT/PLAIN; CHARSET=US-ASCII
        C:
        C: Hello Joe, do you think we can meet at 3:30 tomorrow?
        C:  (\Seen) " 7-Feb-1994 22:43:04 -0800" {295}
        S: + Ready for the literal.
        C: Date: Mon, 7 Feb 1994 22:43:04 -0800 (PST)
        C: From: Joe Mooch <mooch@OWaTaGu.example.net>
        C: Subject: Re: afternoon meeting
        C: To: foobar@blurdybloop.example.com
        C: Message-Id: <a0434793874930@OWaTaGu.example.net>
        C: MIME-Version: 1.0
        C: Content-Type: TEXT/PLAIN; CHARSET=US-ASCII
        C:
        C: 3:30 is fine with me.
        C:
        S: A003 OK [APPENDUID * 1:2] Done.
        C: A004 APPEND bogusname (\Flagged) {1023}
        S: A004 NO [TRYCREATE] No such mailbox.
        """);

    // In place of the RFC's quota the second message is over the limit of one: the first is not kept either.
    [Fact]
    public Task Section_6_3_11_a_failure_in_the_second_message() => ImapServer.PlayAsync("""
        C: A004 CREATE test
        S: A004 OK Done.
        C: A005 APPEND test (\Flagged) {99}
        S: + Ready for the literal.
        C: Date: Mon, 7 Feb 2000 22:43:04 -0800 (PST)
        C: From: Fred Foobar <fred@example.com>
        C: Subject: hmm...
        C:  {104857601}
        S: A005 NO [TOOBIG] *
        C: A006 STATUS test (MESSAGES UIDNEXT)
        S: * STATUS test (MESSAGES 0 UIDNEXT 1)
        S: A006 OK Done.
        """);
}
