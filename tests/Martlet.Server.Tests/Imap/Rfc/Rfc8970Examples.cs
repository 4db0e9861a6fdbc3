using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 8970. Previews are made at delivery, so LAZY is answered at once and never NIL.</summary>
[Capability("PREVIEW")]
public sealed class Rfc8970Examples
{
    [Fact]
    public Task Section_3_2_and_section_5_example_1() => ImapServer.PlayAsync("""
        C: A0 SELECT INBOX
        ...
        S: A0 OK [READ-WRITE] Done.
        C: A1 FETCH 1 (PREVIEW)
        S: * 1 FETCH (PREVIEW "First.")
        S: A1 OK Done.
        C: A2 FETCH 1 (RFC822.SIZE PREVIEW)
        S: * 1 FETCH (RFC822.SIZE 91 PREVIEW "First.")
        S: A2 OK Done.
        """, Mail.One);

    // Message 3 of the example has no text: its preview is empty.
    [Fact]
    public Task Section_5_example_2() => ImapServer.PlayAsync("""
        C: B0 SELECT INBOX
        ...
        S: B0 OK [READ-WRITE] Done.
        C: B1 FETCH 1:3 (ENVELOPE PREVIEW (LAZY))
        S: * 1 FETCH (ENVELOPE ("Sun, 1 Feb 2026 09:30:00 +0000" "One" (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL) PREVIEW "First.")
        S: * 2 FETCH (ENVELOPE ("Mon, 2 Feb 2026 23:30:00 -0500" "Two" (("Ben" NIL "ben" "example.net")) (("Ben" NIL "ben" "example.net")) (("Ben" NIL "ben" "example.net")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL "<two@example.net>") PREVIEW "Second.")
        S: * 3 FETCH (ENVELOPE (NIL "Unknown" NIL NIL NIL NIL NIL NIL NIL NIL) PREVIEW "")
        S: B1 OK Done.
        C: B2 FETCH 2:3 (PREVIEW)
        S: * 2 FETCH (PREVIEW "Second.")
        S: * 3 FETCH (PREVIEW "")
        S: B2 OK Done.
        """, Mail.One, Mail.Two, Mail.Unknown);

    [Fact]
    public Task Section_5_example_3() => ImapServer.PlayAsync("""
        C: C0 SELECT INBOX
        ...
        S: C0 OK [READ-WRITE] Done.
        C: <<C2 SEARCH RETURN (SAVE) FROM "BEN"\r\nC3 FETCH $ (UID PREVIEW (LAZY))\r\n>>
        S: C2 OK Done.
        S: * 2 FETCH (UID 2 PREVIEW "Second.")
        S: * 3 FETCH (UID 3 PREVIEW "Third, and the last.")
        S: C3 OK Done.
        C: C4 UID FETCH 3 (PREVIEW)
        S: * 3 FETCH (UID 3 PREVIEW "Third, and the last.")
        S: C4 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);
}
