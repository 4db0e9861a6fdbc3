using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>BODYSTRUCTURE (RFC 9051 §7.5.2): every kind of extension data, absent, empty and malformed.</summary>
public sealed class BodyStructureTests
{
    [Fact]
    public Task Absent_fields_are_NIL_and_empty_ones_are_empty() => PlayAsync("""
        C: a2 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE (("text" "plain" NIL NIL NIL "7BIT" 1 0 NIL NIL NIL NIL)("text" "plain" ("name" "") "" "" "7BIT" 1 0 "" ("" NIL) "" "")("text" "plain" ("name" "n" "x" "") "<i>" "d" "8bit" 1 0 "m" ("inline" NIL) ("en") "l")("image" "png" NIL NIL NIL "7BIT" 1 NIL ("attachment" ("filename" "")) ("en" "de-CH") NIL) "mixed" ("boundary" "b") NIL NIL NIL))
        S: a2 OK Done.
        """, """
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text/plain

        x
        --b
        Content-Type: text/plain; name=""
        Content-ID:
        Content-Description:
        Content-Transfer-Encoding:
        Content-MD5:
        Content-Disposition:
        Content-Language:
        Content-Location:

        x
        --b
        Content-Type: text/plain; name=n; x=
        Content-ID: <i>
        Content-Description: d
        Content-Transfer-Encoding: 8bit
        Content-MD5: m
        Content-Disposition: inline
        Content-Language: en
        Content-Location: l

        x
        --b
        Content-Type: image/png
        Content-Disposition: attachment; filename=""
        Content-Language: en, de-CH

        x
        --b--

        """);

    [Fact]
    public Task Malformed_fields_give_what_can_be_read_of_them() => PlayAsync("""
        C: a2 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE (("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 1 0 "not base64!" ("" ("filename" "x.txt")) "" "two words")("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 1 0 NIL ("attachment" ("filename" "my file.txt" "size" "1")) ("en") NIL)("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 1 0 NIL ("" ("filename" "x")) ("en" "de") NIL)("text" "plain" ("name" "a \"b\" \\ c.txt" "x" "y") NIL NIL "7BIT" 1 0 NIL NIL NIL NIL)("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 0 0 NIL NIL NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL))
        S: a2 OK Done.
        """, """
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: text
        Content-MD5: not base64!
        Content-Disposition: ; filename=x.txt
        Content-Language: ,;,
        Content-Location: two
         words

        x
        --b
        Content-Type: /
        Content-Disposition: attachment filename=my file.txt; size=1; junk
        Content-Language: ,en;

        x
        --b
        Content-Type:
        Content-Disposition: filename=x
        Content-Language: en de

        x
        --b
        Content-Type: text/plain; name="a \"b\" \\ c.txt" x=y

        x
        --b
        --b--

        """);

    [Fact]
    public Task A_multipart_has_its_extension_data() => PlayAsync("""
        C: a2 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE ((("text" "plain" NIL NIL NIL "7BIT" 1 0 NIL NIL NIL NIL) "alternative" ("boundary" "c" "x" "y") ("inline" ("a" "b")) ("en" "fr") "http://example.org/")(("text" "plain" NIL NIL NIL "7BIT" 1 0 NIL NIL NIL NIL) "related" ("boundary" "d") ("" NIL) "" "") "mixed" ("boundary" "b") NIL NIL NIL))
        S: a2 OK Done.
        C: a3 FETCH 1 BODY
        S: * 1 FETCH (BODY ((("text" "plain" NIL NIL NIL "7BIT" 1 0) "alternative")(("text" "plain" NIL NIL NIL "7BIT" 1 0) "related") "mixed"))
        S: a3 OK Done.
        """, """
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: multipart/alternative; boundary=c; x=y
        Content-Disposition: inline; a=b
        Content-Language: en, fr
        Content-Location: http://example.org/

        --c
        Content-Type: text/plain

        x
        --c--
        --b
        Content-Type: multipart/related; boundary=d
        Content-Disposition:
        Content-Language:
        Content-Location:

        --d
        Content-Type: text/plain

        x
        --d--
        --b--

        """);

    [Fact]
    public Task Nested_messages_have_envelope_and_structure_unless_they_are_encoded() => PlayAsync("""
        C: a2 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE (("message" "rfc822" ("x" "y") NIL NIL "7BIT" 16 (NIL "in" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 1 0 NIL NIL NIL NIL) 2 "m" ("inline" NIL) ("en") "l")("message" "global" NIL NIL NIL "8bit" 19 (NIL "=?utf-8?b?w7xu?=" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 3 0 NIL NIL NIL NIL) 2 NIL NIL NIL NIL)("application" "octet-stream" NIL NIL NIL "base64" 4 NIL NIL NIL NIL)("message" "delivery-status" NIL NIL NIL "7BIT" 1 NIL NIL NIL NIL)("message" "rfc822" NIL NIL NIL "7BIT" 0 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 0 0 NIL NIL NIL NIL) 0 NIL NIL NIL NIL) "mixed" ("boundary" "b") NIL NIL NIL))
        S: a2 OK Done.
        C: a3 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: a3 OK Done.
        C: a4 FETCH 1 BODY
        S: * 1 FETCH (BODY (("message" "rfc822" ("x" "y") NIL NIL "7BIT" 16 (NIL "in" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 1 0) 2)("message" "global" NIL NIL NIL "8bit" 19 (NIL "ün" NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 3 0) 2)("application" "octet-stream" NIL NIL NIL "base64" 4)("message" "delivery-status" NIL NIL NIL "7BIT" 1)("message" "rfc822" NIL NIL NIL "7BIT" 0 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 0 0) 0) "mixed"))
        S: a4 OK Done.
        """, """
        Content-Type: multipart/mixed; boundary=b

        --b
        Content-Type: message/rfc822; x=y
        Content-MD5: m
        Content-Disposition: inline
        Content-Language: en
        Content-Location: l

        Subject: in

        x
        --b
        Content-Type: message/global
        Content-Transfer-Encoding: 8bit

        Subject: ün

        xyz
        --b
        Content-Type: message/rfc822
        Content-Transfer-Encoding: base64

        YQ==
        --b
        Content-Type: message/delivery-status

        x
        --b
        Content-Type: message/rfc822

        --b--

        """);

    [Fact]
    public Task Parameters_in_the_form_of_RFC_2231_are_given_as_sent() => PlayAsync("""
        C: a2 FETCH 1 BODYSTRUCTURE
        S: * 1 FETCH (BODYSTRUCTURE ("application" "pdf" ("name*0*" "utf-8'de'Gr%C3%BC%C3%9Fe" "name*1" " aus \"X\".pdf") NIL NIL "7BIT" 3 NIL ("attachment" ("filename*" "iso-8859-1''%FCber.pdf" "FileName" "ueber.pdf")) NIL NIL))
        S: a2 OK Done.
        """, """
        Content-Type: application/pdf; name*0*=utf-8'de'Gr%C3%BC%C3%9Fe;
         name*1=" aus \"X\".pdf"
        Content-Disposition: attachment; filename*=iso-8859-1''%FCber.pdf; FileName=ueber.pdf

        x

        """);

    private static Task PlayAsync(string script, string mail) => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.

        """ + script, mail.ReplaceLineEndings("\r\n"));
}
