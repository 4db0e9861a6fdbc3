using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 4978; compression itself is in <see cref="CompressTests"/>.</summary>
[Capability("COMPRESS=DEFLATE")]
public sealed class Rfc4978Examples
{
    // The RFC's reply to "c compress deflate" has the tag d by mistake. TLS compresses nothing here, so only the second COMPRESS is refused.
    [Fact]
    public Task Section_3_COMPRESS() => ImapServer.PlayAsync("""
        C -> strict
        S: * OK [CAPABILITY *
        C: a starttls
        S: a OK *
        C -> tls
        C: b login alice@example.org "correct horse"
        S: b OK [CAPABILITY *
        C: c compress deflate
        S: c OK DEFLATE is on from here.
        C -> deflate
        C: d compress deflate
        S: d NO [COMPRESSIONACTIVE] *
        """);
}
