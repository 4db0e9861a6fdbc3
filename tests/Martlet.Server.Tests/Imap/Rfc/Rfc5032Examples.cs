using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The example of RFC 5032, which writes the tag before the star by mistake.</summary>
[Capability("WITHIN")]
public sealed class Rfc5032Examples
{
    // The messages came 28 days before the test's now, but for the one that is appended.
    [Fact]
    public Task Section_4_YOUNGER() => ImapServer.PlayTimedAsync("""
        C: t1 SELECT INBOX
        ...
        S: t1 OK [READ-WRITE] Done.
        C: t2 APPEND INBOX {1+}
        C: x
        S: * 3 EXISTS
        S: * 0 RECENT
        S: t2 OK [APPENDUID * 3] Done.
        C: a1 SEARCH UNSEEN YOUNGER 259200
        S: * SEARCH 3
        S: a1 OK Done.
        C: a2 SEARCH UNSEEN OLDER 259200
        S: * SEARCH 1 2
        S: a2 OK Done.
        """, Mail.One, Mail.Two);
}
