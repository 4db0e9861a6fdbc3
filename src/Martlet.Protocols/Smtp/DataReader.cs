namespace Martlet.Protocols.Smtp;

/// <summary>
/// Takes message data apart as it comes after DATA: removes the dots that the client added (RFC 5321 §4.5.2) and finds the end. The end is CRLF "." CRLF and
/// nothing else; a bare CR or LF anywhere is noticed, because a peer that takes one for a line end would see another end than we do (SMTP smuggling).
/// </summary>
/// <remarks>No copies: content is given back as slices of the input. The input may be cut anywhere.</remarks>
public struct DataReader
{
    private State _state;

    // What the last bytes were. A reader starts at the beginning of a line: the CRLF of the DATA command counts (RFC 5321 §4.1.1.4).
    private enum State
    {
        LineStart,
        Dot,
        DotCr,
        Text,
        Cr,
        End,
    }

    /// <summary>Whether CRLF "." CRLF has been read.</summary>
    public readonly bool IsComplete => _state == State.End;

    /// <summary>Whether a CR or LF stood alone somewhere: the message must be refused once it is complete.</summary>
    public bool HasBareLineBreak { get; private set; }

    /// <summary>Reads on.</summary>
    /// <param name="input">Bytes from the client, not empty; not called again when complete.</param>
    /// <param name="consumed">How many of them were taken: at least one.</param>
    /// <returns>The next piece of content, which may be empty.</returns>
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> input, out int consumed)
    {
        var start = 0;
        var at = 0;
        while (at < input.Length)
        {
            switch (_state)
            {
                case State.LineStart when input[at] == '.':
                    // The dot is not content; what came before it is given back first if there is any.
                    if (at > start)
                    {
                        consumed = at;
                        return input[start..at];
                    }

                    start = ++at;
                    _state = State.Dot;
                    break;
                case State.Dot when input[at] == '\r':
                    start = ++at;
                    _state = State.DotCr;
                    break;
                case State.DotCr when input[at] == '\n':
                    _state = State.End;
                    consumed = at + 1;
                    return default;
                case State.DotCr:
                    HasBareLineBreak = true;
                    _state = State.Cr;
                    break;
                case State.Cr:
                    at = AfterCr(input, at);
                    break;
                case State.LineStart:
                case State.Dot:
                case State.Text:
                    at = InText(input, at);
                    break;
                case State.End:
                default:
                    throw new InvalidOperationException("The data has ended.");
            }
        }

        consumed = at;
        return input[start..at];
    }

    // Up to the next line end: most bytes pass here, many at a time.
    private int InText(ReadOnlySpan<byte> input, int at)
    {
        var length = input[at..].IndexOfAny((byte)'\r', (byte)'\n');
        if (length < 0)
        {
            _state = State.Text;
            return input.Length;
        }

        at += length;
        if (input[at] == '\n')
        {
            HasBareLineBreak = true;
            _state = State.Text;
        }
        else
        {
            _state = State.Cr;
        }

        return at + 1;
    }

    private int AfterCr(ReadOnlySpan<byte> input, int at)
    {
        if (input[at] == '\n')
        {
            _state = State.LineStart;
            return at + 1;
        }

        HasBareLineBreak = true;
        if (input[at] == '\r')
        {
            return at + 1;
        }

        _state = State.Text;
        return at;
    }
}
