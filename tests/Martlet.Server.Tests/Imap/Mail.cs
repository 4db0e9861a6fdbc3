namespace Martlet.Server.Tests.Imap;

/// <summary>Messages for transcripts.</summary>
internal static class Mail
{
    /// <summary>91 bytes: a plain message, not multipart.</summary>
    public static readonly string One = Crlf("""
        From: Ann <ann@example.org>
        Subject: One
        Date: Sun, 1 Feb 2026 09:30:00 +0000

        First.

        """);

    public static readonly string Two = Crlf("""
        From: Ben <ben@example.net>
        To: Ann <ann@example.org>
        Subject: Two
        Date: Mon, 2 Feb 2026 23:30:00 -0500
        Message-ID: <two@example.net>

        Second.

        """);

    public static readonly string Three = Crlf("""
        From: Ben <ben@example.net>
        Cc: carl@example.com
        Subject: Three, with a wider view
        X-Colour: Deep Blue

        Third, and the last.

        """);

    /// <summary>A multipart with a text, a forwarded message that is multipart itself, and an encoded attachment.</summary>
    public static readonly string Nested = Crlf("""
        From: Ann <ann@example.org>
        To: Bob <bob@example.org>
        Subject: Nested
        Date: Sun, 1 Feb 2026 09:30:00 +0000
        Message-ID: <nested@example.org>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer"
        Content-Language: en, de

        Preamble.
        --outer
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable
        Content-ID: <text@example.org>
        Content-Description: The text

        Gr=C3=BC=C3=9Fe, soft=
         break.
        --outer
        Content-Type: message/rfc822
        Content-Disposition: inline

        From: Carl <carl@example.com>
        Subject: Inside
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain

        Inner text.
        --inner
        Content-Type: text/html

        <p>Inner text.</p>
        --inner--
        --outer
        Content-Type: image/png; name="dot.png"
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename="dot.png"; size=6
        Content-MD5: Q2hlY2sgSW50ZWdyaXR5IQ==
        Content-Location: http://example.org/dot.png

        AAECAwQF
        --outer--
        Epilogue.

        """);

    /// <summary>Groups, several authors, quotes, a missing name, folded fields and empty lists.</summary>
    public static readonly string Groups = Crlf("""
        From: "Ann \"the\" Author" <ann@example.org>, ben@example.net
        Sender: Ann <ann@example.org>
        Reply-To: list@example.org
        To: friends: Bob <bob@example.org>, carl@example.com;, undisclosed-recipients:;
        Cc:
        Subject: Folded
         over two lines
        In-Reply-To: <a"b@example.org>
        Message-ID: <groups@example.org>

        Text.

        """);

    /// <summary>Raw 8-bit in header and body, as UTF8=ACCEPT clients send it.</summary>
    public static readonly string EightBit = Crlf("""
        From: Änne <anne@example.org>
        Subject: Grüße
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Viele Grüße.

        """);

    /// <summary>Encoded words and an encoded body, for searching.</summary>
    public static readonly string Encoded = Crlf("""
        From: =?utf-8?q?J=C3=BCrgen?= <juergen@example.de>
        Bcc: secret@example.com
        Subject: =?iso-8859-1?q?Stra=DFe?=
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: base64

        U2No9m5l3yBXZXR0ZXI=

        """);

    /// <summary>A part with a transfer encoding that nobody knows.</summary>
    public static readonly string Unknown = Crlf("""
        Subject: Unknown
        MIME-Version: 1.0
        Content-Type: application/x-thing
        Content-Transfer-Encoding: x-martian

        %%%

        """);

    /// <summary>A message that is a forwarded message, and nothing else.</summary>
    public static readonly string Forwarded = Crlf("""
        Subject: Outside
        MIME-Version: 1.0
        Content-Type: message/rfc822

        Subject: Inside

        Inner text.

        """);

    /// <summary>A multipart without any part.</summary>
    public static readonly string Childless = Crlf("""
        Subject: Childless
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=none

        No boundary here.

        """);

    /// <summary>Attachments with names that are not ASCII: raw, and as RFC 2231 has it.</summary>
    public static readonly string Names = Crlf("""
        Subject: Names
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain; name="Grüße.txt"
        Content-Description: Grüße

        a
        --b
        Content-Type: text/plain
        Content-Disposition: attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe.txt

        b
        --b--

        """);

    /// <summary>Accents as one character with their letter, in an encoded-word and in quoted-printable Latin-1.</summary>
    public static readonly string Composed = Crlf("""
        From: =?utf-8?b?w4ls?= <el@example.org>
        Subject: =?iso-8859-1?q?R=E9sum=E9?=
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        Ein Caf=E9 an der Stra=DFenbahn.

        """);

    /// <summary>The same accents as characters of their own, in raw UTF-8.</summary>
    public static readonly string Decomposed = Crlf("""
        From: Al <al@example.org>
        Subject: re\u0301sume\u0301
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        Ein cafe\u0301.

        """).Replace("\\u0301", "\u0301", StringComparison.Ordinal);

    /// <summary>A message/global part (RFC 6532 §3.7) in a message in a message.</summary>
    public static readonly string Global = Crlf("""
        Subject: Outside
        MIME-Version: 1.0
        Content-Type: message/rfc822

        Subject: Between
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: message/global

        Subject: Grüße

        Global inside.
        --b--

        """);

    private static string Crlf(string text) => text.ReplaceLineEndings("\r\n");
}
