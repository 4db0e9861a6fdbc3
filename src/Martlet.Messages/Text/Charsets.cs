using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Martlet.Messages.Text;

/// <summary>Finds encodings by the names mail uses (RFC 2046 §4.1.2), without exceptions for unknown ones.</summary>
public static class Charsets
{
    /// <summary>Encodings that .NET has but does not list. UTF-7 is not among them: it hides what it says from every other check.</summary>
    private static readonly (string Name, int CodePage)[] Unlisted =
    [
        ("iso-2022-jp", 50220), ("csiso2022jp", 50221), ("iso-2022-kr", 50225), ("euc-jp", 51932), ("euc-kr", 51949), ("hz-gb-2312", 52936), ("gb18030", 54936),
    ];

    private static readonly FrozenDictionary<string, int> CodePages = Unlisted
        .Concat(Encoding.GetEncodings().Where(info => info.CodePage != 65000).Select(info => (info.Name, info.CodePage)))
        .DistinctBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(entry => entry.Name, entry => entry.CodePage, StringComparer.OrdinalIgnoreCase);

    private static readonly byte[] AllAscii = [.. Enumerable.Range(0, 128).Select(value => (byte)value)];

    private static readonly string AllAsciiText = Encoding.ASCII.GetString(AllAscii);

    private static readonly FrozenSet<int> Numbers = CodePages.Values.ToFrozenSet();

    /// <summary>Names in use that .NET does not list.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8",
        ["latin1"] = "iso-8859-1",
        ["latin-1"] = "iso-8859-1",
        ["sjis"] = "shift_jis",
        ["x-sjis"] = "shift_jis",
        ["ms_kanji"] = "shift_jis",
        ["windows-31j"] = "shift_jis",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["big5-hkscs"] = "big5",
        ["euckr"] = "euc-kr",
        ["ksc5601"] = "ks_c_5601-1987",
        ["koi8-ru"] = "koi8-u",
        ["iso-8859-8-i"] = "iso-8859-8",
        ["tis-620"] = "windows-874",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>UTF-8 where the bytes are, else Latin-1: for text without a usable charset. Every byte sequence has a reading.</summary>
    public static Encoding Guess { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Latin1Fallback());

    /// <summary>Charsets in which ASCII bytes may mean something else, after an escape: ISO-2022, HZ.</summary>
    private static readonly FrozenSet<int> Escaping = new[] { 50220, 50221, 50222, 50225, 50227, 50229, 52936 }.ToFrozenSet();

    private static readonly ConcurrentDictionary<int, bool> Supersets = [];

    /// <summary>Whether bytes that are all ASCII are that ASCII text.</summary>
    /// <param name="charset">What <see cref="Find"/> gave.</param>
    public static bool HoldsAscii(Encoding charset)
    {
        ArgumentNullException.ThrowIfNull(charset);
        return charset.Equals(Guess) || Supersets.GetOrAdd(
            charset.CodePage, static (codePage, charset) => !Escaping.Contains(codePage) && charset.GetString(AllAscii) == AllAsciiText, charset);
    }

    /// <summary>Finds the encoding for a charset parameter.</summary>
    /// <param name="name">The value; RFC 2231 language and NUL are not expected.</param>
    /// <returns><see cref="Guess"/> for absent, unknown and US-ASCII, which in practice is whatever the sender's editor used.</returns>
    public static Encoding Find(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 40 || Ascii.EqualsIgnoreCase(name, "utf-8"u8) || Ascii.EqualsIgnoreCase(name, "us-ascii"u8))
        {
            return Guess;
        }

        var text = Encoding.Latin1.GetString(name).Trim();
        text = Aliases.GetValueOrDefault(text, text);
        var codePage = CodePages.TryGetValue(text, out var known) ? known : ByNumber(text);
        return codePage is 0 or 20127 or 65001 ? Guess : Encoding.GetEncoding(codePage);
    }

    /// <summary>"cp1252", "windows1252", "iso8859-2", "iso_8859-15": the number says it.</summary>
    private static int ByNumber(string name)
    {
        var begin = name.Length;
        while (begin > 0 && char.IsAsciiDigit(name[begin - 1]))
        {
            begin--;
        }

        if (!int.TryParse(name.AsSpan(begin), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return 0;
        }

        var isIso = name.StartsWith("iso", StringComparison.OrdinalIgnoreCase) && name.Contains("8859", StringComparison.Ordinal) && number < 20;
        return Numbers.Contains(isIso ? 28590 + number : number) ? isIso ? 28590 + number : number : 0;
    }

    /// <summary>Reads bytes that are not UTF-8 as Latin-1.</summary>
    private sealed class Latin1Fallback : DecoderFallback
    {
        public override int MaxCharCount => 1;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private byte[] _bytes = [];
            private int _next;

            public override int Remaining => _bytes.Length - _next;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                _bytes = bytesUnknown;
                _next = 0;
                return bytesUnknown.Length > 0;
            }

            public override char GetNextChar() => _next < _bytes.Length ? (char)_bytes[_next++] : '\0';

            public override bool MovePrevious()
            {
                if (_next == 0)
                {
                    return false;
                }

                _next--;
                return true;
            }

            public override void Reset()
            {
                _bytes = [];
                _next = 0;
            }
        }
    }
}
