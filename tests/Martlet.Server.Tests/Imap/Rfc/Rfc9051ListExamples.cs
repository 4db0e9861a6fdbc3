using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>
/// The examples of LIST in RFC 9051 §6.3.9.8 that are not those of RFC 5258 §5 and RFC 5819 §3 again, which are in <see cref="ListExtendedTests"/>.
/// <c>\HasChildren</c> and <c>\HasNoChildren</c> are always told, as §7.3.1 asks.
/// </summary>
public sealed class Rfc9051ListExamples
{
    // The root is "" for every reference: names begin nowhere else.
    [Fact]
    public Task Section_6_3_9_8_separators() => ImapServer.PlayAsync("""
        C: A101 LIST "" ""
        S: * LIST (\NoSelect) "/" ""
        S: A101 OK Done.
        C: A102 LIST #news.comp.mail.misc ""
        S: * LIST (\NoSelect) "/" ""
        S: A102 OK Done.
        C: A103 LIST /usr/staff/jones ""
        S: * LIST (\NoSelect) "/" ""
        S: A103 OK Done.
        C: A201 CREATE ~/Mail/foo
        S: A201 OK Done.
        C: A202 LIST ~/Mail/ %
        S: * LIST (\HasNoChildren) "/" ~/Mail/foo
        S: A202 OK Done.
        """);

    // Example 10 and 11 of the RFC. A parent that does not exist is listed only where RECURSIVEMATCH asks for it, since CREATE makes parents.
    [Fact]
    public Task Section_6_3_9_8_examples_10_and_11() => ImapServer.PlayAsync("""
        C: a0 CREATE foo
        S: a0 OK Done.
        C: a1 LIST "" ("foo")
        S: * LIST (\HasNoChildren) "/" foo
        S: a1 OK Done.
        C: b1 SUBSCRIBE foo/bar
        S: b1 OK Done.
        C: b2 UNSUBSCRIBE foo
        S: b2 OK Done.
        C: a2 LIST (SUBSCRIBED) "" "foo/*"
        S: * LIST (\NonExistent \Subscribed) "/" foo/bar
        S: a2 OK Done.
        C: a3 LIST (SUBSCRIBED RECURSIVEMATCH) "" foo RETURN (CHILDREN)
        S: * LIST (\HasNoChildren) "/" foo ("CHILDINFO" ("SUBSCRIBED"))
        S: a3 OK Done.
        C: b3 CREATE music/rock
        S: b3 OK Done.
        C: a4 LIST (REMOTE) "" m*
        S: * LIST (\HasChildren) "/" music
        S: * LIST (\HasNoChildren) "/" music/rock
        S: a4 OK Done.
        C: a5 LIST "" (m% music/rock)
        S: * LIST (\HasChildren) "/" music
        S: * LIST (\HasNoChildren) "/" music/rock
        S: a5 OK Done.
        """);
}
