using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>FETCH and UID FETCH: RFC 9051 §6.4.5, §7.5.2, RFC 3516, RFC 8514, RFC 8970.</summary>
[Commands("FETCH", "UID FETCH")]
public sealed class FetchTests
{
    [Fact]
    public Task Macros() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1 FAST
        S: * 1 FETCH (FLAGS () INTERNALDATE " 1-Feb-2026 10:00:00 +0100" RFC822.SIZE 91)
        S: a2 OK Done.
        C: a3 FETCH 1 ALL
        S: * 1 FETCH (FLAGS () INTERNALDATE " 1-Feb-2026 10:00:00 +0100" RFC822.SIZE 91 ENVELOPE ("Sun, 1 Feb 2026 09:30:00 +0000" "One" (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL))
        S: a3 OK Done.
        C: a4 FETCH 1 FULL
        S: * 1 FETCH (FLAGS () INTERNALDATE " 1-Feb-2026 10:00:00 +0100" RFC822.SIZE 91 ENVELOPE ("Sun, 1 Feb 2026 09:30:00 +0000" "One" (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL) BODY ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 8 1))
        S: a4 OK Done.
        C: a5 FETCH 1 (ALL)
        S: a5 BAD Unknown data item.
        C: a6 UID FETCH 1 FAST
        S: * 1 FETCH (UID 1 FLAGS () INTERNALDATE " 1-Feb-2026 10:00:00 +0100" RFC822.SIZE 91)
        S: a6 OK Done.
        """, Mail.One);

    [Fact]
    public Task Reading_sets_Seen_and_says_so() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C: a2 FETCH 1 BODY.PEEK[TEXT]
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S: )
        S: a2 OK Done.
        C: a3 FETCH 1 RFC822.HEADER
        S: * 1 FETCH (RFC822.HEADER {83}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: )
        S: a3 OK Done.
        C: a4 FETCH 1 (BODYSTRUCTURE PREVIEW BINARY.SIZE[1] BINARY.PEEK[1])
        S: * 1 FETCH (BODYSTRUCTURE ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 8 1 NIL NIL NIL NIL) PREVIEW "First." BINARY.SIZE[1] 8 BINARY[1] {8}
        S: First.
        S: )
        S: a4 OK Done.
        C: a5 FETCH 1:4 FLAGS
        S: * 1 FETCH (FLAGS ())
        S: * 2 FETCH (FLAGS ())
        S: * 3 FETCH (FLAGS ())
        S: * 4 FETCH (FLAGS ())
        S: a5 OK Done.
        C: a6 FETCH 1 BODY[TEXT]
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S:  FLAGS (\Seen))
        S: a6 OK Done.
        C: a7 FETCH 1 BODY[TEXT]
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S: )
        S: a7 OK Done.
        C: a8 FETCH 2 (FLAGS RFC822.TEXT)
        S: * 2 FETCH (FLAGS (\Seen) RFC822.TEXT {9}
        S: Second.
        S: )
        S: a8 OK Done.
        C: a9 FETCH 3 (BINARY[1] FLAGS)
        S: * 3 FETCH (BINARY[1] {22}
        S: Third, and the last.
        S:  FLAGS (\Seen))
        S: a9 OK Done.
        C: b1 UID FETCH 4 RFC822
        S: * 4 FETCH (UID 4 RFC822 {91}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: First.
        S:  FLAGS (\Seen))
        S: b1 OK Done.
        C2: b2 NOOP
        S2: * 1 FETCH (UID 1 FLAGS (\Seen))
        S2: * 2 FETCH (UID 2 FLAGS (\Seen))
        S2: * 3 FETCH (UID 3 FLAGS (\Seen))
        S2: * 4 FETCH (UID 4 FLAGS (\Seen))
        S2: b2 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);

    [Fact]
    public Task Reading_sets_nothing_in_a_mailbox_opened_with_EXAMINE() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 (BODY[TEXT] RFC822 RFC822.TEXT BINARY[1])
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S:  RFC822 {91}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: First.
        S:  RFC822.TEXT {8}
        S: First.
        S:  BINARY[1] {8}
        S: First.
        S: )
        S: a2 OK Done.
        C: a3 FETCH 1 FLAGS
        S: * 1 FETCH (FLAGS ())
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task Envelopes() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1:* ENVELOPE
        S: * 1 FETCH (ENVELOPE ("Sun, 1 Feb 2026 09:30:00 +0000" "One" (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL))
        S: * 2 FETCH (ENVELOPE ("Mon, 2 Feb 2026 23:30:00 -0500" "Two" (("Ben" NIL "ben" "example.net")) (("Ben" NIL "ben" "example.net")) (("Ben" NIL "ben" "example.net")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL "<two@example.net>"))
        S: * 3 FETCH (ENVELOPE (NIL "Three, with a wider view" (("Ben" NIL "ben" "example.net")) (("Ben" NIL "ben" "example.net")) (("Ben" NIL "ben" "example.net")) NIL ((NIL NIL "carl" "example.com")) NIL NIL NIL))
        S: * 4 FETCH (ENVELOPE (NIL "Folded over two lines" (("Ann \"the\" Author" NIL "ann" "example.org")(NIL NIL "ben" "example.net")) (("Ann" NIL "ann" "example.org")) ((NIL NIL "list" "example.org")) ((NIL NIL "friends" NIL)("Bob" NIL "bob" "example.org")(NIL NIL "carl" "example.com")(NIL NIL NIL NIL)(NIL NIL "undisclosed-recipients" NIL)(NIL NIL NIL NIL)) NIL NIL "<a\"b@example.org>" "<groups@example.org>"))
        S: a2 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.Groups);

    [Fact]
    public Task Structures() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1:* BODY
        S: * 1 FETCH (BODY ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 8 1))
        S: * 2 FETCH (BODY (("text" "plain" ("charset" "utf-8") "<text@example.org>" "The text" "quoted-printable" 31 1)("message" "rfc822" NIL NIL NIL "7BIT" 237 (NIL "Inside" (("Carl" NIL "carl" "example.com")) (("Carl" NIL "carl" "example.com")) (("Carl" NIL "carl" "example.com")) NIL NIL NIL NIL NIL) (("text" "plain" NIL NIL NIL "7BIT" 11 0)("text" "html" NIL NIL NIL "7BIT" 18 0) "alternative") 13)("image" "png" ("name" "dot.png") NIL NIL "base64" 8) "mixed"))
        S: * 3 FETCH (BODY ("text" "plain" ("charset" "iso-8859-1") NIL NIL "base64" 22 1))
        S: a2 OK Done.
        C: a3 FETCH 1:* BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 8 1 NIL NIL NIL NIL))
        S: * 2 FETCH (BODYSTRUCTURE (("text" "plain" ("charset" "utf-8") "<text@example.org>" "The text" "quoted-printable" 31 1 NIL NIL NIL NIL)("message" "rfc822" NIL NIL NIL "7BIT" 237 (NIL "Inside" (("Carl" NIL "carl" "example.com")) (("Carl" NIL "carl" "example.com")) (("Carl" NIL "carl" "example.com")) NIL NIL NIL NIL NIL) (("text" "plain" NIL NIL NIL "7BIT" 11 0 NIL NIL NIL NIL)("text" "html" NIL NIL NIL "7BIT" 18 0 NIL NIL NIL NIL) "alternative" ("boundary" "inner") NIL NIL NIL) 13 NIL ("inline" NIL) NIL NIL)("image" "png" ("name" "dot.png") NIL NIL "base64" 8 "Q2hlY2sgSW50ZWdyaXR5IQ==" ("attachment" ("filename" "dot.png" "size" "6")) NIL "http://example.org/dot.png") "mixed" ("boundary" "outer") NIL ("en" "de") NIL))
        S: * 3 FETCH (BODYSTRUCTURE ("text" "plain" ("charset" "iso-8859-1") NIL NIL "base64" 22 1 NIL NIL NIL NIL))
        S: a3 OK Done.
        """, Mail.One, Mail.Nested, Mail.Encoded);

