using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>RFC 8437 has no dialogues; this is what its §2 asks for.</summary>
[Capability("UNAUTHENTICATE")]
public sealed class Rfc8437Examples
{
    // As after connecting: no mailbox, no ENABLE, another login.
    [Fact]
    public Task Section_2_UNAUTHENTICATE() => ImapServer.PlayAsync("""
        C: a1 ENABLE CONDSTORE
        S: * ENABLED CONDSTORE
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 UNAUTHENTICATE
        S: a3 OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN] Nobody is logged in.
        C: a4 FETCH 1 FLAGS
        S: a4 BAD Log in first.
        C: a5 LOGIN bob@example.org "correct horse"
        S: a5 OK [CAPABILITY *
        C: a6 SELECT INBOX
        ...
        S: * 0 EXISTS
        ...
        S: a6 OK [READ-WRITE] Done.
        """, Mail.One);
}
