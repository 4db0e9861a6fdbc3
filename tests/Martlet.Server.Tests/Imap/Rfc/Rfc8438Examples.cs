using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 8438: SIZE of STATUS, asked for by name and with LIST.</summary>
[Capability("LIST-STATUS", "STATUS=SIZE")]
public sealed class Rfc8438Examples
{
    // Items come in the order in which we write them; the sum is that of RFC822.SIZE.
    [Fact]
    public Task Section_3_SIZE() => ImapServer.PlayAsync("""
        C: A01 STATUS inbox (MESSAGES SIZE UIDNEXT)
        S: * STATUS INBOX (MESSAGES 3 UIDNEXT 4 SIZE 372)
        S: A01 OK Done.
        C: A02 SELECT inbox
        ...
        S: A02 OK [READ-WRITE] Done.
        C: A03 FETCH 1:* (RFC822.SIZE)
        S: * 1 FETCH (RFC822.SIZE 91)
        S: * 2 FETCH (RFC822.SIZE 150)
        S: * 3 FETCH (RFC822.SIZE 131)
        S: A03 OK Done.
        C: A04 LIST "" INBOX RETURN (STATUS (MESSAGES SIZE))
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * STATUS INBOX (MESSAGES 3 SIZE 372)
        S: A04 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);
}
