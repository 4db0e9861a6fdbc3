using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 5161.</summary>
[Capability("ENABLE")]
public sealed class Rfc5161Examples
{
    // The RFC's server has no CONDSTORE in t2; here it is told, and X-GOOD-IDEA is not.
    [Fact]
    public Task Section_3_1_ENABLE() => ImapServer.PlayAsync("""
        C: t1 CAPABILITY
        S: * CAPABILITY *
        S: t1 OK Done.
        C: t2 ENABLE CONDSTORE X-GOOD-IDEA
        S: * ENABLED CONDSTORE
        S: t2 OK Done.
        C: t3 CAPABILITY
        S: * CAPABILITY *
        S: t3 OK Done.
        C2: a1 ENABLE CONDSTORE
        S2: * ENABLED CONDSTORE
        S2: a1 OK Done.
        """);
}
