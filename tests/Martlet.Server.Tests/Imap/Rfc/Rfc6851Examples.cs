using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The example of RFC 6851.</summary>
[Capability("MOVE")]
public sealed class Rfc6851Examples
{
    // COPYUID comes untagged before the EXPUNGEs, as §4.3 advises.
    [Fact]
    public Task Section_3_3_UID_MOVE() => ImapServer.PlayAsync("""
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
}
