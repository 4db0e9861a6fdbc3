using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 8508 without CATENATE, which is not offered.</summary>
[Capability("REPLACE")]
public sealed class Rfc8508Examples
{
    // The RFC's example tells EXISTS before EXPUNGE; here it is the other way, so the count is that after both. APPENDUID comes first, as §4.3 advises.
    [Fact]
    public Task Section_3_2_and_3_3_REPLACE() => ImapServer.PlayAsync("""
        C: A001 SELECT Drafts
        ...
        S: A001 OK [READ-WRITE] Done.
        C: A002 APPEND Drafts (\Draft) {1+}
        C: x
        S: * 1 EXISTS
        S: * 0 RECENT
        S: A002 OK [APPENDUID * 1] Done.
        C: A003 REPLACE 1 Drafts (\Seen \Draft) {310}
        S: + Ready for the literal.
        C: Date: Thu, 1 Jan 2015 00:05:00 -0500 (EST)
        C: From: Fritz Schmidt <fritz.ze@example.org>
        C: Subject: happy new year !!
        C: To: miss.mitzy@example.org
        C: Message-Id: <B238822388-0100000@example.org>
        C: MIME-Version: 1.0
        C: Content-Type: TEXT/PLAIN; CHARSET=US-ASCII
        C:
        C: Just saw the best fireworks show. Wish you were here.
        C:
        S: * OK [APPENDUID * 2] Replaced.
        S: * 1 EXPUNGE
        S: * 1 EXISTS
        S: * 0 RECENT
        S: A003 OK Done.
        C: A004 UID REPLACE 2 Drafts (\Seen \Draft) {348}
        S: + Ready for the literal.
        C: Date: Thu, 1 Jan 2015 00:06:00 -0500 (EST)
        C: From: Fritz Schmidt <fritz.ze@example.org>
        C: Subject: happy new year !!
        C: To: miss.mitzy@example.org
        C: Message-Id: <B238822389-0100000@example.org>
        C: MIME-Version: 1.0
        C: Content-Type: TEXT/PLAIN; CHARSET=US-ASCII
        C:
        C: Just saw the best fireworks show. Wish you were here.
        C: Hopefully next year you can join us.
        C:
        S: * OK [APPENDUID * 3] Replaced.
        S: * 1 EXPUNGE
        S: * 1 EXISTS
        S: * 0 RECENT
        S: A004 OK Done.
        """);
}