    [Fact]
    public Task A_forwarded_message_alone() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 (BODY[1] BODY[1.HEADER] BODY[1.TEXT] BODY[1.1])
        S: * 1 FETCH (BODY[1] {32}
        S: Subject: Inside
        S: 
        S: Inner text.
        S:  BODY[1.HEADER] {19}
        S: Subject: Inside
        S: 
        S:  BODY[1.TEXT] {13}
        S: Inner text.
        S:  BODY[1.1] {13}
        S: Inner text.
        S: )
        S: a2 OK Done.
        C: a3 FETCH 1 (BODY[HEADER] BODY[1.MIME] BODY[1.1.MIME])
        S: * 1 FETCH (BODY[HEADER] {69}
        S: Subject: Outside
        S: MIME-Version: 1.0
        S: Content-Type: message/rfc822
        S: 
        S:  BODY[1.MIME] {69}
        S: Subject: Outside
        S: MIME-Version: 1.0
        S: Content-Type: message/rfc822
        S: 
        S:  BODY[1.1.MIME] {19}
        S: Subject: Inside
        S: 
        S: )
        S: a3 OK Done.
        C: a4 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE ("message" "rfc822" NIL NIL NIL "7BIT" 32 (NIL "Inside" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 13 1 NIL NIL NIL NIL) 3 NIL NIL NIL NIL))
        S: a4 OK Done.
        """, Mail.Forwarded);

    [Fact]
    public Task A_multipart_without_parts_has_one() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 (BODY BODYSTRUCTURE)
        S: * 1 FETCH (BODY ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 19 1) BODYSTRUCTURE ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 19 1 NIL NIL NIL NIL))
        S: a2 OK Done.
        C: a3 FETCH 1 (BODY[1] BODY[TEXT])
        S: * 1 FETCH (BODY[1] {19}
        S: No boundary here.
        S:  BODY[TEXT] {19}
        S: No boundary here.
        S: )
        S: a3 OK Done.
        """, Mail.Childless);

    [Fact]
    public Task Names_of_attachments() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE (("text" "plain" ("name" "=?utf-8?b?R3LDvMOfZS50eHQ=?=") NIL "=?utf-8?b?R3LDvMOfZQ==?=" "7BIT" 1 0 NIL NIL NIL NIL)("text" "plain" NIL NIL NIL "7BIT" 1 0 NIL ("attachment" ("filename*" "utf-8''Gr%C3%BC%C3%9Fe.txt")) NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL))
        S: a2 OK Done.
        C: a3 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a3 OK Done.
        C: a4 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE (("text" "plain" ("name" "Grüße.txt") NIL "Grüße" "7BIT" 1 0 NIL NIL NIL NIL)("text" "plain" NIL NIL NIL "7BIT" 1 0 NIL ("attachment" ("filename*" "utf-8''Gr%C3%BC%C3%9Fe.txt")) NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL))
        S: a4 OK Done.
        """, Mail.Names);

    [Fact]
    public Task Eight_bit_headers_are_encoded_words_until_UTF_8_is_enabled() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1 (ENVELOPE PREVIEW)
        S: * 1 FETCH (ENVELOPE (NIL "=?utf-8?b?R3LDvMOfZQ==?=" (("=?utf-8?b?w4RubmU=?=" NIL "anne" "example.org")) (("=?utf-8?b?w4RubmU=?=" NIL "anne" "example.org")) (("=?utf-8?b?w4RubmU=?=" NIL "anne" "example.org")) NIL NIL NIL NIL NIL) PREVIEW {14}
        S: Viele Grüße.)
        S: a2 OK Done.
        C: a3 FETCH 1 BODY.PEEK[HEADER.FIELDS (Subject)]
        S: * 1 FETCH (BODY[HEADER.FIELDS (Subject)] {20}
        S: Subject: Grüße
        S: 
        S: )
        S: a3 OK Done.
        C: a4 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a4 OK Done.
        C: a5 FETCH 1 (ENVELOPE PREVIEW)
        S: * 1 FETCH (ENVELOPE (NIL "Grüße" (("Änne" NIL "anne" "example.org")) (("Änne" NIL "anne" "example.org")) (("Änne" NIL "anne" "example.org")) NIL NIL NIL NIL NIL) PREVIEW "Viele Grüße.")
        S: a5 OK Done.
        """, Mail.EightBit);

    [Fact]
    public Task Previews() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1:* PREVIEW
        S: * 1 FETCH (PREVIEW "First.")
        S: * 2 FETCH (PREVIEW {20}
        S: Grüße, soft break.)
        S: * 3 FETCH (PREVIEW {16}
        S: Schöneß Wetter)
        S: * 4 FETCH (PREVIEW "")
        S: a2 OK Done.
        C: a3 FETCH 1 PREVIEW (LAZY)
        S: * 1 FETCH (PREVIEW "First.")
        S: a3 OK Done.
        C: a4 FETCH 1 (UID PREVIEW (LAZY) FLAGS)
        S: * 1 FETCH (UID 1 PREVIEW "First." FLAGS ())
        S: a4 OK Done.
        C: a5 FETCH 1 PREVIEW (BOGUS)
        S: a5 BAD Unknown or repeated modifier.
        """, Mail.One, Mail.Nested, Mail.Encoded, Mail.Unknown);

    [Fact]
    public Task Dates() => ImapServer.PlayTimedAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1 (INTERNALDATE SAVEDATE)
        S: * 1 FETCH (INTERNALDATE " 1-Feb-2026 10:00:00 +0100" SAVEDATE " 1-Mar-2026 12:00:00 +0000")
        S: a2 OK Done.
        T: 20m
        C: a3 COPY 1 inbox
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a3 OK [COPYUID {validity} 1 2] Done.
        C: a4 FETCH 2 (INTERNALDATE SAVEDATE)
        S: * 2 FETCH (INTERNALDATE " 1-Feb-2026 10:00:00 +0100" SAVEDATE " 1-Mar-2026 12:20:00 +0000")
        S: a4 OK Done.
        """, Mail.One);

    [Fact]
    public Task The_UID_form_always_gives_the_UID_and_others_not() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1 FLAGS
        S: * 1 FETCH (FLAGS ())
        S: a2 OK Done.
        C: a3 UID FETCH 1:2 FLAGS
        S: * 1 FETCH (UID 1 FLAGS ())
        S: * 2 FETCH (UID 2 FLAGS ())
        S: a3 OK Done.
        C: a4 UID FETCH 1 (FLAGS UID)
        S: * 1 FETCH (FLAGS () UID 1)
        S: a4 OK Done.
        C: a5 UID FETCH 1 UID
        S: * 1 FETCH (UID 1)
        S: a5 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Sets_beyond_the_end() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 3 UID
        S: a2 BAD There are not so many messages.
        C: a3 FETCH 1:9 UID
        S: a3 BAD There are not so many messages.
        C: a4 FETCH 2:* UID
        S: * 2 FETCH (UID 2)
        S: a4 OK Done.
        C: a5 FETCH *:1 UID
        S: * 1 FETCH (UID 1)
        S: * 2 FETCH (UID 2)
        S: a5 OK Done.
        C: a6 FETCH 9:* UID
        S: a6 BAD There are not so many messages.
        C: a7 UID FETCH 9 UID
        S: a7 OK Done.
        C: a8 UID FETCH 9:* UID
        S: * 2 FETCH (UID 2)
        S: a8 OK Done.
        C: a9 UID FETCH 0 UID
        S: a9 BAD Expected a number above zero.
        C: b1 FETCH 2,1,2 UID
        S: * 1 FETCH (UID 1)
        S: * 2 FETCH (UID 2)
        S: b1 OK Done.
        C: b2 FETCH $ UID
        S: b2 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task An_empty_mailbox() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1:* UID
        S: a2 BAD There are not so many messages.
        C: a3 FETCH * UID
        S: a3 BAD There are not so many messages.
        C: a4 UID FETCH 1:* UID
        S: a4 OK Done.
        C: a5 UID FETCH * UID
        S: a5 OK Done.
        """);

    [Fact]
    public Task EXPUNGE_is_not_told_during_FETCH_by_number() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C2: b4 APPEND inbox {12+}
        C2: Subject: x
        C2: 
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: b4 OK [APPENDUID {validity} 3] Done.
        C: a2 FETCH 1:2 (UID RFC822.SIZE)
        S: * 1 FETCH (UID 1 RFC822.SIZE 91)
        S: * 2 FETCH (UID 2 RFC822.SIZE 150)
        S: * 3 EXISTS
        S: * 0 RECENT
        S: a2 OK Done.
        C: a3 FETCH 1 BODY[TEXT]
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S: )
        S: a3 OK Done.
        C: a4 FETCH 1 (ENVELOPE BODYSTRUCTURE)
        S: * 1 FETCH (ENVELOPE ("Sun, 1 Feb 2026 09:30:00 +0000" "One" (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL) BODYSTRUCTURE ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 8 1 NIL NIL NIL NIL))
        S: a4 OK Done.
        C: a5 UID FETCH 1 UID
        S: * 1 FETCH (UID 1)
        S: * 1 EXPUNGE
        S: a5 OK Done.
        C: a6 FETCH 1:* UID
        S: * 1 FETCH (UID 2)
        S: * 2 FETCH (UID 3)
        S: a6 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task FETCH_takes_a_set_and_items() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH
        S: a2 BAD Expected a space.
        C: a3 FETCH 1
        S: a3 BAD Expected a space.
        C: a4 FETCH 1 BOGUS
        S: a4 BAD Unknown data item.
        C: a5 FETCH 1 ()
        S: a5 BAD Expected a word.
        C: a6 FETCH 1 (FLAGS
        S: a6 BAD Expected ')'.
        C: a7 FETCH 1 (FLAGS  UID)
        S: a7 BAD Expected a word.
        C: a8 FETCH 1 FLAGS UID
        S: a8 BAD Expected '('.
        C: a9 FETCH x FLAGS
        S: a9 BAD Expected a number.
        C: b1 FETCH 1 BODY[
        S: b1 BAD Expected a word.
        C: b2 FETCH 1 BODY[BOGUS]
        S: b2 BAD Unknown section.
        C: b3 FETCH 1 BODY[0]
        S: b3 BAD Expected a number above zero.
        C: b4 FETCH 1 BODY[1.]
        S: b4 BAD Expected a word.
        C: b5 FETCH 1 BODY[1.BOGUS]
        S: b5 BAD Unknown section.
        C: b6 FETCH 1 BODY.PEEK
        S: b6 BAD Expected '['.
        C: b7 FETCH 1 FLAGS (CHANGEDSINCE)
        S: b7 BAD Expected a space.
        C: b8 FETCH 1 FLAGS (CHANGEDSINCE 1 CHANGEDSINCE 1)
        S: b8 BAD Unknown or repeated modifier.
        C: b9 UID FETCH 1 FLAGS (CHANGEDSINCE 1 VANISHED)
        S: b9 BAD VANISHED is for UID FETCH after ENABLE QRESYNC.
        C: c1 FETCH 1 FLAGS (BOGUS)
        S: c1 BAD Unknown or repeated modifier.
        C: c2 UID FETCH
        S: c2 BAD Expected a space.
        C: c3 FETCH 1:2:3 FLAGS
        S: c3 BAD Expected a space.
        C: c4 FETCH 1 FLAGS 
        S: c4 BAD Expected '('.
        C: c5 FETCH 1 BINARY
        S: c5 BAD Expected '['.
        """, Mail.One);

    [Fact]
    public Task FETCH_needs_a_mailbox() => ImapServer.PlayAsync("""
        C: a1 FETCH 1 FLAGS
        S: a1 BAD Select a mailbox first.
        C: a2 UID FETCH 1 FLAGS
        S: a2 BAD Select a mailbox first.
        C2 -> bare
        S2: * OK *
        C2: b1 FETCH 1 FLAGS
        S2: b1 BAD Log in first.
        """);
}
