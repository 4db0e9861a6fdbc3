using System.Buffers;
using System.Globalization;

namespace Martlet.Messages.Text;

/// <summary>
/// Takes the text out of HTML while it comes: tags, comments, script and style go, entities become characters, blocks become line ends. Good enough for
/// search and previews; not for showing.
/// </summary>
/// <remarks>Constant memory, linear. Not thread safe; one document per instance.</remarks>
public sealed class HtmlText
{
    /// <summary>How much longer than its input the output of one call may be: an entity that turned out to be none.</summary>
    public const int SlackChars = EntityCharsMax + 4;

    private const int EntityCharsMax = 12;
    private const int NameCharsMax = 10;
    private static readonly SearchValues<char> TextEnds = SearchValues.Create("<&\r\n");
    private readonly char[] _word = new char[Math.Max(EntityCharsMax, NameCharsMax)];
    private int _wordLength;
    private State _state;
    private char _quote;
    private int _dashes;

    /// <summary>The element whose content is skipped, up to its end tag.</summary>
    private string? _skipped;

    private enum State
    {
        Text,
        Entity,
        TagName,
        Tag,
        Quoted,
        Comment,
    }

    /// <summary>Takes the next piece.</summary>
    /// <param name="input">Characters, cut anywhere.</param>
    /// <param name="output">At least <see cref="SlackChars"/> longer than <paramref name="input"/>; must not overlap it.</param>
    /// <returns>How many characters were written.</returns>
    public int Strip(ReadOnlySpan<char> input, Span<char> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, input.Length + SlackChars, nameof(output));
        var length = 0;
        while (!input.IsEmpty)
        {
            var plain = Plain(input);
            if (plain > 0 && _state == State.Text && _skipped is null)
            {
                input[..plain].CopyTo(output[length..]);
                length += plain;
            }

            input = input[plain..];
            if (!input.IsEmpty)
            {
                length += Step(input[0], output[length..]);
                input = input[1..];
            }
        }

        return length;
    }

    /// <summary>How many characters change nothing: most of a document is text, or tags that are skipped.</summary>
    private int Plain(ReadOnlySpan<char> input)
    {
        var length = _state switch
        {
            State.Text when _skipped is not null => input.IndexOf('<'),
            State.Text => input.IndexOfAny(TextEnds),
            State.Tag => input.IndexOfAny('>', '"', '\''),
            State.Quoted => input.IndexOf(_quote),
            State.Comment when _dashes == 0 => input.IndexOf('-'),
            State.Comment or State.Entity or State.TagName or _ => 0,
        };
        return length < 0 ? input.Length : length;
    }

    private int Step(char value, Span<char> output)
    {
        switch (_state)
        {
            case State.Entity:
                return InEntity(value, output);
            case State.TagName:
                return InTagName(value, output);
            case State.Tag:
                _quote = value;
                _state = value switch { '>' => State.Text, '"' or '\'' => State.Quoted, _ => State.Tag };
                return 0;
            case State.Quoted:
                _state = value == _quote ? State.Tag : State.Quoted;
                return 0;
            case State.Comment:
                _state = value == '>' && _dashes >= 2 ? State.Text : State.Comment;
                _dashes = value == '-' ? _dashes + 1 : 0;
                return 0;
            case State.Text:
            default:
                return InText(value, output);
        }
    }

    private int InText(char value, Span<char> output)
    {
        if (value == '<')
        {
            _state = State.TagName;
            _wordLength = 0;
            return 0;
        }

        if (_skipped is not null)
        {
            return 0;
        }

        if (value == '&')
        {
            _state = State.Entity;
            _wordLength = 0;
            return 0;
        }

        // A line end in the source is only space; line ends come from elements.
        output[0] = value is '\r' or '\n' ? ' ' : value;
        return 1;
    }

    private int InTagName(char value, Span<char> output)
    {
        if (_wordLength < NameCharsMax && (char.IsAsciiLetterOrDigit(value) || value is '/' or '!' or '-' && _wordLength < 3))
        {
            _word[_wordLength++] = char.ToLowerInvariant(value);
            if (_word.AsSpan(0, _wordLength).SequenceEqual("!--"))
            {
                _state = State.Comment;
                _dashes = 2;
            }

            return 0;
        }

        var name = _word.AsSpan(0, _wordLength);
        if (_skipped is not null && !(name is ['/', ..] && name[1..].SequenceEqual(_skipped)))
        {
            // Inside script and style a "<" is just a character.
            _state = value == '<' ? State.TagName : State.Text;
            _wordLength = 0;
            return 0;
        }

        if (name.IsEmpty && value is ' ' or '=' or '<')
        {
            // "a < b": not a tag.
            _state = value == '<' ? State.TagName : State.Text;
            output[0] = '<';
            output[1] = value;
            return value == '<' ? 1 : 2;
        }

        _skipped = _skipped is not null ? null : name switch { "script" => "script", "style" => "style", "title" => "title", _ => null };
        _state = State.Tag;
        var isBlock = name.TrimStart('/') is "p" or "br" or "div" or "tr" or "li" or "h1" or "h2" or "h3" or "h4" or "table" or "ul" or "ol" or "hr";
        var isCell = name is "td" or "th";
        output[0] = isCell ? ' ' : '\n';
        return Step(value, default) + (isBlock || isCell ? 1 : 0);
    }

    private int InEntity(char value, Span<char> output)
    {
        var name = _word.AsSpan(0, _wordLength);
        if (value != ';' && _wordLength < EntityCharsMax && (char.IsAsciiLetterOrDigit(value) || value == '#' && _wordLength == 0))
        {
            _word[_wordLength++] = value;
            return 0;
        }

        _state = State.Text;
        if (TryEntity(name, out var character))
        {
            return character.EncodeToUtf16(output) is var length && value == ';' ? length : length + Step(value, output[length..]);
        }

        output[0] = '&';
        name.CopyTo(output[1..]);
        return 1 + name.Length + Step(value, output[(1 + name.Length)..]);
    }

    private static bool TryEntity(ReadOnlySpan<char> name, out System.Text.Rune character)
    {
        var isHex = name is ['#', 'x' or 'X', ..];
        if (name is ['#', ..])
        {
            var digits = name[(isHex ? 2 : 1)..];
            character = default;
            return int.TryParse(digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out var code)
                && code != 0 && System.Text.Rune.TryCreate(code, out character);
        }

        var known = name switch
        {
            "nbsp" => ' ',
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "copy" => '©',
            "reg" => '®',
            "trade" => '™',
            "euro" => '€',
            "pound" => '£',
            "hellip" => '…',
            "mdash" => '—',
            "ndash" => '–',
            "rsquo" => '’',
            "lsquo" => '‘',
            "rdquo" => '”',
            "ldquo" => '“',
            "bull" => '•',
            "middot" => '·',
            "laquo" => '«',
            "raquo" => '»',
            "auml" => 'ä',
            "ouml" => 'ö',
            "uuml" => 'ü',
            "Auml" => 'Ä',
            "Ouml" => 'Ö',
            "Uuml" => 'Ü',
            "szlig" => 'ß',
            "eacute" => 'é',
            "egrave" => 'è',
            "agrave" => 'à',
            "ccedil" => 'ç',
            "zwnj" => '\u200C',
            "shy" => '\u00AD',
            _ => '\0',
        };
        character = known == '\0' ? default : new System.Text.Rune(known);
        return known != '\0';
    }
}
