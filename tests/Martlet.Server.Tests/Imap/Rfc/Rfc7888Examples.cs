using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 7888.</summary>
[Capability("LITERAL+")]
public sealed class Rfc7888Examples
{
    [Fact]
    public Task Section_3_LOGIN() => ImapServer.PlayAsync("""
        C -> imaps
        S: * OK [CAPABILITY *
        C: A001 LOGIN {17+}
        C: alice@example.org {13+}
        C: correct horse
        S: A001 OK [CAPABILITY *
        C2 -> imaps
        S2: * OK [CAPABILITY *
        C2: A001 LOGIN "alice@example.org" "correct horse"
        S2: A001 OK [CAPABILITY *
        """);
}
