using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>ENABLE: RFC 9051 §6.3.1, RFC 6855.</summary>
[Commands("ENABLE")]
public sealed class EnableTests
{
    [Fact]
    public Task ENABLED_is_always_sent() => ImapServer.PlayAsync("""
        C: a1 ENABLE IMAP4rev2 UTF8=ACCEPT
        S: * ENABLED IMAP4rev2 UTF8=ACCEPT
        S: a1 OK Done.
        C: a2 ENABLE IDLE X-BOGUS
        S: * ENABLED
        S: a2 OK Done.
        C: a3 ENABLE utf8=accept
        S: * ENABLED UTF8=ACCEPT
        S: a3 OK Done.
        C: a4 SELECT inbox
        ...
        S: a4 OK [READ-WRITE] Done.
        C: a5 ENABLE IMAP4REV2
        S: * ENABLED IMAP4rev2
        S: a5 OK Done.
        """);

    [Fact]
    public Task IMAP4rev2_answers_SEARCH_with_ESEARCH() => ImapServer.PlayAsync("""
        C: a1 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 SEARCH ALL
        S: * ESEARCH (TAG "a3") ALL 1
        S: a3 OK Done.
        C: a4 UID SEARCH FLAGGED
        S: * ESEARCH (TAG "a4") UID
        S: a4 OK Done.
        """, Mail.One);

    [Fact]
    public Task ENABLE_takes_names() => ImapServer.PlayAsync("""
        C: a1 ENABLE
        S: a1 BAD Expected a space.
        C: a2 ENABLE 
        S: a2 BAD Expected an atom.
        C: a3 ENABLE "UTF8=ACCEPT"
        S: a3 BAD Expected an atom.
        C: a4 ENABLE UTF8=ACCEPT 
        S: a4 BAD Expected an atom.
        C2 -> bare
        S2: * OK *
        C2: b1 ENABLE UTF8=ACCEPT
        S2: b1 BAD Log in first.
        """);
}
