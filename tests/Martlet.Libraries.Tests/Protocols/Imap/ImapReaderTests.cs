using System.Text;
using Martlet.Protocols.Imap;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

public sealed class ImapReaderTests
{
    [Theory]
    [InlineData("foo", "foo")]
    [InlineData("a]b", "a]b")]
    [InlineData("nil", "nil")]
    [InlineData("\"\"", "")]
    [InlineData("\"a b\"", "a b")]
    [InlineData("\"\\\\\"", "\\")]
    [InlineData("\"a\\\"b\\\\\\\"\"", "a\"b\\\"")]
    [InlineData("\"(%*{3}\"", "(%*{3}")]
    [InlineData("\"é\"", "é")]
    [InlineData("{0}\r\n", "")]
    [InlineData("{3}\r\nfoo", "foo")]
    [InlineData("{3+}\r\nfoo", "foo")]
    [InlineData("{03}\r\nfoo", "foo")]
    [InlineData("{3}\nfoo", "foo")]
    [InlineData("{5}\r\na\r\nb)", "a\r\nb)")]
    public void An_astring_has_many_forms(string text, string expected) =>
        Assert.Equal(expected, Wire.Piece(static (ref ImapReader r, out string v) => r.AStringText(out v!), text));

    [Theory]
    [InlineData("")]
    [InlineData("(")]
    [InlineData("a b")]
    [InlineData("\"")]
    [InlineData("\"a")]
    [InlineData("\"a\\\"")]
    [InlineData("\"a\\b\"")]
    [InlineData("\"a\\")]
    [InlineData("\"a\r\n\"")]
    [InlineData("\"a\0\"")]
    [InlineData("{")]
    [InlineData("{}\r\n")]
    [InlineData("{+}\r\n")]
    [InlineData("{3-}\r\nfoo")]
    [InlineData("{-3}\r\nfoo")]
    [InlineData("{3++}\r\nfoo")]
    [InlineData("{3} \r\nfoo")]
    [InlineData("{3}foo")]
    [InlineData("{4}\r\nfoo")]
    [InlineData("{2}\r\nfoo")]
    [InlineData("{99999999999999999999}\r\nfoo")]
    [InlineData("{3}\r\na\0b")]
    [InlineData("~{3}\r\nfoo")]
    [InlineData("é")]
    [InlineData("a\u007f")]
    public void A_bad_astring_is_refused(string text) =>
        Assert.Null(Wire.Piece(static (ref ImapReader r, out string v) => r.AStringText(out v!), text));

