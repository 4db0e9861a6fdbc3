namespace Martlet.Messages.Mime;

/// <summary>
/// Finds the structure of a message while its bytes arrive: parts with offsets and line counts (RFC 2045, 2046), the envelope, a preview. Called by whoever
/// receives a message (DATA, APPEND, import), once; FETCH reads what <see cref="MessageStructure.Encode"/> wrote. It never keeps a body, never throws on
/// input, and its work is linear in the input, however the input is cut.
/// </summary>
/// <remarks>
/// Lines end in CRLF or LF. A header goes to its empty line, whatever stands in its lines; a part whose header is cut off by a boundary has an empty body.
/// A delimiter line is exactly <c>--boundary</c> or <c>--boundary--</c> and trailing spaces or tabs; the innermost multipart that is still open wins. What
/// follows a closing delimiter belongs to no part. Not thread safe; one message per instance.
/// </remarks>
public sealed class MimeScanner
{
    /// <summary>Room for dashes, line end and some transport padding beside the boundary. A longer line is not a delimiter.</summary>
    private const int DelimiterSlackBytes = 80;

    private readonly MimeLimits _limits;
    private readonly PartTree _tree;
    private readonly byte[] _head;
    private readonly int _headMax;
    private int _headLength;
    private bool _isAtLineStart = true;
    private bool _isFinished;

    /// <summary>Starts a message.</summary>
    /// <param name="limits">What the message may cost.</param>
    public MimeScanner(MimeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        _tree = new PartTree(limits);
        _headMax = _limits.BoundaryBytesMax + DelimiterSlackBytes;
        _head = new byte[_headMax];
    }

    /// <summary>Takes the next bytes, any number of them. Nothing of <paramref name="bytes"/> is referenced afterwards.</summary>
    /// <exception cref="InvalidOperationException">The message was already ended.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        ThrowIfFinished();
        while (!bytes.IsEmpty)
        {
            var taken = _headLength > 0 ? TakeIntoHead(bytes) : _tree.IsInHeader ? TakeHeaderLine(bytes) : TakeBody(bytes);
            bytes = bytes[taken..];
        }
    }

    /// <summary>Ends the message. The scanner is done then.</summary>
    /// <exception cref="InvalidOperationException">The message was already ended.</exception>
    public MessageStructure Finish()
    {
        ThrowIfFinished();
        _isFinished = true;
        if (_headLength > 0)
        {
            TakeLine(_head.AsSpan(0, _headLength));
            _headLength = 0;
        }

        return _tree.Finish();
    }

    /// <summary>Goes on with a line whose beginning came before: it may be a delimiter, or the empty line.</summary>
    private int TakeIntoHead(ReadOnlySpan<byte> bytes)
    {
        var room = bytes[..Math.Min(bytes.Length, _headMax - _headLength)];
        var lineEnd = room.IndexOf((byte)'\n');
        var taken = lineEnd < 0 ? room.Length : lineEnd + 1;
        room[..taken].CopyTo(_head.AsSpan(_headLength));
        _headLength += taken;
        var head = _head.AsSpan(0, _headLength);
        if (lineEnd >= 0)
        {
            _headLength = 0;
            TakeLine(head);
        }
        else if (_headLength == _headMax || !MayMatter(head))
        {
            _headLength = 0;
            TakePiece(head);
        }

        return taken;
    }

    /// <summary>Takes one header line, or the piece of it that is there.</summary>
    private int TakeHeaderLine(ReadOnlySpan<byte> bytes)
    {
        var lineEnd = bytes.IndexOf((byte)'\n');
        if (lineEnd >= 0)
        {
            if (_isAtLineStart)
            {
                TakeLine(bytes[..(lineEnd + 1)]);
            }
            else
            {
                TakePiece(bytes[..(lineEnd + 1)]);
            }

            return lineEnd + 1;
        }

        return _isAtLineStart ? KeepOrTake(bytes) : TakePiece(bytes);
    }

    /// <summary>Takes body bytes up to the next line that begins with two dashes, or such a line.</summary>
    private int TakeBody(ReadOnlySpan<byte> bytes)
    {
        if (!_tree.HasBoundary)
        {
            return TakePiece(bytes);
        }

        if (_isAtLineStart && MayMatter(bytes))
        {
            var lineEnd = bytes[..Math.Min(bytes.Length, _headMax)].IndexOf((byte)'\n');
            if (lineEnd < 0)
            {
                return KeepOrTake(bytes[..Math.Min(bytes.Length, _headMax)]);
            }

            TakeLine(bytes[..(lineEnd + 1)]);
            return lineEnd + 1;
        }

        var dashes = bytes.IndexOf("\n--"u8);
        if (dashes >= 0)
        {
            return TakePiece(bytes[..(dashes + 1)]);
        }

        // The line break may be the last thing we have, or the first dash.
        return TakePiece(bytes is [.., (byte)'\n', (byte)'-'] ? bytes[..^1] : bytes);
    }

    /// <summary>An unfinished line: kept if it may still matter as a whole.</summary>
    private int KeepOrTake(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length >= _headMax || !MayMatter(bytes))
        {
            return TakePiece(bytes);
        }

        bytes.CopyTo(_head);
        _headLength = bytes.Length;
        return bytes.Length;
    }

    /// <summary>Whether a line that begins like this may be a delimiter or the end of a header.</summary>
    private bool MayMatter(ReadOnlySpan<byte> begin) => begin switch
    {
        [(byte)'-'] or [(byte)'-', (byte)'-', ..] => _tree.HasBoundary,
        [(byte)'\r'] => _tree.IsInHeader,
        _ => false,
    };

    /// <summary>Takes a whole line; only the last of a message may lack its line end.</summary>
    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (line.Length <= _headMax && line.StartsWith("--"u8) && _tree.TryDelimiter(line))
        {
            _isAtLineStart = true;
            return;
        }

        TakePiece(line);
        if (_tree.IsInHeader && line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'])
        {
            _tree.EndHeader();
        }
    }

    private void ThrowIfFinished()
    {
        if (_isFinished)
        {
            throw new InvalidOperationException("One scanner scans one message.");
        }
    }

    private int TakePiece(ReadOnlySpan<byte> piece)
    {
        _tree.Content(piece);
        _isAtLineStart = piece[^1] == '\n';
        return piece.Length;
    }
}
