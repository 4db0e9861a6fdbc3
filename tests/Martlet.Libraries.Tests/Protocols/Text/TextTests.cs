using System.Buffers;
using System.Text;
using Martlet.Protocols.Text;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Text;

public sealed class TextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("Sent Items", "Sent Items")]
    [InlineData("a&-b", "a&b")]
    [InlineData("&-", "&")]
    [InlineData("&-&-", "&&")]
    [InlineData("~peter/mail/&U,BTFw-/&ZeVnLIqe-", "~peter/mail/台北/日本語")]
    [InlineData("Entw&APw-rfe", "Entwürfe")]
    [InlineData("&AOk-&-", "é&")]
    [InlineData("&2D3eAA-", "\U0001F600")]
    [InlineData("&AH8-", "\u007f")]
    [InlineData("x&AAE-", "x\u0001")]
    public void Modified_UTF7_goes_both_ways(string encoded, string decoded)
    {
        Assert.True(Utf7Imap.TryDecode(Encoding.ASCII.GetBytes(encoded), out var text));
        Assert.Equal(decoded, text);
        var output = new ArrayBufferWriter<byte>();
        Utf7Imap.Encode(decoded, output);
        Assert.Equal(encoded, Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("&")]
    [InlineData("a&b")]
    [InlineData("&AOk")]
    [InlineData("&A-")]
    [InlineData("&AO-")]
    [InlineData("&AOl-")] // Bits left over.
    [InlineData("&AOkA-")] // Superfluous data.
    [InlineData("&AOk=-")]
    [InlineData("&AO/-")]
    [InlineData("&AGE-")] // An 'a' needs no shift.
    [InlineData("&ACY-")] // Nor does '&'.
    [InlineData("&AOk-&AOk-")] // One shift is enough: RFC 3501 §5.1.3.
    [InlineData("&2D0-")] // Half of a pair.
    [InlineData("&3gA-")]
    [InlineData("&3gDYPQ-")] // The pair in the wrong order.
    [InlineData("&2D0A6Q-")]
    [InlineData("é")]
    [InlineData("a\tb")]
    [InlineData("a\u007f")]
    public void Modified_UTF7_has_one_spelling(string encoded) => Assert.False(Utf7Imap.TryDecode(Encoding.UTF8.GetBytes(encoded), out _));

    [Fact]
    public void A_lone_surrogate_is_replaced_when_encoded()
    {
        var output = new ArrayBufferWriter<byte>();
        Utf7Imap.Encode("a\ud83d", output);
        Assert.Equal("a&,,0-", Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Zg==", "f")]
    [InlineData("Zm8=", "fo")]
    [InlineData("Zm9v", "foo")]
    [InlineData("Zm9vYmFy", "foobar")]
    public void Base64_is_decoded(string line, string expected)
    {
        Assert.True(Base64Lines.TryDecode(Encoding.ASCII.GetBytes(line), 6, out var value));
        Assert.Equal(expected, Encoding.ASCII.GetString(value));
    }

    [Theory]
    [InlineData("Zg")]
    [InlineData("Zg=")]
    [InlineData("Z===")]
    [InlineData("====")]
    [InlineData("=")]
    [InlineData("Zg==Zg==")]
    [InlineData("Z=g=")]
    [InlineData("Zm9v\r\n")]
    [InlineData("Zm 9v")]
    [InlineData(" Zm9v")]
    [InlineData("Zm9-")]
    [InlineData("Zh==")] // Bits left over.
    [InlineData("Zm9=")]
    [InlineData("Zm9vYmFyYQ==")] // Seven bytes.
    public void Base64_that_is_not_strict_or_too_long_is_refused(string line)
    {
        Assert.False(Base64Lines.TryDecode(Encoding.ASCII.GetBytes(line), 6, out var value));
        Assert.Empty(value);
    }

    [Fact]
    public void Classes_are_those_of_the_ABNF()
    {
        for (var b = 0; b < 256; b++)
        {
            var isAtom = b is > 0x20 and < 0x7f && !"(){%*\"\\]".Contains((char)b, StringComparison.Ordinal) || b == '}';
            Assert.Equal(isAtom, Martlet.Protocols.Text.Ascii.AtomChar.Contains((byte)b));
            Assert.Equal(isAtom || b == ']', Martlet.Protocols.Text.Ascii.AStringChar.Contains((byte)b));
            Assert.Equal(isAtom || b is ']' or '%' or '*', Martlet.Protocols.Text.Ascii.ListChar.Contains((byte)b));
            Assert.Equal((isAtom && b != '+') || b == ']', Martlet.Protocols.Text.Ascii.TagChar.Contains((byte)b));
        }
    }
}
