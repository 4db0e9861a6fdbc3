using System.Text;
using Martlet.Messages.Headers;
using Martlet.Messages.Mime;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

public sealed class HeaderParserTests
{
    [Theory]
    [InlineData("j@x.org", "NIL|j|x.org")]
    [InlineData("<j@x.org>", "NIL|j|x.org")]
    [InlineData("John Doe <j@x.org>", "John Doe|j|x.org")]
    [InlineData("John Q. Doe <j@x.org>", "John Q. Doe|j|x.org")]
    [InlineData("\"Doe, John\" <j@x.org>", "Doe, John|j|x.org")]
    [InlineData("\"a \\\"b\\\" \\\\\" <j@x>", "a \"b\" \\|j|x")]
    [InlineData("\"\" <j@x>", "|j|x")]
    [InlineData("=?utf-8?q?J=C3=B6?= <j@x>", "=?utf-8?q?J=C3=B6?=|j|x")]
    [InlineData("J\u00F6rg <j@x>", "J\u00F6rg|j|x")]
    [InlineData("j@x.org (John (the) Doe)", "John (the) Doe|j|x.org")]
    [InlineData("John (comment) <j@x>", "John|j|x")]
    [InlineData("j@x.org <j@x.org>", "j@x.org|j|x.org")]
    [InlineData("a@b, c@d,, e@f ,", "NIL|a|b, NIL|c|d, NIL|e|f")]
    [InlineData("a@b; c@d", "NIL|a|b, NIL|c|d")]
    [InlineData("Friends: a@b, C <c@d>;", "NIL|Friends|NIL, NIL|a|b, C|c|d, NIL|NIL|NIL")]
    [InlineData("Open: a@b", "NIL|Open|NIL, NIL|a|b, NIL|NIL|NIL")]
    [InlineData("undisclosed-recipients:;", "NIL|undisclosed-recipients|NIL, NIL|NIL|NIL")]
    [InlineData("\"john doe\"@x", "NIL|john doe|x")]
    [InlineData("<\"a@b\"@x>", "NIL|a@b|x")]
    [InlineData("<@r1,@r2.x:j@x>", "NIL|j|x")]
    [InlineData("j . doe @ x . org", "NIL|j . doe|x.org")]
    [InlineData("j@[127.0.0.1]", "NIL|j|[127.0.0.1]")]
    [InlineData("<j@[IPv6:::1]>", "NIL|j|[IPv6:::1]")]
    [InlineData("root", "NIL|root|")]
    [InlineData("Root <root>", "Root|root|")]
    [InlineData("<>", "NIL||")]
    [InlineData("\"A\" <a@b> \"C\" <c@d>", "A|a|b, C|c|d")]
    [InlineData("A <a@b, c@d", "A|a|b, NIL|c|d")]
    [InlineData("<<a@b>>", "NIL|a|b")]
    [InlineData("\"open <a@b>", "\"open|a|b")]
    [InlineData("(open <a@b>", "(open|a|b")]
    [InlineData("a\r\n b <c@d>", "a b|c|d")]
    [InlineData("a@b\\", "NIL|a|b\\")]
    [InlineData("(x\\", "NIL|(x\\|")]
    [InlineData("[List] x <a@b>", "[List] x|a|b")]
    [InlineData("", "")]
    [InlineData(" \r\n\t(only) ", "")]
    public void An_address_list(string value, string expected) =>
        Assert.Equal(expected, new AddressListView(AddressListParser.Parse(Encoding.Latin1.GetBytes(value), MimeLimits.Default)).Text());

    [Theory]
    [InlineData("text/plain", "text/plain ")]
    [InlineData(" Text/HTML ; Charset=UTF-8", "Text/HTML Charset=UTF-8")]
    [InlineData("text/plain; charset=\"us-ascii\" (Plain)", "text/plain charset=us-ascii")]
    [InlineData("text/plain; charset=us-ascii (Plain text)", "text/plain charset=us-ascii")]
    [InlineData("text (c) / (d) plain", "text/plain ")]
    [InlineData("application/x; name=my file.pdf; a=b", "application/x name=my file.pdf; a=b")]
    [InlineData("text/plain; charset=x format=flowed", "text/plain charset=x; format=flowed")]
    [InlineData("text/plain; charset=\"x\" format=flowed", "text/plain charset=x; format=flowed")]
    [InlineData("text/plain;; ;a=;b=c", "text/plain a=; b=c")]
    [InlineData("text/plain; a; =b; c=d", "text/plain c=d")]
    [InlineData("text/plain; name*0*=utf-8''a%20; name*1=\"b\"", "text/plain name*0*=utf-8''a%20; name*1=b")]
    [InlineData("text/plain; a=\"x\\\"y\"", "text/plain a=x\"y")]
    [InlineData("text/plain; a=\"x\r\n y\"", "text/plain a=x y")]
    [InlineData("text/plain; a=\"open; b=c", "text/plain a=\"open; b=c")]
    [InlineData("text/plain; boundary==_x/y:z?", "text/plain boundary==_x/y:z?")]
    [InlineData("text", "malformed")]
    [InlineData("", "malformed")]
    [InlineData("/plain", "malformed")]
    [InlineData("text/", "malformed")]
    public void A_content_type(string value, string expected) => Assert.Equal(
        expected,
        ContentTypeParser.TryParse(Encoding.Latin1.GetBytes(value), MimeLimits.Default, out var parsed)
            ? $"{Encoding.Latin1.GetString(parsed!.Type.Span)}/{Encoding.Latin1.GetString(parsed.Subtype.Span)} {parsed.Parameters.Text()}"
            : "malformed");

