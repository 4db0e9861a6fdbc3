using System.Buffers;
using Martlet.Protocols.Imap.Client;

namespace Martlet.Protocols.Imap.Responses;

/// <summary>What <see cref="ResponseFramer.Next"/> found.</summary>
public enum ResponseStep
{
    /// <summary>Nothing whole yet: more bytes are needed.</summary>
    More,

    /// <summary>A whole response.</summary>
    Response,

    /// <summary>The announcement of message data: the next <see cref="ResponseFramer.DataBytes"/> bytes are not the framer's, and go to whoever wants them.</summary>
    MessageData,

    /// <summary>A limit was exceeded: <see cref="ResponseFramer.Error"/> says which. Nothing can be read any more.</summary>
    Limit,
}

/// <summary>
/// Finds where a response ends: lines, and the literals between them (RFC 9051 §4.3). Literals are kept with their response, within limits; those that are
/// message data (BODY[…], BINARY[…], RFC822 in FETCH) can be left to the caller.
/// </summary>
/// <remarks>One per connection, not thread safe. Looks at each byte a bounded number of times, and copies a response only if it came in pieces.</remarks>
public sealed class ResponseFramer(ImapClientLimits limits)
{
    private const int KeptCapacityMax = 64 * 1024;

    private byte[] _buffer = [];
    private int _length;
    private int _lineStart;
    private long _literalLeft;
    private bool _isTaken;
    private bool _isFetch;

    /// <summary>Message data is left to the caller.</summary>
    public bool StreamsMessageData { get; set; }

    /// <summary>Bytes of message data, after <see cref="ResponseStep.MessageData"/>.</summary>
    public long DataBytes { get; private set; }

    /// <summary>Which limit was exceeded, after <see cref="ResponseStep.Limit"/>.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Some of a response was taken, but not yet its end.</summary>
    public bool IsInside => !_isTaken && _length > 0;

    /// <summary>Takes bytes until a response is whole.</summary>
    /// <param name="input">What has come and was not taken.</param>
    /// <param name="consumed">How many of them were taken.</param>
    /// <param name="response">
    /// For Response and MessageData, the text so far, with its literals and its last line end; valid until the next call, or until <paramref name="input"/> goes.
    /// </param>
    public ResponseStep Next(ReadOnlySpan<byte> input, out int consumed, out ReadOnlySpan<byte> response)
    {
        consumed = 0;
        response = default;
        if (_isTaken)
        {
            Clear();
        }

        while (true)
        {
            if (_literalLeft > 0)
            {
                var count = (int)Math.Min(_literalLeft, input.Length);
                Append(input[..count]);
                consumed += count;
                input = input[count..];
                _literalLeft -= count;
                if (_literalLeft > 0)
                {
                    return ResponseStep.More;
                }

                _lineStart = _length;
            }

            var lineLength = input.IndexOf((byte)'\n') + 1;
            var taken = lineLength > 0 ? lineLength : input.Length;
            if (_length - _lineStart + (long)taken > limits.LineBytesMax || _length + (long)taken > limits.ResponseBytesMax)
            {
                return Fail("A response line is too long.");
            }

            consumed += taken;
            var line = input[..taken];
            input = input[taken..];
            if (lineLength > 0 && _length == 0 && line is not [.., (byte)'}', (byte)'\n'] and not [.., (byte)'}', (byte)'\r', (byte)'\n'])
            {
                response = line;
                return ResponseStep.Response;
            }

            Append(line);
            if (lineLength == 0)
            {
                return ResponseStep.More;
            }

            var step = EndLine();
            if (step != ResponseStep.More)
            {
                response = _buffer.AsSpan(0, _length);
                return step;
            }
        }
    }

    /// <summary>A line is whole: it ends the response, or announces a literal.</summary>
    private ResponseStep EndLine()
    {
        var line = CommandFramer.TrimLineEnd(_buffer.AsSpan(_lineStart, _length - _lineStart));
        var isFirst = _lineStart == 0;
        if (isFirst)
        {
            _isFetch = IsFetch(line);
        }

        if (!LiteralHeader.TryReadAtEnd(line, out var header, out var headerLength) || (isFirst && IsStatusText(line)))
        {
            _isTaken = true;
            return ResponseStep.Response;
        }

        _lineStart = _length;
        var isData = _isFetch && IsSectionEnd(line[..^headerLength]);
        if (isData && StreamsMessageData)
        {
            DataBytes = header.Bytes;
            return header.Bytes <= limits.MessageBytesMax ? ResponseStep.MessageData : Fail("A message is too large.");
        }

        if (header.Bytes > (isData ? limits.SectionBytesMax : limits.LiteralBytesMax))
        {
            return Fail(isData ? "A message is too large to be kept." : "A literal is too large.");
        }

        if (_length + header.Bytes > limits.ResponseBytesMax)
        {
            return Fail("A response is too large.");
        }

        _literalLeft = header.Bytes;
        return ResponseStep.More;
    }

    // "* 12 FETCH (" or "* 12 UIDFETCH (".
    private static bool IsFetch(ReadOnlySpan<byte> line)
    {
        if (line is not [(byte)'*', (byte)' ', ..])
        {
            return false;
        }

        var rest = line[2..];
        var digits = rest.IndexOfAnyExcept(Text.Ascii.Digit);
        if (digits <= 0)
        {
            return false;
        }

        rest = rest[digits..].TrimStart((byte)' ');
        return Begins(rest, "FETCH"u8) || Begins(rest, "UIDFETCH"u8);
    }

    // What stands before a literal of message data: a section, an origin, or an item of RFC 3501.
    private static bool IsSectionEnd(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)' ');
        return text is [.., (byte)']' or (byte)'>'] || Ends(text, "RFC822"u8) || Ends(text, "RFC822.HEADER"u8) || Ends(text, "RFC822.TEXT"u8);
    }

    // Text for people may end in what looks like a literal; only an argument of a response code that is still open can be one.
    private static bool IsStatusText(ReadOnlySpan<byte> line)
    {
        if (line is [(byte)'+', ..])
        {
            return true;
        }

        var rest = line[(line.IndexOf((byte)' ') + 1)..];
        var word = rest[..Math.Max(0, rest.IndexOf((byte)' '))];
        var isStatus = Is(word, "OK"u8) || Is(word, "NO"u8) || Is(word, "BAD"u8) || Is(word, "BYE"u8) || Is(word, "PREAUTH"u8);
        return isStatus && !(rest[(word.Length + 1)..] is [(byte)'[', .. var code] && !code.Contains((byte)']'));
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => System.Text.Ascii.EqualsIgnoreCase(text, word);

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => text.Length > word.Length && Is(text[..word.Length], word) && text[word.Length] is (byte)' ' or (byte)'(';

    private static bool Ends(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => text.Length > word.Length && Is(text[^word.Length..], word) && text[^(word.Length + 1)] is (byte)' ' or (byte)'(';

    private ResponseStep Fail(string error)
    {
        Error = error;
        return ResponseStep.Limit;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _buffer.Length)
        {
            // Doubling, so that a response that comes in many pieces is copied a bounded number of times.
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(1024, Math.Max(_length + bytes.Length, (int)Math.Min(2L * _buffer.Length, limits.ResponseBytesMax))));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            Return();
            _buffer = larger;
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    private void Clear()
    {
        _isTaken = false;
        _length = 0;
        _lineStart = 0;
        _isFetch = false;
        if (_buffer.Length > KeptCapacityMax)
        {
            Return();
            _buffer = [];
        }
    }

    private void Return()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
