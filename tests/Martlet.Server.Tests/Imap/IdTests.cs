using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>ID: RFC 2971.</summary>
public sealed class IdTests
{
    [Fact]
    public Task Before_login_only_the_name_is_told() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 ID NIL
        S: * ID ("name" "Martlet")
        S: a1 OK Done.
        C: a2 ID ("name" "Client" "version" NIL)
        S: * ID ("name" "Martlet")
        S: a2 OK Done.
        """);

    [Fact]
    public Task After_login_the_version_is_told_too() => ImapServer.PlayAsync("""
        C: a1 ID ()
        S: * ID ("name" "Martlet" "version" "0.1.0")
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 ID ("name" "Client")
        S: * ID ("name" "Martlet" "version" "0.1.0")
        S: a3 OK Done.
        """);

    [Fact]
    public Task ID_takes_strings_in_pairs() => ImapServer.PlayAsync("""
        C: a1 ID
        S: a1 BAD Expected a space.
        C: a2 ID (
        S: a2 BAD Expected a string.
        C: a3 ID ("name")
        S: a3 BAD Expected a space.
        C: a4 ID (name "x")
        S: a4 BAD Expected a string.
        C: a5 ID ("name" "x"
        S: a5 BAD Expected ')'.
        C: a6 ID ("name" "x") more
        S: a6 BAD Unexpected text after the arguments.
        C: a7 ID "name"
        S: a7 BAD Expected '('.
        C: a8 ID ("a" "b" "c" {3+}
        C: x"y)
        S: * ID ("name" "Martlet" "version" "0.1.0")
        S: a8 OK Done.
        """);
}
