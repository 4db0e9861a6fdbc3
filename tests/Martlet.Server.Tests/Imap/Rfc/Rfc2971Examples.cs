using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 2971.</summary>
[Capability("ID")]
public sealed class Rfc2971Examples
{
    [Fact]
    public Task Section_3_1_and_3_2_ID() => ImapServer.PlayAsync("""
        C: a023 ID ("name" "sodr" "version" "19.34" "vendor" "Pink Floyd Music Limited")
        S: * ID ("name" "Martlet" "version" "*
        S: a023 OK Done.
        C: a042 ID NIL
        S: * ID ("name" "Martlet" "version" "*
        S: a042 OK Done.
        """);
}
