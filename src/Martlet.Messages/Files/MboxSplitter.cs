namespace Martlet.Messages.Files;

/// <summary>The machine inside <see cref="MboxReader"/>: bytes in, output of one message and its successor's start out.</summary>
internal sealed class MboxSplitter(MboxQuoting quoting)
{
    /// <summary>Most bytes of a line that are looked at in one go; a longer line comes in pieces.</summary>
    private const int PieceBytesMax = 8192;

    /// <summary>The beginning of a line that may be a separator, or an escaped one: not given out before it is known.</summary>
    private readonly byte[] _held = new byte[MboxReader.SeparatorBytesMax + 1];
    private readonly byte[] _output = new byte[PieceBytesMax * 2 + MboxReader.SeparatorBytesMax + 8];
    private int _heldLength;
    private int _outputLength;
    private bool _isAtLineStart = true;
    private bool _hasMessage;

    /// <summary>An empty line that is given out only when no separator follows. The beginning of the file is like one.</summary>
    private bool _emptyLineIsDue;
    private bool _isAfterEmptyLine = true;

    /// <summary>A CR at the end of a piece, which may be half of a line end.</summary>
    private bool _crIsDue;

    public ReadOnlyMemory<byte> Output => _output.AsMemory(0, _outputLength);

    public bool HasStart { get; private set; }

    public DateTimeOffset? StartDate { get; private set; }

    /// <summary>Takes some bytes and stops at a start or when the output is full.</summary>
    /// <returns>How many were taken; at least one if there are any.</returns>
    public int Take(ReadOnlySpan<byte> bytes, bool isLast)
    {
        _outputLength = 0;
        HasStart = false;
        var taken = 0;
        while (taken < bytes.Length && !HasStart && _outputLength < PieceBytesMax / 2)
        {
            var rest = bytes[taken..];
            rest = rest[..Math.Min(rest.Length, PieceBytesMax / 2)];
            taken += _isAtLineStart || _heldLength > 0 ? TakeLineStart(rest) : TakeLineRest(rest);
        }

        if (isLast)
        {
            Finish();
        }

        return taken;
    }

    private int TakeLineStart(ReadOnlySpan<byte> bytes)
    {
        var room = bytes[..Math.Min(bytes.Length, _held.Length - _heldLength)];
        var lineEnd = room.IndexOf((byte)'\n');
        var length = lineEnd < 0 ? room.Length : lineEnd + 1;
        room[..length].CopyTo(_held.AsSpan(_heldLength));
        _heldLength += length;
        var line = _held.AsSpan(0, _heldLength);
        _isAtLineStart = false;
        if (lineEnd >= 0 || _heldLength == _held.Length || !MayMatter(line))
        {
            _heldLength = 0;
            TakeHeld(line);
        }

        return length;
    }

    private void TakeHeld(ReadOnlySpan<byte> line)
    {
        if (_isAfterEmptyLine && MboxDate.TryParse(line, out var date) && line.Length <= MboxReader.SeparatorBytesMax)
        {
            HasStart = true;
            StartDate = date;
            _hasMessage = true;
            _emptyLineIsDue = false;
            _isAfterEmptyLine = false;
            _isAtLineStart = true;
            return;
        }

        if (_emptyLineIsDue)
        {
            Write("\r\n"u8);
        }

        _isAfterEmptyLine = _emptyLineIsDue = line is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
        if (_isAfterEmptyLine)
        {
            _isAtLineStart = true;
            return;
        }

        var isEscaped = quoting == MboxQuoting.Remove && line is [(byte)'>', ..] && line.TrimStart((byte)'>').StartsWith("From "u8);
        WriteLines(isEscaped ? line[1..] : line);
    }

    private int TakeLineRest(ReadOnlySpan<byte> bytes)
    {
        var lineEnd = bytes.IndexOf((byte)'\n');
        var piece = lineEnd < 0 ? bytes : bytes[..(lineEnd + 1)];
        WriteLines(piece);
        return piece.Length;
    }

    /// <summary>Whether a line that begins like this must be seen as a whole: a separator, an escaped one or an empty line.</summary>
    private bool MayMatter(ReadOnlySpan<byte> begin)
    {
        if (begin is [(byte)'\r'])
        {
            return true;
        }

        if (quoting == MboxQuoting.Remove)
        {
            var quoted = begin.TrimStart((byte)'>');
            if (quoted.Length < begin.Length)
            {
                return quoted.Length < 5 && "From "u8.StartsWith(quoted);
            }
        }

        return _isAfterEmptyLine && (begin.Length < 5 ? "From "u8.StartsWith(begin) : begin.StartsWith("From "u8));
    }

    /// <summary>Writes a line or a piece of it, with CRLF at its end.</summary>
    private void WriteLines(ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        var isComplete = piece[^1] == '\n';
        var text = isComplete ? piece[..^1] : piece;
        if (_crIsDue && !(isComplete && text.IsEmpty))
        {
            Write("\r"u8);
        }

        _crIsDue = !isComplete && text[^1] == '\r';
        Write(isComplete && text is [.., (byte)'\r'] || _crIsDue ? text[..^1] : text);
        if (isComplete)
        {
            Write("\r\n"u8);
        }

        _isAtLineStart = isComplete;
    }

    /// <summary>The last line may lack its line end; the last empty line of a message is the separator's.</summary>
    private void Finish()
    {
        if (_heldLength > 0)
        {
            var line = _held.AsSpan(0, _heldLength);
            _heldLength = 0;
            TakeHeld(line);
        }

        if (_crIsDue)
        {
            Write("\r"u8);
            _crIsDue = false;
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_hasMessage)
        {
            bytes.CopyTo(_output.AsSpan(_outputLength));
            _outputLength += bytes.Length;
        }
    }
}
