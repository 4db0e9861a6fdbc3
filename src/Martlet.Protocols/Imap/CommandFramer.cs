namespace Martlet.Protocols.Imap;

/// <summary>
/// Decides where a command ends and when a literal comes, over bytes the session keeps in its own buffer. It holds offsets, never bytes,
/// and scans each byte once however the input is cut.
/// </summary>
/// <remarks>
/// <para>Use: append received bytes to the buffer, call <see cref="Next"/> with everything from the start of the current command on, and
/// act on the step. After <see cref="FrameStepKind.Literal"/> call one of <see cref="AcceptLiteral"/> (its bytes are collected inline),
/// <see cref="StreamLiteral"/> (an APPEND message: the session takes the bytes itself) or <see cref="Refuse"/>. After
/// <see cref="FrameStepKind.Command"/> and <see cref="FrameStepKind.EmptyLine"/> drop <see cref="FrameStep.Length"/> bytes and call <see cref="Reset"/>.</para>
/// <para>A line ends with LF; a CR before it belongs to the line end (bare LF is accepted, as Cyrus and Dovecot do). A line whose last
/// characters spell a literal header announces a literal, wherever that text stands: inside an unfinished quoted string too. Such a command
/// is a syntax error in any case, and reading bytes that were sent as data as if they were commands would be worse.</para>
/// <para>Not thread-safe; one per connection.</para>
/// </remarks>
public sealed class CommandFramer(ImapLimits limits)
{
    private int _scanned;        // Bytes in which no LF was found, from the start of the buffer.
    private int _lineStart;      // Where the line begins that is being looked at.
    private int _lineBytes;      // Line text of this command so far, for the limit.
    private int _literals;
    private long _literalBytes;  // All literals of this command.
    private long _discardLeft;   // Literal bytes still to drop in discard mode.
    private long _discarded;
    private bool _isDiscarding;
    private FrameStep _announced;

    /// <summary>The limits in force. The session replaces them when a peer logs in; the next step uses the new ones.</summary>
    public ImapLimits Limits { get; set; } = limits;

    /// <summary>Looks for the next step of a command.</summary>
    /// <param name="buffered">All bytes buffered since the start of the command (or since <see cref="StreamLiteral"/> or a discarding step), never fewer than in the call before.</param>
    /// <returns>What was found; <see cref="FrameStep.Length"/> counts from the start of <paramref name="buffered"/>.</returns>
    public FrameStep Next(ReadOnlySpan<byte> buffered)
    {
        if (_isDiscarding)
        {
            return NextDiscarded(buffered);
        }

        if (_scanned > buffered.Length)
        {
            return new FrameStep(FrameStepKind.NeedMore, 0); // Inside an accepted literal.
        }

        var end = FindLine(buffered);
        if (end < 0)
        {
            var isTooLong = _lineBytes + buffered.Length - _lineStart > Limits.LineBytesMax;
            return new FrameStep(isTooLong ? FrameStepKind.LineTooLong : FrameStepKind.NeedMore, isTooLong ? buffered.Length : 0);
        }

        _lineBytes += end - _lineStart;
        if (_lineBytes > Limits.LineBytesMax)
        {
            return new FrameStep(FrameStepKind.LineTooLong, end);
        }

        var line = TrimLineEnd(buffered[_lineStart..end]);
        if (line.IsEmpty && _lineStart == 0 && _literals == 0)
        {
            return new FrameStep(FrameStepKind.EmptyLine, end);
        }

        _lineStart = end;
        if (!LiteralHeader.TryReadAtEnd(line, out var header, out _))
        {
            return new FrameStep(FrameStepKind.Command, end);
        }

        _announced = new FrameStep(FrameStepKind.Literal, end) { Literal = header, Limit = CheckLimits(header) };
        return _announced;
    }

    /// <summary>Looks for one line without literals: a SASL response, the DONE of IDLE.</summary>
    /// <param name="buffered">All bytes buffered since the start of the line.</param>
    /// <returns><see cref="FrameStepKind.Command"/> with the length of the line and its end, NeedMore or LineTooLong. After a line: drop it and <see cref="Reset"/>.</returns>
    public FrameStep NextLine(ReadOnlySpan<byte> buffered)
    {
        var end = FindLine(buffered);
        var length = end < 0 ? buffered.Length : end;
        return length > Limits.LineBytesMax ? new FrameStep(FrameStepKind.LineTooLong, length)
            : end < 0 ? new FrameStep(FrameStepKind.NeedMore, 0)
            : new FrameStep(FrameStepKind.Command, end);
    }

