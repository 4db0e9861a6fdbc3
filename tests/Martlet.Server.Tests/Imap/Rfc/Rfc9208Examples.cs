using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 9208. There is one quota root, "", and only the operator sets it: SETQUOTA is no command.</summary>
[Capability("QUOTA", "QUOTA=RES-STORAGE", "QUOTA=RES-MESSAGE")]
public sealed class Rfc9208Examples
{
    [Fact]
    public Task Section_4_1_1_GETQUOTA() => ImapServer.PlayAsync("""
        C: G0001 GETQUOTA "!partition/sda4"
        S: G0001 NO [NONEXISTENT] No such quota root.
        C: G0002 GETQUOTA ""
        S: * QUOTA "" (STORAGE 1 2147483647 MESSAGE 1 2147483647)
        S: G0002 OK Done.
        """, Mail.One);

    [Fact]
    public Task Section_4_1_2_GETQUOTAROOT() => ImapServer.PlayAsync("""
        C: G0002 GETQUOTAROOT INBOX
        S: * QUOTAROOT INBOX ""
        S: * QUOTA "" (STORAGE 1 2147483647 MESSAGE 1 2147483647)
        S: G0002 OK Done.
        """, Mail.One);

    [Fact]
    public Task Section_4_1_3_SETQUOTA() => ImapServer.PlayAsync("""
        C: S0001 SETQUOTA "#user/alice" (STORAGE 510)
        S: S0001 BAD Unknown command.
        """);

    [Fact]
    public Task Section_4_1_4_STATUS() => ImapServer.PlayAsync("""
        C: S0001 SELECT INBOX
        ...
        S: S0001 OK [READ-WRITE] Done.
        C: S0002 STORE 1:2 +FLAGS.SILENT (\Deleted)
        S: S0002 OK Done.
        C: S0003 STATUS INBOX (MESSAGES DELETED DELETED-STORAGE)
        S: * STATUS INBOX (MESSAGES 3 DELETED 2 DELETED-STORAGE 241)
        S: S0003 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);
}
