namespace Martlet.Protocols.Imap;

/// <summary>
/// Reads one whole IMAP command as <see cref="CommandFramer"/> collected it: line text with its literals inline, for example
/// <c>a1 LOGIN {3}\r\nfoo bar\r\n</c>. Methods are named after the ABNF of RFC 9051 §9 and return whether the text was there; the first
/// failure is kept and every later call answers false, so that callers chain and look once. Input never throws.
/// </summary>
/// <remarks>
/// Each byte is looked at a bounded number of times (<see cref="Steps"/>). Spans handed out point into the command, or into a fresh array where
/// a quoted string had escapes; they are valid as long as the command's buffer is. More rules are in <see cref="ImapReaderStrings"/>,
/// <see cref="ImapReaderValues"/> and <see cref="ImapReaderDates"/>.
/// </remarks>
public ref struct ImapReader
{
    private readonly ReadOnlySpan<byte> _input;
    private int _position;

    /// <summary>Starts at the first byte of a command.</summary>
    /// <param name="command">The command, with or without its last line end.</param>
    /// <param name="limits">Limits on numbers of things and sizes; the framer has already bounded the whole.</param>
    /// <param name="utf8">UTF8=ACCEPT or IMAP4rev2 is enabled: mailbox names are UTF-8 as they stand, not modified UTF-7 (RFC 6855 §3).</param>
    public ImapReader(ReadOnlySpan<byte> command, ImapLimits limits, bool utf8)
    {
        _input = command;
        Limits = limits;
        IsUtf8 = utf8;
    }

    /// <summary>The limits in force.</summary>
    public ImapLimits Limits { get; }

    /// <summary>Mailbox names are raw UTF-8.</summary>
    public bool IsUtf8 { get; }

    /// <summary>Offset of the next byte.</summary>
    public readonly int Position => _position;

    /// <summary>Text of the first error for the client's user, without any input in it; null while all is well.</summary>
    public string? Error { get; private set; }

    /// <summary>What kind of refusal <see cref="Error"/> is.</summary>
    public ImapErrorKind ErrorKind { get; private set; }

    /// <summary>Offset at which the first error was found.</summary>
    public int ErrorPosition { get; private set; }

    /// <summary>The first error is a literal whose bytes are not in the input: it was announced, but not collected yet.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>Bytes looked at so far. Bounded by a small multiple of the input's length; the fuzz tests hold us to it.</summary>
    public int Steps { get; private set; }

    /// <summary>Records an error unless there is one.</summary>
    /// <returns>False, always, to end a chain.</returns>
    public bool Fail(string error, ImapErrorKind kind = ImapErrorKind.Syntax)
    {
        if (Error is null)
        {
            Error = error;
            ErrorKind = kind;
            ErrorPosition = _position;
        }

        return false;
    }

    /// <summary>The next byte without taking it; -1 at the end of the input or after an error.</summary>
    public int Peek()
    {
        Steps++;
        return Error is null && _position < _input.Length ? _input[_position] : -1;
    }

    /// <summary>A byte further ahead, as <see cref="Peek"/>.</summary>
    /// <param name="ahead">Bytes after the next one, from 0.</param>
    public int PeekAt(int ahead)
    {
        Steps++;
        return Error is null && _position + ahead < _input.Length ? _input[_position + ahead] : -1;
    }

    /// <summary>Takes the next byte if it is <paramref name="expected"/>. Not taking it is no error.</summary>
    public bool TryTake(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Takes the next byte, which must be <paramref name="expected"/>.</summary>
    public bool Byte(byte expected, string error) => TryTake(expected) || Fail(error);

    /// <summary>One space. RFC 9051 §9 allows exactly one between arguments.</summary>
    public bool Space() => Byte((byte)' ', "Expected a space.");

    /// <summary><c>(</c></summary>
    public bool OpenParen() => Byte((byte)'(', "Expected '('.");

    /// <summary><c>)</c></summary>
    public bool CloseParen() => Byte((byte)')', "Expected ')'.");

    /// <summary>The end of the command: CRLF, LF or nothing, and no byte after it.</summary>
    public bool End()
    {
        if (Error is not null)
        {
            return false;
        }

        var rest = _input[_position..];
        if (!rest.IsEmpty && !rest.SequenceEqual("\r\n"u8) && !rest.SequenceEqual("\n"u8))
        {
            return Fail("Unexpected text after the arguments.");
        }

        _position = _input.Length;
        return true;
    }

    /// <summary>Takes a word of <see cref="Text.Ascii.WordChar"/> if it equals <paramref name="word"/> in any case. Not taking it is no error.</summary>
    /// <param name="word">Upper or lower case ASCII.</param>
    public bool TryKeyword(ReadOnlySpan<byte> word)
    {
        if (Error is not null)
        {
            return false;
        }

        Steps += word.Length + 1;
        var rest = _input[_position..];
        if (rest.Length < word.Length || !System.Text.Ascii.EqualsIgnoreCase(rest[..word.Length], word)
            || (rest.Length > word.Length && Text.Ascii.WordChar.Contains(rest[word.Length])))
        {
            return false;
        }

        _position += word.Length;
        return true;
    }

    /// <summary>A given word, in any case.</summary>
    public bool Keyword(ReadOnlySpan<byte> word) => TryKeyword(word) || Fail("Expected another word.");

    /// <summary>A word of <see cref="Text.Ascii.WordChar"/>, folded to upper case for a <c>switch</c>.</summary>
    /// <param name="upper">Gets the word; a word longer than this is cut and so equals no known one.</param>
    /// <param name="length">Characters written to <paramref name="upper"/>.</param>
    public bool Word(scoped Span<char> upper, out int length)
    {
        length = 0;
        if (!Run(Text.Ascii.WordChar, "Expected a word.", out var word))
        {
            return false;
        }

        System.Text.Ascii.ToUpper(word[..Math.Min(word.Length, upper.Length)], upper, out length);
        return true;
    }

    /// <summary>atom</summary>
    public bool Atom(out ReadOnlySpan<byte> atom) => Run(Text.Ascii.AtomChar, "Expected an atom.", out atom);

    /// <summary>tag, at most <see cref="ImapLimits.TagBytesMax"/> bytes.</summary>
    public bool Tag(out ReadOnlySpan<byte> tag) =>
        Run(Text.Ascii.TagChar, "Expected a tag.", out tag)
        && (tag.Length <= Limits.TagBytesMax || Fail("The tag is too long.", ImapErrorKind.Limit));

    /// <summary>number: unsigned, 32 bits.</summary>
    public bool Number(out uint number)
    {
        number = 0;
        if (!Number64(out var value))
        {
            return false;
        }

        number = unchecked((uint)value);
        return value <= uint.MaxValue || Fail("The number exceeds 32 bits.");
    }

    /// <summary>nz-number: from 1 to 2³²-1.</summary>
    public bool NzNumber(out uint number) => Number(out number) && (number > 0 || Fail("Expected a number above zero."));

    /// <summary>number64: unsigned, 63 bits. Leading zeros are read.</summary>
    public bool Number64(out long number)
    {
        number = 0;
        if (!Run(Text.Ascii.Digit, "Expected a number.", out var digits))
        {
            return false;
        }

        foreach (var digit in digits)
        {
            var value = digit - '0';
            if (number > (long.MaxValue - value) / 10)
            {
                return Fail("The number exceeds 63 bits.");
            }

            number = (number * 10) + value;
        }

        return true;
    }

    /// <summary>Takes one or more bytes of a class.</summary>
    /// <param name="members">The class.</param>
    /// <param name="error">The error if there is none.</param>
    /// <param name="run">The bytes.</param>
    public bool Run(System.Buffers.SearchValues<byte> members, string error, out ReadOnlySpan<byte> run)
    {
        run = default;
        if (Error is not null)
        {
            return false;
        }

        var rest = _input[_position..];
        var length = rest.IndexOfAnyExcept(members);
        run = length < 0 ? rest : rest[..length];
        Steps += run.Length + 1;
        _position += run.Length;
        return !run.IsEmpty || Fail(error);
    }

    /// <summary>The bytes not yet taken; empty after an error. For rules in other files, which count what they look at with <see cref="Take"/>.</summary>
    internal readonly ReadOnlySpan<byte> Rest => Error is null ? _input[_position..] : default;

    /// <summary>Takes bytes of <see cref="Rest"/>.</summary>
    /// <param name="length">How many.</param>
    /// <param name="looked">Bytes looked at, for <see cref="Steps"/>.</param>
    internal void Take(int length, int looked)
    {
        _position += length;
        Steps += looked;
    }

    /// <summary>The first error is a literal without its data.</summary>
    internal bool FailIncomplete()
    {
        IsIncomplete |= Error is null;
        return Fail("The literal's data is missing.");
    }
}
