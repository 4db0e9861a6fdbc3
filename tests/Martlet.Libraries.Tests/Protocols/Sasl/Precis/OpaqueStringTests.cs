using Martlet.Protocols.Sasl.Precis;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Precis;

public sealed class OpaqueStringTests
{
    [Theory]
    [InlineData("correct horse battery staple")] // RFC 8265 §4.3, examples 12 to 15.
    [InlineData("Correct Horse Battery Staple")]
    [InlineData("πßå")]
    [InlineData("Jack of ♦s")]
    [InlineData(" leading and trailing ")]
    [InlineData("ｆｕｌｌ width stays")]
    [InlineData("№ ½ Ⅳ ﬁ ² ™")] // FREE_PVAL by HasCompat: not changed, NFC is not NFKC.
    [InlineData("😀🔑")]
    [InlineData("שלום1ab")] // No Bidi rule.
    [InlineData("l·l·l")]
    [InlineData("l·l")]
    [InlineData("~!@#$%^&*()_+`-={}|[]\\:\";'<>?,./")]
    public void Usual_passwords_stay_as_they_are(string password)
    {
        Assert.True(OpaqueString.TryEnforce(password, out var enforced));
        Assert.Equal(password, enforced);
    }

    [Theory]
    [InlineData("foo\u1680bar", "foo bar")] // Example 16.
    [InlineData("foo\u00A0bar\u2003x\u3000y\u202Fz", "foo bar x y z")]
    [InlineData("o\u0308", "ö")]
    [InlineData("a\u0323\u0307", "\u1EA1\u0307")]
    [InlineData("a\u0307\u0323", "\u1EA1\u0307")]
    [InlineData("\u212B", "\u00C5")] // Angstrom sign: canonical, not only compatible.
    public void Spaces_are_spaces_and_NFC_is_the_form(string password, string expected)
    {
        Assert.True(OpaqueString.TryEnforce(password, out var enforced));
        Assert.Equal(expected, enforced);
    }

    [Theory]
    [InlineData("")] // Examples 17 and 18.
    [InlineData("my cat is a \tby")]
    [InlineData("line\n")]
    [InlineData("nul\0")]
    [InlineData("\u007F")]
    [InlineData("\u0085")]
    [InlineData("soft\u00ADhyphen")]
    [InlineData("zero\u200Bwidth")]
    [InlineData("\u200D")]
    [InlineData("mark\uFEFF")]
    [InlineData("\u202Eevil")]
    [InlineData("\u2028")]
    [InlineData("private\uE000")]
    [InlineData("unassigned\u0378")]
    [InlineData("\uFDD0")]
    [InlineData("\uFFFE")]
    [InlineData("\U0001FFFE")]
    [InlineData("\u1100")] // Old Hangul Jamo.
    [InlineData("\u0640")] // Exceptions of RFC 5892 §2.6.
    [InlineData("\u302E")]
    [InlineData("\U000E0001")]
    public void What_no_keyboard_gives_is_refused(string password)
    {
        Assert.False(OpaqueString.TryEnforce(password, out var enforced));
        Assert.Null(enforced);
    }

    [Fact]
    public void Surrogates_alone_are_refused()
    {
        Assert.False(OpaqueString.TryEnforce("a\uD83D", out _));
        Assert.False(OpaqueString.TryEnforce("\uDE00a", out _));
    }

    [Fact]
    public void Length_has_a_limit()
    {
        Assert.True(OpaqueString.TryEnforce(new string('a', 4096), out _));
        Assert.False(OpaqueString.TryEnforce(new string('a', 4097), out _));
    }
}
