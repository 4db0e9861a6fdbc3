using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>NAMESPACE: RFC 9051 §6.3.10.</summary>
public sealed class NamespaceTests
{
    [Fact]
    public Task One_personal_namespace() => ImapServer.PlayAsync("""
        C: a1 NAMESPACE
        S: * NAMESPACE (("" "/")) NIL NIL
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 NAMESPACE
        S: * NAMESPACE (("" "/")) NIL NIL
        S: a3 OK Done.
        """);

    [Fact]
    public Task NAMESPACE_takes_no_argument_and_needs_a_login() => ImapServer.PlayAsync("""
        C: a1 NAMESPACE x
        S: a1 BAD Unexpected text after the arguments.
        C2 -> bare
        S2: * OK *
        C2: b1 NAMESPACE
        S2: b1 BAD Log in first.
        """);
}
