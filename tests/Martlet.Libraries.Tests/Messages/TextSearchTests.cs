using System.Text;
using Martlet.Messages.Headers;
using Martlet.Messages.Mime;
using Martlet.Messages.Text;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

/// <summary>Finding text as SEARCH means it: without case and composition (RFC 5051), through transfer encodings, charsets and encoded-words.</summary>
public sealed class TextSearchTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "anything", true)]
    [InlineData("a", "", false)]
    [InlineData("STRASSE", "strasse", true)]
    [InlineData("straße", "STRASSE", false)] // No simple mapping makes two letters of one.
    [InlineData("STRAßE", "straße", true)]
    [InlineData("É", "caf\u00E9", true)]
    [InlineData("\u00C9", "cafe\u0301", true)]
    [InlineData("e\u0301", "CAF\u00C9", true)]
    [InlineData("cafe", "caf\u00E9", true)] // What follows the letter is not part of the string.
    [InlineData("resume", "r\u00E9sum\u00E9", false)]
    [InlineData("\u1EC7", "VI\u1EC6T", true)]
    [InlineData("istanbul", "ISTANBUL", true)]
    [InlineData("ISTANBUL", "\u0131stanbul", true)]
    [InlineData("kelvin", "\u212Aelvin", true)]
    [InlineData("fi", "\uFB01n", true)]
    [InlineData("abc", "\uFF21\uFF22\uFF23", true)]
    [InlineData("ΣΊΣΥΦΟΣ", "Σίσυφος", true)]
    [InlineData("ПРИВЕТ", "привет", true)]
    [InlineData("\u1112\u1161\u11AB", "\uD55C", true)]
    [InlineData("\U0001D400", "a", true)]
    [InlineData("\U00010400", "x\U00010428y", true)]
    [InlineData("😀", "so 😀!", true)]
    [InlineData("😀", "so 😁!", false)]
    [InlineData("日本", "全日本語", true)]
    [InlineData("a b", "a\u00A0b", true)]
    public void Case_and_composition_make_no_difference(string value, string text, bool isThere)
    {
        var finder = new TextFinder(value);
        Assert.Equal(isThere, finder.IsIn(text));
        if (Ascii.IsValid(text))
        {
            Assert.Equal(isThere, finder.IsInAscii(Encoding.ASCII.GetBytes(text)));
        }
    }

    [Fact]
    public void Every_character_is_found_in_itself()
    {
        for (var page = 0; page <= 0x10FF; page++)
        {
            var text = string.Concat(Enumerable.Range(page << 8, 256).Where(Rune.IsValid).Select(codePoint => new Rune(codePoint).ToString()));
            Assert.True(new TextFinder(text).IsIn("before" + text + "behind"), $"U+{page:X2}xx");
        }
    }

    [Fact]
    public void A_lone_surrogate_harms_nothing()
    {
        Assert.True(new TextFinder("b").IsIn("a\uD83D" + "b"));
        Assert.True(new TextFinder("B").IsIn("\uDE00b"));
    }

    [Fact]
    public void Bytes_are_searched_like_text()
    {
        var random = new Random(7);
        for (var round = 0; round < 20_000; round++)
        {
            var text = Random(random, "abAB-[{ ", random.Next(120));
            var value = Random(random, "abAB-[{ ", 1 + random.Next(4));
            Assert.Equal(text.Contains(value, StringComparison.OrdinalIgnoreCase), new TextFinder(value).IsInAscii(Encoding.ASCII.GetBytes(text)));
        }
    }

    [Theory]
    [InlineData("", "utf-8")]
    [InlineData("8bit", "utf-8")]
    [InlineData("8bit", "iso-8859-1")]
    [InlineData("8bit", "utf-16")]
    [InlineData("7bit", "iso-2022-jp")]
    [InlineData("8bit", "shift_jis")]
    [InlineData("base64", "utf-8")]
    [InlineData("base64", "utf-16")]
    [InlineData("quoted-printable", "windows-1252")]
    public void Bodies_are_found_in_whatever_pieces_they_come(string encoding, string charset)
    {
        var random = new Random(encoding.Length + charset.Length);
        var codec = Charsets.Find(Encoding.ASCII.GetBytes(charset));
        var letters = charset is "iso-2022-jp" or "shift_jis" ? "abX .\r\n日本" : "abX .\r\néÉ=";
        for (var round = 0; round < 300; round++)
        {
            var text = Random(random, letters, random.Next(400));
            var value = random.Next(2) == 0 && text.Length > 6 ? text.Substring(random.Next(text.Length - 5), 1 + random.Next(5)) : Random(random, letters, 1 + random.Next(4));
            var body = Encode(codec.GetBytes(text), encoding);
            var search = new BodySearch();
            search.Start(new TextFinder(value), new OptionalBytes(Encoding.ASCII.GetBytes(encoding)), new OptionalBytes(Encoding.ASCII.GetBytes(charset)));
            var isFound = false;
            for (var at = 0; at < body.Length && !isFound;)
            {
                var length = Math.Min(body.Length - at, 1 + random.Next(random.Next(2) == 0 ? 3 : 200));
                isFound = search.Next(body.AsSpan(at, length), at + length == body.Length);
                at += length;
            }

            Assert.Equal(new TextFinder(value).IsIn(text), isFound);
        }
    }

    [Fact]
    public void A_search_string_may_be_longer_than_any_piece()
    {
        var value = string.Concat(Enumerable.Repeat("0123456789", 10_000));
        var body = Encoding.ASCII.GetBytes($"x{value}x");
        foreach (var size in new[] { 1000, 5000, body.Length })
        {
            Assert.True(IsInPieces(value, body, size));
            Assert.False(IsInPieces(value + "y", body, size));
        }
    }

    [Fact]
    public void Latin_1_that_nobody_declared_is_found_wherever_it_stands()
    {
        // Each byte is a character that the decoder has to be told; there are more than fit its buffer.
        var text = new string('\u00E9', 10_000) + "\u00E8nd";
        var body = Encoding.Latin1.GetBytes(text);
        foreach (var size in new[] { 1, 7, 4095, 4096, 4097, body.Length })
        {
            Assert.True(IsInPieces("\u00C9\u00C8ND", body, size));
        }
    }

    [Fact]
    public void Base64_of_large_bodies_is_the_same_with_and_without_whole_lines()
    {
        var random = new Random(3);
        var data = new byte[20_000];
        random.NextBytes(data);
        var lines = Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks);
        foreach (var text in new[] { lines, lines.ReplaceLineEndings("\n"), lines.ReplaceLineEndings(""), lines.Replace("\r\n", " \r\n", StringComparison.Ordinal), "AQ==\r\n" + lines })
        {
            TransferDecoder.TryCreate(new OptionalBytes("base64"u8), out var decoder);
            var decoded = new List<byte>();
            var output = new byte[4096];
            foreach (var piece in Encoding.ASCII.GetBytes(text).Chunk(1 + random.Next(3000)))
            {
                decoded.AddRange(output[..decoder.Decode(piece, output)]);
            }

            Assert.Equal(text.StartsWith("AQ==", StringComparison.Ordinal) ? [1, .. data] : data, decoded);
        }
    }

    [Theory]
    [InlineData("x-colour: deep", true)]
    [InlineData("Deep blue", true)] // Across a fold.
    [InlineData("Deep\r\n blue", false)]
    [InlineData("blueSubject", false)] // Not across fields.
    [InlineData("blue\r\nSubject", false)]
    [InlineData("Straße 5", true)]
    [InlineData("iso-8859", false)] // Only in the encoded form.
    [InlineData("grüße", true)]
    [InlineData("Latin \u00E9", true)]
    [InlineData("", true)]
    [InlineData("nowhere", false)]
    public void Headers_are_searched_as_readers_see_them(string value, bool isThere) => Assert.Equal(isThere, new HeaderSearch().IsInHeader(new TextFinder(value), Header()));

    [Theory]
    [InlineData("X-Colour", "deep blue", true)]
    [InlineData("x-colour", "", true)]
    [InlineData("X-Colou", "", false)]
    [InlineData("Colour", "", false)]
    [InlineData("Subject", "straße", true)]
    [InlineData("Subject", "second", true)]
    [InlineData("Subject", "blue", false)]
    [InlineData("X-Empty", "", true)]
    [InlineData("X-Empty", "a", false)]
    [InlineData("X-Spaced", "value", true)]
    public void Fields_are_searched_by_name(string name, string value, bool isThere) =>
        Assert.Equal(isThere, new HeaderSearch().IsInField(new TextFinder(value), Header(), name));

    [Theory]
    [InlineData("Sun, 1 Feb 2026 09:30:00 +0000", 2026, 2, 1)]
    [InlineData("1 Feb 2026", 2026, 2, 1)]
    [InlineData("  Mon,  2 feb 2026 23:30:00 -0500 (EST)", 2026, 2, 2)]
    [InlineData("28 Feb 2026 99:99:99", 2026, 2, 28)]
    [InlineData("Thu, 31 Dec 2026 23:59:60 +0000", 2026, 12, 31)]
    [InlineData("1 Feb 26 09:30:00 +0000", 2026, 2, 1)]
    [InlineData("Sun Feb  1 09:30:00 2026", 2026, 2, 1)]
    public void The_day_of_a_date(string text, int year, int month, int day)
    {
        Assert.True(MessageDate.TryParseDay(Encoding.ASCII.GetBytes(text), out var date));
        Assert.Equal(new DateOnly(year, month, day), date);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("31 Feb 2026 09:30:00 +0000")]
    [InlineData("1 Foo 2026")]
    public void What_is_no_date_has_no_day(string text) => Assert.False(MessageDate.TryParseDay(Encoding.ASCII.GetBytes(text), out _));

    private static bool IsInPieces(string value, byte[] body, int size)
    {
        var search = new BodySearch();
        search.Start(new TextFinder(value), default, default);
        return Array.Exists([.. body.Chunk(size)], piece => search.Next(piece, isLast: false));
    }

    private static byte[] Header() =>
    [
        .. Encoding.UTF8.GetBytes("""
            X-Colour: Deep
             blue
            Subject: =?iso-8859-1?q?Stra=DFe?= 5
            Subject: second
            Comments: Grüße
            X-Empty:
            X-Spaced : value

            """.ReplaceLineEndings("\r\n")),
        .. "X-Latin: Latin \u00E9\r\n\r\n".Select(c => (byte)c),
    ];

    private static byte[] Encode(byte[] data, string encoding) => encoding switch
    {
        "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(data, Base64FormattingOptions.InsertLineBreaks)),
        "quoted-printable" => Encoding.ASCII.GetBytes(string.Concat(data.Select((value, i) => (value is >= 33 and <= 126 and not 61 ? $"{(char)value}" : $"={value:X2}") + (i % 20 == 19 ? "=\r\n" : "")))),
        _ => data,
    };

    private static string Random(Random random, string letters, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)]));
}
