using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 8514.</summary>
[Capability("SAVEDATE")]
public sealed class Rfc8514Examples
{
    // The zone is that of the server's clock, UTC in tests.
    [Fact]
    public Task Section_4_2_and_4_3_SAVEDATE() => ImapServer.PlayTimedAsync("""
        C: A100 SELECT INBOX
        ...
        S: A100 OK [READ-WRITE] Done.
        C: A101 FETCH 1 (SAVEDATE)
        S: * 1 FETCH (SAVEDATE " 1-Mar-2026 12:00:00 +0000")
        S: A101 OK Done.
        C: A102 SEARCH SAVEDON 1-Mar-2026
        S: * SEARCH 1 2
        S: A102 OK Done.
        C: A103 SEARCH SAVEDSINCE 1-Mar-2026
        S: * SEARCH 1 2
        S: A103 OK Done.
        C: A104 SEARCH SAVEDBEFORE 1-Mar-2026
        S: * SEARCH
        S: A104 OK Done.
        """, Mail.One, Mail.Two);
}
