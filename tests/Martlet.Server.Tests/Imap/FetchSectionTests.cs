using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>FETCH of sections: BODY[...], BINARY[...] and parts of them (RFC 9051 §6.4.5.1, RFC 3516).</summary>
public sealed class FetchSectionTests
{
    [Fact]
    public Task The_message_and_its_parts() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 BODY[]
        S: * 1 FETCH (BODY[] {91}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: First.
        S: )
        S: a2 OK Done.
        C: a3 FETCH 1 BODY[HEADER]
        S: * 1 FETCH (BODY[HEADER] {83}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: )
        S: a3 OK Done.
        C: a4 FETCH 1 BODY[TEXT]
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S: )
        S: a4 OK Done.
        C: a5 FETCH 1 BODY[1]
        S: * 1 FETCH (BODY[1] {8}
        S: First.
        S: )
        S: a5 OK Done.
        C: a6 FETCH 1 BODY[1.MIME]
        S: * 1 FETCH (BODY[1.MIME] {83}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: )
        S: a6 OK Done.
        C: a7 FETCH 1 BODY[2]
        S: * 1 FETCH (BODY[2] NIL)
        S: a7 OK Done.
        C: a8 FETCH 1 (BODY[1.1] BODY[1.HEADER] BODY[1.TEXT])
        S: * 1 FETCH (BODY[1.1] NIL BODY[1.HEADER] NIL BODY[1.TEXT] NIL)
        S: a8 OK Done.
        C: a9 FETCH 1 BODY.PEEK[]
        S: * 1 FETCH (BODY[] {91}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: First.
        S: )
        S: a9 OK Done.
        C: b1 FETCH 1 RFC822
        S: * 1 FETCH (RFC822 {91}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: First.
        S: )
        S: b1 OK Done.
        C: b2 FETCH 1 RFC822.HEADER
        S: * 1 FETCH (RFC822.HEADER {83}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: )
        S: b2 OK Done.
        C: b3 FETCH 1 RFC822.TEXT
        S: * 1 FETCH (RFC822.TEXT {8}
        S: First.
        S: )
        S: b3 OK Done.
        C: b4 FETCH 1 (RFC822.SIZE BODY[]<0.5> BODY[]<85.100> RFC822)
        S: * 1 FETCH (RFC822.SIZE 91 BODY[]<0> {5}
        S: From: BODY[]<85> {6}
        S: rst.
        S:  RFC822 {91}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: First.
        S: )
        S: b4 OK Done.
        """, Mail.One);

    [Fact]
    public Task Parts_of_a_nested_multipart() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 BODY[1]
        S: * 1 FETCH (BODY[1] {31}
        S: Gr=C3=BC=C3=9Fe, soft=
        S:  break.)
        S: a2 OK Done.
        C: a3 FETCH 1 BODY[1.MIME]
        S: * 1 FETCH (BODY[1.MIME] {151}
        S: Content-Type: text/plain; charset=utf-8
        S: Content-Transfer-Encoding: quoted-printable
        S: Content-ID: <text@example.org>
        S: Content-Description: The text
        S: 
        S: )
        S: a3 OK Done.
        C: a4 FETCH 1 BODY[2]
        S: * 1 FETCH (BODY[2] {237}
        S: From: Carl <carl@example.com>
        S: Subject: Inside
        S: MIME-Version: 1.0
        S: Content-Type: multipart/alternative; boundary=inner
        S: 
        S: --inner
        S: Content-Type: text/plain
        S: 
        S: Inner text.
        S: --inner
        S: Content-Type: text/html
        S: 
        S: <p>Inner text.</p>
        S: --inner--)
        S: a4 OK Done.
        C: a5 FETCH 1 BODY[2.MIME]
        S: * 1 FETCH (BODY[2.MIME] {61}
        S: Content-Type: message/rfc822
        S: Content-Disposition: inline
        S: 
        S: )
        S: a5 OK Done.
        C: a6 FETCH 1 BODY[2.HEADER]
        S: * 1 FETCH (BODY[2.HEADER] {122}
        S: From: Carl <carl@example.com>
        S: Subject: Inside
        S: MIME-Version: 1.0
        S: Content-Type: multipart/alternative; boundary=inner
        S: 
        S: )
        S: a6 OK Done.
        C: a7 FETCH 1 BODY[2.TEXT]
        S: * 1 FETCH (BODY[2.TEXT] {115}
        S: --inner
        S: Content-Type: text/plain
        S: 
        S: Inner text.
        S: --inner
        S: Content-Type: text/html
        S: 
        S: <p>Inner text.</p>
        S: --inner--)
        S: a7 OK Done.
        C: a8 FETCH 1 BODY[2.1]
        S: * 1 FETCH (BODY[2.1] {11}
        S: Inner text.)
        S: a8 OK Done.
        C: a9 FETCH 1 BODY[2.2.MIME]
        S: * 1 FETCH (BODY[2.2.MIME] {27}
        S: Content-Type: text/html
        S: 
        S: )
        S: a9 OK Done.
        C: b1 FETCH 1 BODY[2.2]
        S: * 1 FETCH (BODY[2.2] {18}
        S: <p>Inner text.</p>)
        S: b1 OK Done.
        C: b2 FETCH 1 BODY[2.HEADER.FIELDS (SUBJECT)]
        S: * 1 FETCH (BODY[2.HEADER.FIELDS (SUBJECT)] {19}
        S: Subject: Inside
        S: 
        S: )
        S: b2 OK Done.
        C: b3 FETCH 1 BODY[3]
        S: * 1 FETCH (BODY[3] {8}
        S: AAECAwQF)
        S: b3 OK Done.
        C: b4 FETCH 1 (BODY[4] BODY[2.3] BODY[1.1] BODY[3.HEADER] BODY[2.1.TEXT] BODY[0.MIME])
        S: b4 BAD Expected a number above zero.
        C: b5 FETCH 1 (BODY[4] BODY[2.3] BODY[1.1] BODY[3.HEADER] BODY[2.1.TEXT] BODY[9.MIME])
        S: * 1 FETCH (BODY[4] NIL BODY[2.3] NIL BODY[1.1] NIL BODY[3.HEADER] NIL BODY[2.1.TEXT] NIL BODY[9.MIME] NIL)
        S: b5 OK Done.
        C: b6 FETCH 1 BODY[TEXT]
        S: * 1 FETCH (BODY[TEXT] {778}
        S: Preamble.
        S: --outer
        S: Content-Type: text/plain; charset=utf-8
        S: Content-Transfer-Encoding: quoted-printable
        S: Content-ID: <text@example.org>
        S: Content-Description: The text
        S: 
        S: Gr=C3=BC=C3=9Fe, soft=
        S:  break.
        S: --outer
        S: Content-Type: message/rfc822
        S: Content-Disposition: inline
        S: 
        S: From: Carl <carl@example.com>
        S: Subject: Inside
        S: MIME-Version: 1.0
        S: Content-Type: multipart/alternative; boundary=inner
        S: 
        S: --inner
        S: Content-Type: text/plain
        S: 
        S: Inner text.
        S: --inner
        S: Content-Type: text/html
        S: 
        S: <p>Inner text.</p>
        S: --inner--
        S: --outer
        S: Content-Type: image/png; name="dot.png"
        S: Content-Transfer-Encoding: base64
        S: Content-Disposition: attachment; filename="dot.png"; size=6
        S: Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==
        S: Content-Location: http://example.org/dot.png
        S: 
        S: AAECAwQF
        S: --outer--
        S: Epilogue.
        S: )
        S: b6 OK Done.
        C: b7 FETCH 1 BODY[MIME]
        S: b7 BAD Unknown section.
        """, Mail.Nested);

    [Fact]
    public Task Header_fields_by_name() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 BODY[HEADER.FIELDS (SUBJECT from Nosuch)]
        S: * 1 FETCH (BODY[HEADER.FIELDS (SUBJECT from Nosuch)] {45}
        S: From: Ben <ben@example.net>
        S: Subject: Two
        S: 
        S: )
        S: a2 OK Done.
        C: a3 FETCH 1 BODY.PEEK[HEADER.FIELDS.NOT (SUBJECT "from" Date Message-ID)]
        S: * 1 FETCH (BODY[HEADER.FIELDS.NOT (SUBJECT from Date Message-ID)] {29}
        S: To: Ann <ann@example.org>
        S: 
        S: )
        S: a3 OK Done.
        C: a4 FETCH 1 BODY[HEADER.FIELDS (Nosuch)]
        S: * 1 FETCH (BODY[HEADER.FIELDS (Nosuch)] {2}
        S: 
        S: )
        S: a4 OK Done.
        C: a5 FETCH 2 BODY[HEADER.FIELDS (Subject)]
        S: * 2 FETCH (BODY[HEADER.FIELDS (Subject)] {36}
        S: Subject: Folded
        S:  over two lines
        S: 
        S: )
        S: a5 OK Done.
        C: a6 FETCH 1 BODY[HEADER.FIELDS (Subject)]<2.4>
        S: * 1 FETCH (BODY[HEADER.FIELDS (Subject)]<2> {4}
        S: bjec)
        S: a6 OK Done.
        C: a7 FETCH 1 BODY[HEADER.FIELDS (Subject)]<900.4>
        S: * 1 FETCH (BODY[HEADER.FIELDS (Subject)]<900> {0}
        S: )
        S: a7 OK Done.
        C: a8 FETCH 1 BODY[HEADER.FIELDS ()]
        S: a8 BAD Expected a string or an atom.
        C: a9 FETCH 1 BODY[HEADER.FIELDS Subject]
        S: a9 BAD Expected '('.
        C: b1 FETCH 1 BODY[HEADER.FIELDS ({4}
        S: + Ready for the literal.
        C: From)]
        S: * 1 FETCH (BODY[HEADER.FIELDS (From)] {31}
        S: From: Ben <ben@example.net>
        S: 
        S: )
        S: b1 OK Done.
        """, Mail.Two, Mail.Groups);

    [Fact]
    public Task Partial_ranges() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 BODY[TEXT]<0.3>
        S: * 1 FETCH (BODY[TEXT]<0> {3}
        S: Fir)
        S: a2 OK Done.
        C: a3 FETCH 1 BODY[TEXT]<3.100>
        S: * 1 FETCH (BODY[TEXT]<3> {5}
        S: st.
        S: )
        S: a3 OK Done.
        C: a4 FETCH 1 BODY[TEXT]<8.1>
        S: * 1 FETCH (BODY[TEXT]<8> {0}
        S: )
        S: a4 OK Done.
        C: a5 FETCH 1 BODY[TEXT]<9.1>
        S: * 1 FETCH (BODY[TEXT]<9> {0}
        S: )
        S: a5 OK Done.
        C: a6 FETCH 1 BODY[TEXT]<4294967295.4294967295>
        S: * 1 FETCH (BODY[TEXT]<4294967295> {0}
        S: )
        S: a6 OK Done.
        C: a7 FETCH 1 BODY[TEXT]<0.0>
        S: a7 BAD A partial range has at least one byte.
        C: a8 FETCH 1 BODY[TEXT]<0>
        S: a8 BAD Expected '.' in the partial range.
        C: a9 FETCH 1 BODY[TEXT]<-1.5>
        S: a9 BAD Expected a number.
        C: b1 FETCH 1 BODY[TEXT]<9223372036854775807.9223372036854775807>
        S: * 1 FETCH (BODY[TEXT]<9223372036854775807> {0}
        S: )
        S: b1 OK Done.
        C: b2 FETCH 1 BODY[2]<0.5>
        S: * 1 FETCH (BODY[2]<0> NIL)
        S: b2 OK Done.
        """, Mail.One);

    [Fact]
    public Task BINARY_is_without_transfer_encoding() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 (BINARY.SIZE[1] BINARY.SIZE[3] BINARY.SIZE[9] BINARY[9])
        S: * 1 FETCH (BINARY.SIZE[1] 20 BINARY.SIZE[3] 6 BINARY.SIZE[9] 0 BINARY[9] NIL)
        S: a2 OK Done.
        C: a3 FETCH 1 BINARY[1]
        S: * 1 FETCH (BINARY[1] {20}
        S: Grüße, soft break.)
        S: a3 OK Done.
        C: a4 FETCH 1 BINARY[3]
        S: <<* 1 FETCH (BINARY[3] ~{6}\r\n\x00\x01\x02\x03\x04\x05)\r\na4 OK Done.\r\n>>
        C: a5 FETCH 1 BINARY.PEEK[3]<1.2>
        S: <<* 1 FETCH (BINARY[3]<1> ~{2}\r\n\x01\x02)\r\na5 OK Done.\r\n>>
        C: a6 FETCH 1 BINARY[3]<6.1>
        S: * 1 FETCH (BINARY[3]<6> ~{0}
        S: )
        S: a6 OK Done.
        C: a7 FETCH 2 BINARY[1]
        S: * 2 FETCH (BINARY[1] {16}
        S: Viele Grüße.
        S: )
        S: a7 OK Done.
        C: a8 FETCH 1 BINARY.SIZE[2]
        S: * 1 FETCH (BINARY.SIZE[2] 237)
        S: a8 OK Done.
        C: a9 FETCH 1 BINARY[1.MIME]
        S: a9 BAD BINARY takes part numbers only.
        C: b1 FETCH 1 BINARY.SIZE[1]<0.1>
        S: b1 BAD Unexpected text after the arguments.
        C: b2 FETCH 2 BINARY.SIZE[]
        S: * 2 FETCH (BINARY.SIZE[] 142)
        S: b2 OK Done.
        """, Mail.Nested, Mail.EightBit, Mail.Encoded);

    [Fact]
    public Task An_unknown_transfer_encoding() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 (BINARY[1])
        S: * 1 FETCH (BINARY[1] NIL)
        S: a2 NO [UNKNOWN-CTE] A part has a transfer encoding that is not known here.
        C: a3 FETCH 1 (BINARY.SIZE[1])
        S: * 1 FETCH (BINARY.SIZE[1] 0)
        S: a3 NO [UNKNOWN-CTE] A part has a transfer encoding that is not known here.
        C: a4 FETCH 1 BODY[1]
        S: * 1 FETCH (BODY[1] {5}
        S: %%%
        S: )
        S: a4 OK Done.
        C: a5 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE ("application" "x-thing" NIL NIL NIL "x-martian" 5 NIL NIL NIL NIL))
        S: a5 OK Done.
        """, Mail.Unknown);
}