    /// <summary>Collects the announced literal inline: the following steps count its bytes as part of the command.</summary>
    public void AcceptLiteral()
    {
        _literals++;
        _literalBytes += _announced.Literal.Bytes;
        // A literal beyond the limits is the caller's mistake; saturate so that it is never mistaken for line text.
        var after = _announced.Length + _announced.Literal.Bytes;
        _scanned = _lineStart = after is > int.MaxValue or < 0 ? int.MaxValue : (int)after;
    }

    /// <summary>
    /// Leaves the announced literal to the session. It drops the command's bytes up to <see cref="FrameStep.Length"/>, takes the literal from the
    /// connection, and then calls <see cref="Next"/> with what follows: the continuation of the same command, counted from zero.
    /// </summary>
    public void StreamLiteral()
    {
        _scanned = _lineStart = _lineBytes = 0; // Each message of a MULTIAPPEND has its own line.
        _literals++; // A continuation that is an empty line is the end of the command, not noise between commands.
    }

    /// <summary>
    /// Gives up the command whose literal was announced. The session drops <see cref="FrameStep.Length"/> bytes and answers. If the literal was
    /// synchronizing, the command is over. If not, the client sends the rest anyway: call <see cref="Next"/> for <see cref="FrameStepKind.Discard"/>
    /// steps until <see cref="FrameStepKind.DiscardEnd"/>.
    /// </summary>
    /// <returns>False if the data is more than <see cref="ImapLimits.DiscardBytesMax"/>: the session says BYE and closes.</returns>
    public bool Refuse()
    {
        var header = _announced.Literal;
        Reset();
        if (header.IsSync)
        {
            return true;
        }

        _isDiscarding = true;
        _discardLeft = header.Bytes;
        _discarded = header.Bytes;
        return header.Bytes <= Limits.DiscardBytesMax;
    }

    /// <summary>Starts over with the next command.</summary>
    public void Reset()
    {
        _scanned = _lineStart = _lineBytes = _literals = 0;
        _literalBytes = _discardLeft = _discarded = 0;
        _isDiscarding = false;
        _announced = default;
    }

    /// <summary>A line without its CRLF or LF.</summary>
    public static ReadOnlySpan<byte> TrimLineEnd(ReadOnlySpan<byte> line) =>
        line is [.., (byte)'\r', (byte)'\n'] ? line[..^2] : line is [.., (byte)'\n'] ? line[..^1] : line;

    private FrameStep NextDiscarded(ReadOnlySpan<byte> buffered)
    {
        if (_discardLeft > 0)
        {
            var length = (int)Math.Min(_discardLeft, buffered.Length);
            _discardLeft -= length;
            return new FrameStep(length == 0 ? FrameStepKind.NeedMore : FrameStepKind.Discard, length);
        }

        var step = NextLine(buffered);
        if (step.Kind != FrameStepKind.Command)
        {
            return step;
        }

        _scanned = 0;
        if (LiteralHeader.TryReadAtEnd(TrimLineEnd(buffered[..step.Length]), out var header, out _) && !header.IsSync)
        {
            _discardLeft = header.Bytes;
            _discarded += Math.Min(header.Bytes, int.MaxValue) + step.Length;
            var isTooMuch = _discarded > Limits.DiscardBytesMax;
            return new FrameStep(isTooMuch ? FrameStepKind.LineTooLong : FrameStepKind.Discard, step.Length);
        }

        Reset();
        return new FrameStep(FrameStepKind.DiscardEnd, step.Length);
    }

    private LiteralLimit CheckLimits(LiteralHeader header) =>
        header.Bytes > Limits.LiteralBytesMax ? LiteralLimit.TooBig
        : _literals >= Limits.LiteralsMax ? LiteralLimit.TooMany
        : _literalBytes + header.Bytes > Limits.LiteralBytesTotalMax ? LiteralLimit.TotalTooBig
        : LiteralLimit.None;

    private int FindLine(ReadOnlySpan<byte> buffered)
    {
        var index = buffered[_scanned..].IndexOf((byte)'\n');
        if (index < 0)
        {
            _scanned = buffered.Length;
            return -1;
        }

        var end = _scanned + index + 1;
        _scanned = end;
        return end;
    }
}