    [Theory]
    [InlineData("{3}\r\nfoo", false)]
    [InlineData("{3+}\r\nfoo", false)]
    [InlineData("~{3}\r\nf\0o", true)]
    [InlineData("~{3+}\r\nf\0o", true)]
    public void A_literal_has_four_forms(string text, bool isBinary)
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), ImapLimits.AfterLogin, utf8: false);
        Assert.True(reader.Literal(out var value, out var wasBinary) && reader.End());
        Assert.Equal(3, value.Length);
        Assert.Equal(isBinary, wasBinary);
    }

    [Fact]
    public void Invalid_UTF8_is_an_error_as_text_but_not_as_bytes()
    {
        byte[] input = [(byte)'"', 0xff, (byte)'"'];
        var bytes = new ImapReader(input, ImapLimits.AfterLogin, utf8: true);
        Assert.True(bytes.AString(out var value) && value.SequenceEqual("\xff"u8[..0]) is false);
        var text = new ImapReader(input, ImapLimits.AfterLogin, utf8: true);
        Assert.False(text.AStringText(out _));
    }

    [Theory]
    [InlineData("NIL", null)]
    [InlineData("nil", null)]
    [InlineData("\"NIL\"", "NIL")]
    [InlineData("{2}\r\nab", "ab")]
    public void An_nstring_may_be_NIL(string text, string? expected)
    {
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out string? v) => r.NStringText(out v), text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("NILS")]
    [InlineData("foo")]
    [InlineData("")]
    public void An_atom_is_no_nstring(string text) =>
        Assert.False(Wire.TryPiece(static (ref ImapReader r, out string? v) => r.NStringText(out v), text, out _));

    [Theory]
    [InlineData("0", 0u)]
    [InlineData("007", 7u)]
    [InlineData("4294967295", uint.MaxValue)]
    public void A_number_has_32_bits(string text, uint expected)
    {
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out uint v) => r.Number(out v), text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("4294967296")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("1x")]
    [InlineData("99999999999999999999999")]
    public void A_number_beyond_32_bits_is_refused(string text) =>
        Assert.False(Wire.TryPiece(static (ref ImapReader r, out uint v) => r.Number(out v), text, out _));

    [Fact]
    public void A_number64_has_63_bits_and_an_nz_number_is_not_zero()
    {
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out long v) => r.Number64(out v), "9223372036854775807", out var value));
        Assert.Equal(long.MaxValue, value);
        Assert.False(Wire.TryPiece(static (ref ImapReader r, out long v) => r.Number64(out v), "9223372036854775808", out _));
        Assert.False(Wire.TryPiece(static (ref ImapReader r, out uint v) => r.NzNumber(out v), "0", out _));
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out uint v) => r.NzNumber(out v), "1", out _));
    }

    [Fact]
    public void The_first_error_stays_and_everything_after_it_fails()
    {
        var reader = new ImapReader("abc def"u8, ImapLimits.AfterLogin, utf8: false);
        Assert.True(reader.Atom(out _));
        Assert.False(reader.OpenParen());
        Assert.False(reader.Space());
        Assert.False(reader.TryKeyword("def"u8));
        Assert.False(reader.End());
        Assert.Equal(-1, reader.Peek());
        Assert.Equal("Expected '('.", reader.Error);
        Assert.Equal(3, reader.ErrorPosition);
        Assert.False(reader.IsIncomplete);
    }

    [Fact]
    public void A_literal_without_its_data_is_incomplete()
    {
        var reader = new ImapReader("{3}\r\nab"u8, ImapLimits.AfterLogin, utf8: false);
        Assert.False(reader.AString(out _));
        Assert.True(reader.IsIncomplete);
    }

    [Theory]
    [InlineData("body", true)]
    [InlineData("BODY[", true)]
    [InlineData("Body ", true)]
    [InlineData("BODY.PEEK", false)]
    [InlineData("BODYSTRUCTURE", false)]
    [InlineData("BOD", false)]
    public void A_keyword_is_a_whole_word_in_any_case(string text, bool expected)
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), ImapLimits.AfterLogin, utf8: false);
        Assert.Equal(expected, reader.TryKeyword("BODY"u8));
        Assert.Null(reader.Error);
    }

    [Theory]
    [InlineData("a1 NOOP\r\n", "a1", "NOOP")]
    [InlineData("a1 noop", "a1", "NOOP")]
    [InlineData("].#&~ uid fetch 1 ALL", "].#&~", "UID FETCH")]
    [InlineData("a XFOO x", "a", "XFOO")]
    [InlineData("a UID XFOO", "a", "UID XFOO")]
    public void A_command_line_has_tag_and_name(string text, string tag, string name)
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), ImapLimits.AfterLogin, utf8: false);
        var line = ImapCommandLine.Read(ref reader, out var early);
        Assert.Equal(new ImapCommandLine(tag, name), line);
        Assert.Equal(tag, early);
        Assert.Equal(name.StartsWith("UID ", StringComparison.Ordinal), line!.Value.IsUid);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("a1", null)]
    [InlineData("+ NOOP", null)]
    [InlineData("a+ NOOP", null)]
    [InlineData("* NOOP", null)]
    [InlineData("(a NOOP", null)]
    [InlineData(" NOOP", null)]
    [InlineData("é NOOP", null)]
    [InlineData("a1 ", "a1")]
    [InlineData("a1  NOOP", "a1")]
    [InlineData("a1 (", "a1")]
    [InlineData("a1 UID", "a1")]
    [InlineData("a1 UID ", "a1")]
    public void A_bad_command_line_keeps_a_good_tag(string text, string? tag)
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), ImapLimits.AfterLogin, utf8: false);
        Assert.Null(ImapCommandLine.Read(ref reader, out var read));
        Assert.Equal(tag, read);
        Assert.NotNull(reader.Error);
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_tag_has_a_longest_length(int length, bool expected)
    {
        var reader = new ImapReader(Encoding.ASCII.GetBytes(new string('a', length) + " NOOP"), ImapLimits.AfterLogin, utf8: false);
        Assert.Equal(expected, ImapCommandLine.Read(ref reader, out _) is not null);
    }
}
