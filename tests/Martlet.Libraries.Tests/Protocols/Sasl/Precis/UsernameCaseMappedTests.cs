using Martlet.Protocols.Sasl.Precis;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Precis;

public sealed class UsernameCaseMappedTests
{
    [Theory]
    [InlineData("juliet@example.com", "juliet@example.com")] // RFC 8265 §3.6, examples 1 to 7.
    [InlineData("fussball", "fussball")]
    [InlineData("fußball", "fußball")]
    [InlineData("π", "π")]
    [InlineData("Σ", "σ")]
    [InlineData("σ", "σ")]
    [InlineData("ς", "ς")]
    [InlineData("JULIET", "juliet")]
    [InlineData("ＪＵＬＩＥＴ＠ｅｘａｍｐｌｅ．ｃｏｍ", "juliet@example.com")] // Full width.
    [InlineData("ﾃｽﾄ", "テスト")] // Half width.
    [InlineData("ﾊﾞ", "バ")] // And what stands after it composes.
    [InlineData("JU\u0308RGEN", "jürgen")]
    [InlineData("JÜRGEN", "jürgen")]
    [InlineData("ΟΔΟΣ", "οδοσ")]
    [InlineData("\u0130zmir", "i\u0307zmir")]
    [InlineData("STRAẞE", "straße")]
    [InlineData("\U00010400", "\U00010428")] // Deseret: outside of the first plane.
    [InlineData("!#$%&'*+-/=?^_`{|}~.", "!#$%&'*+-/=?^_`{|}~.")]
    [InlineData("用户", "用户")]
    [InlineData("अजित", "अजित")]
    public void Spellings_become_one(string username, string expected)
    {
        Assert.True(UsernameCaseMapped.TryEnforce(username, out var enforced));
        Assert.Equal(expected, enforced);
        Assert.True(UsernameCaseMapped.TryEnforce(enforced, out var again));
        Assert.Equal(enforced, again);
    }

    [Theory]
    [InlineData("foo bar")] // Examples 8 to 11.
    [InlineData("")]
    [InlineData("henry\u2163")]
    [InlineData("∞")]
    [InlineData("foo\u3000bar")] // A space of full width is a space.
    [InlineData("a\tb")]
    [InlineData("a\u00A0b")]
    [InlineData("\u212B")] // Compatible, unlike in a password.
    [InlineData("ﬁn")]
    [InlineData("x²")]
    [InlineData("😀")]
    [InlineData("ǅ")] // Titlecase letter, with compatibility mapping.
    [InlineData("a\u200Bb")]
    [InlineData("\u0378")]
    public void Other_characters_are_refused(string username) => Assert.False(UsernameCaseMapped.TryEnforce(username, out _));

    [Theory]
    [InlineData("אבג", true)]
    [InlineData("אבג1", true)]
    [InlineData("אב.ג", true)]
    [InlineData("אבג\u05B0", true)] // A mark at the end.
    [InlineData("عمر٣", true)]
    [InlineData("عمر3", true)]
    [InlineData("1אבג", false)] // RFC 5893 §2, condition 1.
    [InlineData(".אבג", false)]
    [InlineData("\u05B0אבג", false)]
    [InlineData("אבגa", false)] // 2.
    [InlineData("אbג", false)]
    [InlineData("אבג.", false)] // 3.
    [InlineData("אבג-\u05B0", false)]
    [InlineData("عمر3٣", false)] // 4.
    [InlineData("aאבג", false)] // 5.
    [InlineData("user@אבג", false)]
    [InlineData("a٣", false)]
    [InlineData("1a.", true)] // No right-to-left character, no rule.
    [InlineData("ab\u0CBF", true)]
    public void Right_to_left_names_have_one_order(string username, bool isAllowed) =>
        Assert.Equal(isAllowed, UsernameCaseMapped.TryEnforce(username, out _));

    [Theory]
    [InlineData("क्\u200Dष", true)] // Joiner after a virama.
    [InlineData("क\u200Dष", false)]
    [InlineData("\u200Dक", false)]
    [InlineData("क्\u200Cष", true)] // Non-joiner after a virama.
    [InlineData("نامه\u200Cای", true)] // Between letters that would join: Persian.
    [InlineData("نامه\u064B\u200C\u064Bای", true)] // Marks are looked through.
    [InlineData("ا\u200Cا", false)] // Alef joins only to what goes before.
    [InlineData("a\u200Cb", false)]
    [InlineData("ه\u200C", false)]
    [InlineData("\u200Cه", false)]
    [InlineData("col·lecció", true)]
    [InlineData("COL·LECCIÓ", false)] // The rule is asked before the case is mapped (RFC 8265 §3.3.2).
    [InlineData("a·b", false)]
    [InlineData("l·", false)]
    [InlineData("·l", false)]
    [InlineData("\u0375α", true)]
    [InlineData("\u0375a", false)]
    [InlineData("α\u0375", false)]
    [InlineData("א\u05F3", true)]
    [InlineData("א\u05F4ב", true)]
    [InlineData("a\u05F3", false)]
    [InlineData("\u05F4א", false)]
    [InlineData("ア・イ", true)]
    [InlineData("・", false)]
    [InlineData("漢・a", true)]
    [InlineData("a・b", false)]
    [InlineData("ع٣٤", true)]
    [InlineData("ع۳۴", true)]
    [InlineData("ع٣۴", false)]
    public void Characters_that_need_a_context_are_allowed_in_it(string username, bool isAllowed) =>
        Assert.Equal(isAllowed, UsernameCaseMapped.TryEnforce(username, out _));

    [Fact]
    public void Surrogates_alone_are_refused() => Assert.False(UsernameCaseMapped.TryEnforce("a\uD800", out _));

    [Fact]
    public void Length_has_a_limit()
    {
        Assert.True(UsernameCaseMapped.TryEnforce(new string('a', 4096), out _));
        Assert.False(UsernameCaseMapped.TryEnforce(new string('a', 4097), out _));
    }

    [Theory]
    [InlineData("・")]
    [InlineData("\u200C")]
    [InlineData("ه\u064B\u200C")]
    [InlineData("l·")]
    [InlineData("\u0301")]
    [InlineData("\u0323\u0301")]
    [InlineData("אa")]
    [InlineData("ﾊﾞ")]
    public void Long_repetition_stays_quick(string repeated)
    {
        // Whatever the answer: a quadratic rule would be felt here.
        var text = string.Concat(Enumerable.Repeat(repeated, 4096 / repeated.Length));
        for (var i = 0; i < 20; i++)
        {
            UsernameCaseMapped.TryEnforce(text, out _);
            OpaqueString.TryEnforce(text, out _);
        }
    }

    [Fact]
    public void Every_code_point_has_an_answer_that_is_stable()
    {
        for (var value = 0; value <= 0x10FFFF; value += value < 0x3000 ? 1 : 37)
        {
            var text = value is >= 0xD800 and <= 0xDFFF ? ((char)value).ToString() : char.ConvertFromUtf32(value);
            if (UsernameCaseMapped.TryEnforce(text, out var username))
            {
                Assert.True(UsernameCaseMapped.TryEnforce(username, out var again) && again == username, $"U+{value:X4}");

                // What an identifier may have, a password may too.
                Assert.True(OpaqueString.TryEnforce(username, out _), $"U+{value:X4}");
            }

            if (OpaqueString.TryEnforce(text, out var password))
            {
                Assert.True(OpaqueString.TryEnforce(password, out var again) && again == password, $"U+{value:X4}");
            }
        }
    }
}
