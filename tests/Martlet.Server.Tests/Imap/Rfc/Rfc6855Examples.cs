using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>RFC 6855 has no dialogues; these are what its sections ask for.</summary>
[Capability("UTF8=ACCEPT")]
public sealed class Rfc6855Examples
{
    // §3: mailbox names in quoted strings are UTF-8 once it is enabled, and modified UTF-7 before.
    [Fact]
    public Task Section_3_names_in_UTF_8() => ImapServer.PlayAsync("""
        C: a1 CREATE "Gr&APwA3w-e"
        S: a1 OK Done.
        C: a2 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a2 OK Done.
        C: a3 LIST "" "Gr*"
        S: * LIST (\HasNoChildren) "/" "Grüße"
        S: a3 OK Done.
        C: a4 STATUS "Grüße" (MESSAGES)
        S: * STATUS "Grüße" (MESSAGES 0)
        S: a4 OK Done.
        """);

    // §4: a message with 8-bit header fields comes as UTF8 (~{...}), and is fetched as it was sent.
    [Fact]
    public Task Section_4_APPEND_of_an_internationalized_message() => ImapServer.PlayAsync("""
        C: a1 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a1 OK Done.
        C: a2 APPEND INBOX UTF8 (~{18+}
        C: Subject: Grüße
        C: )
        S: a2 OK [APPENDUID * 1] Done.
        C: a3 SELECT INBOX
        ...
        S: a3 OK [READ-WRITE] Done.
        C: a4 FETCH 1 (BODY.PEEK[HEADER.FIELDS (SUBJECT)])
        S: * 1 FETCH (BODY[HEADER.FIELDS (SUBJECT)] {18}
        S: Subject: Grüße
        S: )
        S: a4 OK Done.
        """);

    // §3 says a charset SHOULD be refused here. UTF-8 is not: RFC 9051 §6.4.4 permits it, and IMAP4rev2 enables the same.
    [Fact]
    public Task Section_3_SEARCH_with_a_charset() => ImapServer.PlayAsync("""
        C: a1 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 SEARCH CHARSET UTF-8 ALL
        S: * SEARCH 1
        S: a3 OK Done.
        C: a4 SEARCH SUBJECT "Grüße"
        S: * SEARCH
        S: a4 OK Done.
        """, Mail.One);
}
