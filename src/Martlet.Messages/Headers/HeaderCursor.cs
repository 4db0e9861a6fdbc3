using System.Buffers;
using Martlet.Messages.Mime;

namespace Martlet.Messages.Headers;

/// <summary>
/// Walks over a structured field value (RFC 5322 §3.2): folding white space, comments, quoted strings. Linear: a quote or parenthesis that is never
/// closed is found out once and then is an ordinary character.
/// </summary>
internal ref struct HeaderCursor(ReadOnlySpan<byte> value)
{
    private static readonly SearchValues<byte> CommentBytes = SearchValues.Create("()\\"u8);
    private static readonly SearchValues<byte> QuoteBytes = SearchValues.Create("\"\\"u8);

    /// <summary>What ends a token of MIME (RFC 2045 §5.1 tspecials), but for <c>/ [ ] ? @ :</c> and the rest that people leave unquoted.</summary>
    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create(" \t\r\n\0();,=\""u8);

    private ReadOnlySpan<byte> _rest = value;
    private bool _quotesAreBroken;
    private bool _commentsAreBroken;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>How many bytes were looked at so far, those looked at twice counted twice. Tests hold it against the length of the value.</summary>
    public long Work { get; private set; }

    public void Skip(int length) => _rest = _rest[length..];

    /// <summary>Counts bytes that the caller looked at by himself.</summary>
    public void AddWork(int length) => Work += length;

    public bool TrySkip(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>Skips space, line ends, NUL and comments. The content of the last comment is left in <paramref name="comment"/> if one is given.</summary>
    public bool SkipSpace(MetaWriter? comment = null)
    {
        var before = _rest.Length;
        while (true)
        {
            _rest = _rest.TrimStart(" \t\r\n\0"u8);
            Work++;
            if (_rest.IsEmpty || _rest[0] != '(' || !TryComment(comment))
            {
                return _rest.Length < before;
            }
        }
    }

    /// <summary>Takes a token, perhaps empty.</summary>
    public ReadOnlySpan<byte> Token()
    {
        var end = _rest.IndexOfAny(TokenEnds);
        var token = end < 0 ? _rest : _rest[..end];
        Work += token.Length + 1;
        _rest = _rest[token.Length..];
        return token;
    }

    /// <summary>Takes bytes up to one of those given, or to the end.</summary>
    public ReadOnlySpan<byte> Until(byte end)
    {
        var length = _rest.IndexOf(end);
        var taken = length < 0 ? _rest : _rest[..length];
        Work += taken.Length + 1;
        _rest = _rest[taken.Length..];
        return taken;
    }

    /// <summary>Takes a quoted string, without its quotes and escapes and line ends.</summary>
    /// <returns>False, with nothing taken, when there is none or it is never closed.</returns>
    public bool TryQuoted(MetaWriter output)
    {
        if (_rest.IsEmpty || _rest[0] != '"' || _quotesAreBroken)
        {
            return false;
        }

        var restored = output.Length;
        var i = 1;
        while (true)
        {
            var plain = _rest[i..].IndexOfAny(QuoteBytes);
            Work += plain < 0 ? _rest.Length - i : plain + 1;
            if (plain < 0 || _rest[i + plain] == '\\' && i + plain + 1 >= _rest.Length)
            {
                _quotesAreBroken = true;
                output.Truncate(restored);
                return false;
            }

            AppendLine(_rest.Slice(i, plain), output);
            i += plain + 1;
            if (_rest[i - 1] == '"')
            {
                _rest = _rest[i..];
                return true;
            }

            AppendLine(_rest.Slice(i, 1), output);
            i++;
        }
    }

    /// <summary>Looks whether <c>token =</c> comes next.</summary>
    public bool PeekParameter()
    {
        var ahead = this;
        var hasName = !ahead.Token().IsEmpty;
        ahead.SkipSpace();

        // What was found out about comments stays known, or each look ahead would search to the end again.
        _commentsAreBroken = ahead._commentsAreBroken;
        Work = ahead.Work;
        return hasName && ahead.TrySkip((byte)'=');
    }

    private bool TryComment(MetaWriter? content)
    {
        if (_commentsAreBroken)
        {
            return false;
        }

        content?.Clear();
        var depth = 1;
        var i = 1;
        while (true)
        {
            var plain = _rest[i..].IndexOfAny(CommentBytes);
            Work += plain < 0 ? _rest.Length - i : plain + 1;
            if (plain < 0)
            {
                _commentsAreBroken = true;
                content?.Clear();
                return false;
            }

            if (content is not null)
            {
                AppendLine(_rest.Slice(i, plain), content);
            }

            i += plain;
            var special = _rest[i++];
            if (special == ')' && --depth == 0)
            {
                _rest = _rest[i..];
                return true;
            }

            if (special == '(')
            {
                depth++;
            }
            else if (special == '\\' && i < _rest.Length)
            {
                special = _rest[i++];
            }

            if (special is not ((byte)'\r' or (byte)'\n' or (byte)'\0'))
            {
                content?.Byte(special);
            }
        }
    }

    private static void AppendLine(ReadOnlySpan<byte> text, MetaWriter output)
    {
        while (true)
        {
            var plain = text.IndexOfAny((byte)'\r', (byte)'\n', (byte)'\0');
            output.Raw(plain < 0 ? text : text[..plain]);
            if (plain < 0)
            {
                return;
            }

            text = text[(plain + 1)..];
        }
    }
}
