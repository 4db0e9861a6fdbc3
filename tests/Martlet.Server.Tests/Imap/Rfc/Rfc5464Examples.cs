using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 5464. The comment of the server cannot be changed by its users; options are taken in both places of the RFC.</summary>
[Capability("METADATA")]
public sealed class Rfc5464Examples
{
    [Fact]
    public Task Section_4_2_and_4_4_1_GETMETADATA() => ImapServer.PlayAsync("""
        C: t1 SETMETADATA "" (/shared/comment "Shared comment")
        S: t1 NO [NOPERM] /shared/comment of the server cannot be changed.
        C: t2 SETMETADATA "INBOX" (/private/comment "My own comment" /shared/comment "Its sunny outside!")
        S: t2 OK Done.
        C: a GETMETADATA "" /shared/comment
        S: * METADATA "" (/shared/comment NIL)
        S: a OK Done.
        C: a GETMETADATA "INBOX" /private/comment
        S: * METADATA INBOX (/private/comment "My own comment")
        S: a OK Done.
        C: a GETMETADATA "INBOX" (/shared/comment /private/comment)
        S: * METADATA INBOX (/shared/comment "Its sunny outside!" /private/comment "My own comment")
        S: a OK Done.
        """);

    [Fact]
    public Task Section_4_2_1_MAXSIZE() => ImapServer.PlayAsync("""
        C: t1 SETMETADATA INBOX (/private/comment "My own comment" /shared/comment "This one is longer than the other.")
        S: t1 OK Done.
        C: a GETMETADATA (MAXSIZE 20) "INBOX" (/shared/comment /private/comment)
        S: * METADATA INBOX (/private/comment "My own comment")
        S: a OK [METADATA LONGENTRIES 34] Done, without larger values.
        C: b GETMETADATA "INBOX" (MAXSIZE 1024) (/shared/comment /private/comment)
        S: * METADATA INBOX (/shared/comment "This one is longer than the other." /private/comment "My own comment")
        S: b OK Done.
        """);

    [Fact]
    public Task Section_4_2_2_DEPTH() => ImapServer.PlayAsync("""
        C: t1 SETMETADATA INBOX (/private/filters/values/small "SMALLER 5000" /private/filters/values/boss "FROM \"boss@example.com\"")
        S: t1 OK Done.
        C: a GETMETADATA (DEPTH 1) "INBOX" (/private/filters/values)
        S: * METADATA INBOX (/private/filters/values/boss "FROM \"boss@example.com\"" /private/filters/values/small "SMALLER 5000")
        S: a OK Done.
        C: b GETMETADATA "INBOX" (DEPTH 1) (/private/filters/values)
        S: * METADATA INBOX (/private/filters/values/boss "FROM \"boss@example.com\"" /private/filters/values/small "SMALLER 5000")
        S: b OK Done.
        """);

    [Fact]
    public Task Section_4_3_SETMETADATA() => ImapServer.PlayAsync("""
        C: a SETMETADATA INBOX (/private/comment {33}
        S: + Ready for the literal.
        C: My new comment across
        C: two lines.)
        S: a OK Done.
        C: a SETMETADATA INBOX (/private/comment NIL)
        S: a OK Done.
        C: a SETMETADATA INBOX (/private/comment "My new comment" /shared/comment "This one is for you!")
        S: a OK Done.
        """);

    [Fact]
    public Task Section_4_4_2_unsolicited_METADATA() => ImapServer.PlayAsync("""
        C: t1 ENABLE METADATA
        S: * ENABLED METADATA
        S: t1 OK Done.
        C2: b1 SETMETADATA "" (/shared/comment "x")
        S2: b1 NO [NOPERM] /shared/comment of the server cannot be changed.
        C2: b2 SETMETADATA INBOX (/shared/comment "x" /private/comment "y")
        S2: b2 OK Done.
        C: a NOOP
        S: * METADATA INBOX /private/comment /shared/comment
        S: a OK Done.
        """);
}
