using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 2342 §5. There is one namespace, so only the first has this server's answer; the rest must not find anything.</summary>
[Capability("NAMESPACE")]
public sealed class Rfc2342Examples
{
    [Fact]
    public Task Section_5_1_NAMESPACE() => ImapServer.PlayAsync("""
        C: A001 NAMESPACE
        S: * NAMESPACE (("" "/")) NIL NIL
        S: A001 OK Done.
        """);

    // Names that begin with # are kept for namespaces that are not ours (RFC 9051 §5.1.2.1).
    [Fact]
    public Task Section_5_6_and_5_7_other_namespaces() => ImapServer.PlayAsync("""
        C: A002 CREATE "Sent Mail"
        S: A002 OK Done.
        C: A003 CREATE "Delete Items"
        S: A003 OK Done.
        C: A004 CREATE "#mh/Deleted Items"
        S: A004 NO [CANNOT] That name is not possible.
        C: A005 LIST "" "Other Users/%"
        S: A005 OK Done.
        C: A006 LIST "" "#Users/bob@example.org/%"
        S: A006 OK Done.
        C: A007 LIST "" "~bob/%"
        S: A007 OK Done.
        """);
}
