using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The example of RFC 3691.</summary>
[Capability("UNSELECT")]
public sealed class Rfc3691Examples
{
    [Fact]
    public Task Section_2_UNSELECT() => ImapServer.PlayAsync("""
        C: A340 SELECT INBOX
        ...
        S: A340 OK [READ-WRITE] Done.
        C: A341 UNSELECT
        S: A341 OK Done.
        C: A342 UNSELECT
        S: A342 BAD Select a mailbox first.
        """);
}