    [Theory]
    [InlineData("attachment", "attachment ")]
    [InlineData("attachment; filename=\"a b\"", "attachment filename=a b")]
    [InlineData("filename=x", " filename=x")]
    [InlineData("\"inline\"; a=b", "inline a=b")]
    [InlineData("", " ")]
    public void A_disposition(string value, string expected)
    {
        var (type, parameters) = DispositionParser.Parse(Encoding.Latin1.GetBytes(value), MimeLimits.Default);
        Assert.Equal(expected, $"{Encoding.Latin1.GetString(type)} {new ParameterListView(parameters).Text()}");
    }

    [Theory]
    [InlineData("de", "de")]
    [InlineData("de-CH (Swiss), en,, fr", "de-CH|en|fr")]
    [InlineData("", "")]
    public void A_language_list(string value, string expected)
    {
        var tags = new List<string>();
        foreach (var tag in new LanguageListView(LanguageListParser.Parse(Encoding.Latin1.GetBytes(value), MimeLimits.Default)))
        {
            tags.Add(tag.Text());
        }

        Assert.Equal(expected, string.Join('|', tags));
    }

    [Fact]
    public void An_envelope_tells_absent_from_empty()
    {
        Assert.True(MessageMeta.TryRead(Structures.Encode("Subject:\nDate: x\n  y\nDate: z\nMessage-ID :  <1@x>  \n\n"), out var meta));
        Assert.True(meta.Envelope.Subject is { IsPresent: true, Value.IsEmpty: true });
        Assert.Equal("x  y", meta.Envelope.Date.Text());
        Assert.Equal("<1@x>", meta.Envelope.MessageId.Text());
        Assert.Equal("NIL", meta.Envelope.InReplyTo.Text());
        Assert.Equal(0, meta.Envelope.From.Count);
    }

    [Fact]
    public void Sender_and_reply_to_are_the_authors_unless_they_say_something()
    {
        Assert.True(MessageMeta.TryRead(Structures.Encode("From: a@b\nReply-To:\n\n"), out var meta));
        Assert.Equal("NIL|a|b", meta.Envelope.Sender.Text());
        Assert.Equal("NIL|a|b", meta.Envelope.ReplyTo.Text());
        Assert.True(MessageMeta.TryRead(Structures.Encode("From: a@b\nSender: c@d\n\n"), out meta));
        Assert.Equal("NIL|c|d", meta.Envelope.Sender.Text());
    }

    [Fact]
    public void The_fields_of_a_part_are_kept_raw()
    {
        Assert.True(MessageMeta.TryRead(Structures.Encode("""
            Content-Type: TEXT/Plain
            Content-ID: <x@y>
            Content-Description: =?utf-8?q?a?=
             b
            Content-MD5: Q2hlY2s=
            Content-Transfer-Encoding: BASE64 (why)
            Content-Location: http://x/
            Content-Language: de
            Content-Disposition:

            """), out var meta));
        var part = meta.Root;
        Assert.Equal("TEXT/Plain", $"{part.Type.Text()}/{part.Subtype.Text()}");
        Assert.Equal(0, part.Parameters.Count);
        Assert.Equal(
            ["<x@y>", "=?utf-8?q?a?= b", "Q2hlY2s=", "BASE64", "http://x/"],
            [part.Id.Text(), part.Description.Text(), part.Md5.Text(), part.Encoding.Text(), part.Location.Text()]);
        Assert.True(part.Disposition.IsPresent);
        Assert.Equal("", part.Disposition.Type.Text());
        Assert.Equal(1, part.Languages.Count);
    }

    [Fact]
    public void A_value_never_has_a_line_end_or_NUL()
    {
        Assert.True(MessageMeta.TryRead(Structures.Encode("Subject: a\0b\n\tc\n\n"), out var meta));
        Assert.Equal("ab\tc", meta.Envelope.Subject.Text());
    }
}
