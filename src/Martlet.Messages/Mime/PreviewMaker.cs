using System.Text;
using Martlet.Messages.Text;

namespace Martlet.Messages.Mime;

/// <summary>Makes the preview (RFC 8970) from the first text part that has something to say, while its bytes go by.</summary>
internal sealed class PreviewMaker(MimeLimits limits)
{
    private readonly char[] _text = new char[limits.PreviewCharsMax];
    private int _length;
    private bool _spaceIsDue;
    private bool _isAtLineStart;
    private bool _isQuoted;
    private bool _isHtml;
    private TextExtractor? _extractor;
    private int _bytesLeft;

    /// <summary>Whether bytes of the current part are wanted.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>UTF-8, empty when no part had text.</summary>
    public byte[] Result
    {
        get
        {
            var text = _text.AsSpan(0, _length).TrimEnd(' ');
            return Encoding.UTF8.GetBytes([.. text is [.., var last] && char.IsHighSurrogate(last) ? text[..^1] : text]);
        }
    }

    /// <summary>A leaf begins.</summary>
    public void Begin(PartNode part)
    {
        var fields = new FieldsView(part.Fields);
        var subtype = fields[MetaTag.Subtype].Value;
        var isOwn = part.Presentation == Presentation.AsDeclared && fields[MetaTag.Type].IsPresent;
        _isHtml = isOwn && Ascii.EqualsIgnoreCase(subtype, "html"u8);
        var isReadable = isOwn
            ? MediaTypes.IsText(fields[MetaTag.Type].Value) && (_isHtml || Ascii.EqualsIgnoreCase(subtype, "plain"u8))
            : part.Presentation != Presentation.OctetStream;
        if (_length > 0 || part.IsAttachment || !isReadable || limits.PreviewCharsMax == 0)
        {
            return;
        }

        var charset = new ParameterListView(isOwn ? fields[MetaTag.Parameters].Value : default).Find("charset"u8);
        _extractor = new TextExtractor(fields[MetaTag.Encoding], charset, _isHtml);
        _bytesLeft = limits.PreviewBytesMax;
        _spaceIsDue = false;
        _isQuoted = false;
        _isAtLineStart = true;
        IsOpen = true;
    }

    /// <summary>Bytes of its body.</summary>
    public void Take(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..Math.Min(bytes.Length, _bytesLeft)];
        _bytesLeft -= bytes.Length;
        Span<char> chars = stackalloc char[TextExtractor.OutputCharsMin];
        while (!bytes.IsEmpty && _extractor is not null && _length < _text.Length)
        {
            var written = _extractor.Decode(bytes, chars, isLast: false, out var used);
            bytes = bytes[used..];
            Append(chars[..written]);
        }

        IsOpen = _bytesLeft > 0 && _length < _text.Length;
    }

    /// <summary>The leaf is over.</summary>
    public void End()
    {
        IsOpen = false;
        _extractor = null;
    }

    /// <summary>Takes words whole: previews are made for every message that arrives.</summary>
    private void Append(ReadOnlySpan<char> chars)
    {
        while (!chars.IsEmpty && _length < _text.Length)
        {
            var taken = _isQuoted ? chars.IndexOf('\n') : chars.IndexOfAnyExceptInRange('!', '~');
            taken = taken < 0 ? chars.Length : taken;
            if (taken > 0)
            {
                Word(chars[..taken]);
            }
            else
            {
                Special(chars[0]);
                taken = 1;
            }

            chars = chars[taken..];
        }
    }

    private void Special(char value)
    {
        if (value == '\n')
        {
            _isAtLineStart = true;
            _isQuoted = false;
            _spaceIsDue = true;
        }
        else if (char.IsWhiteSpace(value))
        {
            _spaceIsDue = true;
        }
        else if (!IsInvisible(value))
        {
            Word([value]);
        }
    }

    private void Word(ReadOnlySpan<char> word)
    {
        _isQuoted |= _isAtLineStart && word[0] == '>' && !_isHtml;
        _isAtLineStart = false;
        if (_isQuoted)
        {
            return;
        }

        if (_spaceIsDue && _length > 0)
        {
            _text[_length++] = ' ';
        }

        _spaceIsDue = false;
        word = word[..Math.Min(word.Length, _text.Length - _length)];
        word.CopyTo(_text.AsSpan(_length));
        _length += word.Length;
    }

    /// <summary>Controls, and what newsletters fill their preview text with.</summary>
    private static bool IsInvisible(char value) =>
        char.IsControl(value) || value is '\u00AD' or '\u034F' or '\uFEFF' or (>= '\u200B' and <= '\u200F') or (>= '\u2060' and <= '\u2064');
}
