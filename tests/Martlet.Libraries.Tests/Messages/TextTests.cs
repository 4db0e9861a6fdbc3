using System.Text;
using Martlet.Messages.Mime;
using Martlet.Messages.Text;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

public sealed class TextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("J\u00C3\u00B6rg", "Jörg")]
    [InlineData("J\u00F6rg", "Jörg")]
    [InlineData("=?utf-8?q?J=C3=B6rg?=", "Jörg")]
    [InlineData("=?utf-8?b?w7Y=?= =?iso-8859-1?q?=F6?=", "öö")]
    [InlineData("=?windows-1252?q?=80?=", "€")]
    [InlineData("a\r\n b", "a b")]
    [InlineData("=?utf-8?q?a=0D=0Ab?=", "a  b")]
    [InlineData("=?broken", "=?broken")]
    public void A_header_value_is_decoded(string raw, string expected) => Assert.Equal(expected, HeaderDecoder.Decode(Encoding.Latin1.GetBytes(raw)));

    [Theory]
    [InlineData("7bit", "a=20b", "a=20b")]
    [InlineData("quoted-printable", "a=20b=3d=3D", "a b==")]
    [InlineData("quoted-printable", "soft=\r\nbreak= \t\r\nend=\nx", "softbreakendx")]
    [InlineData("quoted-printable", "bad=xyz=4z==41=", "bad=xyz=4z=A")]
    [InlineData("quoted-printable", "cut=4", "cut=4")]
    [InlineData("BASE64", "aGVs\r\nbG8=", "hello")]
    [InlineData("base64", "aGVsbG8", "hello")]
    [InlineData("base64", "aA==aQ==", "hi")]
    [InlineData("base64", "!a?G k", "hi")]
    [InlineData("x-unknown", "a", "a")]
    public void A_transfer_encoding_is_removed_however_it_is_cut(string encoding, string input, string expected)
    {
        for (var chunk = 1; chunk <= input.Length; chunk++)
        {
            TransferDecoder.TryCreate(new OptionalBytes(Encoding.ASCII.GetBytes(encoding)), out var decoder);
            var output = new StringBuilder();
            var buffer = new byte[100];
            foreach (var piece in Encoding.ASCII.GetBytes(input).Chunk(chunk))
            {
                output.Append(Encoding.ASCII.GetString(buffer, 0, decoder.Decode(piece, buffer)));
            }

            output.Append(Encoding.ASCII.GetString(buffer, 0, decoder.Finish(buffer)));
            Assert.Equal(expected, output.ToString());
        }
    }

    [Fact]
    public void An_unknown_transfer_encoding_is_told()
    {
        Assert.False(TransferDecoder.TryCreate(new OptionalBytes("x-uuencode"u8), out _));
        Assert.True(TransferDecoder.TryCreate(default, out _));
    }

    [Theory]
    [InlineData("utf-8", "utf-8")]
    [InlineData("UTF8", "utf-8")]
    [InlineData("us-ascii", "utf-8")]
    [InlineData("nonsense", "utf-8")]
    [InlineData("utf-7", "utf-8")]
    [InlineData("", "utf-8")]
    [InlineData("iso8859-2", "iso-8859-2")]
    [InlineData("latin1", "iso-8859-1")]
    [InlineData("cp1252", "windows-1252")]
    [InlineData("Windows-1251", "windows-1251")]
    [InlineData("x-sjis", "shift_jis")]
    [InlineData("koi8-r", "koi8-r")]
    [InlineData("iso-2022-jp", "iso-2022-jp")]
    [InlineData("EUC-KR", "euc-kr")]
    [InlineData("gbk", "gb18030")]
    public void A_charset_is_found(string name, string expected) => Assert.Equal(expected, Charsets.Find(Encoding.ASCII.GetBytes(name)).WebName);

    [Fact]
    public async Task Text_comes_in_pieces_from_a_stream()
    {
        var text = string.Concat(Enumerable.Repeat("Zwölf Boxkämpfer €\r\n", 3000));
        var body = Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks));
        var extractor = new TextExtractor(new OptionalBytes("base64"u8), new OptionalBytes("utf-8"u8), isHtml: false);
        var output = new StringBuilder();
        await foreach (var piece in extractor.ReadAsync(new MemoryStream(body), TestContext.Current.CancellationToken))
        {
            Assert.InRange(piece.Length, 1, 8192);
            output.Append(piece.Span);
        }

        Assert.Equal(text, output.ToString());
    }

    [Fact]
    public async Task Text_without_a_charset_is_UTF_8_or_Latin_1()
    {
        var extractor = new TextExtractor(default, default, isHtml: false);
        var output = new StringBuilder();
        await foreach (var piece in extractor.ReadAsync(new MemoryStream([0xC3, 0xB6, 0xF6, (byte)'x', 0xC3]), TestContext.Current.CancellationToken))
        {
            output.Append(piece.Span);
        }

        Assert.Equal("ööxÃ", output.ToString());
    }

    [Theory]
    [InlineData("a<b>b</b>c", "abc")]
    [InlineData("a<br>b<p class=\"x>y\">c", "a\nb\nc")]
    [InlineData("<style>x{}</style>a<script>if (1<2) {}</script>b", "ab")]
    [InlineData("a<!-- > <b> -->b", "ab")]
    [InlineData("&lt;&amp;&#65;&#x42;&nbsp;&uuml;&bogus;&", "<&AB ü&bogus;")]
    [InlineData("1 < 2", "1 < 2")]
    [InlineData("AT&T x", "AT&T x")]
    public void Tags_are_removed_however_they_are_cut(string html, string expected)
    {
        for (var chunk = 1; chunk <= html.Length; chunk++)
        {
            var text = new HtmlText();
            var output = new StringBuilder();
            var buffer = new char[200];
            foreach (var piece in html.ToCharArray().Chunk(chunk))
            {
                output.Append(buffer, 0, text.Strip(piece, buffer));
            }

            Assert.Equal(expected, output.ToString());
        }
    }

    [Theory]
    [InlineData("\nHello  \n\n world\n", "Hello world")]
    [InlineData("\n> quoted\n >> more\nanswer\n", "answer")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; charset=utf-8\n\nJ=C3=B6rg=\n x", "Jörg x")]
    [InlineData("Content-Type: text/html\n\n<html><head><title>t</title><style>s</style></head><body><p>a &gt; b</body>", "a > b")]
    [InlineData("Content-Type: text/html\n\n&zwnj;&#847;x\u200B", "x")]
    [InlineData("Content-Type: image/png\n\nxyz", "")]
    [InlineData("Content-Type: text/plain\nContent-Disposition: attachment\n\nxyz", "")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\n\npre\n--a\n\n \n--a\nContent-Type: text/html\n\n<b>second</b>\n--a--", "second")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nfirst\n--a\n\nsecond\n--a--", "first")]
    public void A_preview_is_the_beginning_of_the_text(string message, string expected)
    {
        var bytes = Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n"));
        foreach (var chunk in new[] { 1, 3, int.MaxValue })
        {
            Assert.True(MessageMeta.TryRead(Structures.Scan(bytes, chunk: chunk).Encode(0), out var meta));
            Assert.Equal(expected, Encoding.UTF8.GetString(meta.Preview));
        }
    }

    [Fact]
    public void A_preview_does_not_end_in_half_a_character()
    {
        var bytes = Encoding.UTF8.GetBytes("\r\n" + new string('x', 255) + "😀");
        Assert.True(MessageMeta.TryRead(Structures.Scan(bytes).Encode(0), out var meta));
        Assert.Equal(new string('x', 255), Encoding.UTF8.GetString(meta.Preview));
    }
}
