using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>GETQUOTAROOT: RFC 9208 §4.1.2.</summary>
[Commands("GETQUOTAROOT")]
public sealed class GetQuotaRootTests
{
    [Fact]
    public Task All_mailboxes_share_one_root_also_those_that_do_not_exist() => ImapServer.PlayAsync("""
        C: a1 GETQUOTAROOT inbox
        S: * QUOTAROOT INBOX ""
        S: * QUOTA "" (STORAGE 1 2147483647 MESSAGE 1 2147483647)
        S: a1 OK Done.
        C: a2 GETQUOTAROOT "not yet"
        S: * QUOTAROOT "not yet" ""
        S: * QUOTA "" (STORAGE 1 2147483647 MESSAGE 1 2147483647)
        S: a2 OK Done.
        C: a3 CREATE Secret
        S: a3 OK Done.
        C2 -> bob
        C2: b1 GETQUOTAROOT Secret
        S2: * QUOTAROOT Secret ""
        S2: * QUOTA "" (STORAGE 0 2147483647 MESSAGE 0 2147483647)
        S2: b1 OK Done.
        C2: b2 GETQUOTAROOT Missing
        S2: * QUOTAROOT Missing ""
        S2: * QUOTA "" (STORAGE 0 2147483647 MESSAGE 0 2147483647)
        S2: b2 OK Done.
        """, Mail.One);

    [Fact]
    public Task GETQUOTAROOT_takes_a_mailbox() => ImapServer.PlayAsync("""
        C: a1 GETQUOTAROOT
        S: a1 BAD Expected a space.
        C: a2 GETQUOTAROOT (INBOX)
        S: a2 BAD Expected a string or an atom.
        C: a3 GETQUOTAROOT INBOX more
        S: a3 BAD Unexpected text after the arguments.
        C: <<a4 GETQUOTAROOT {5+}\r\ninbox\r\n>>
        S: * QUOTAROOT INBOX ""
        S: * QUOTA "" (STORAGE 0 2147483647 MESSAGE 0 2147483647)
        S: a4 OK Done.
        """);
}
