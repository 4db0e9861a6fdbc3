using System.Buffers;

namespace Martlet.Server.Transfer;

/// <summary>
/// Line ends of a message for its file in a Maildir: LF, as other programs expect it, when every line of the message ends in CRLF and nothing else, so that an
/// import finds the same bytes again; otherwise the bytes as they are.
/// </summary>
internal struct LineEnds
{
    private long _bytes;
    private long _lines;
    private bool _isAfterCr;
    private bool _isAfterTwo;

    /// <summary>Whether the file has LF where the message has CRLF.</summary>
    public bool IsConverted { get; private set; } = true;

    public LineEnds()
    {
    }

    /// <summary>Bytes of the file.</summary>
    public readonly long FileBytes => IsConverted ? _bytes - _lines : _bytes;

    /// <summary>Looks at bytes of the message.</summary>
    public void Look(ReadOnlySpan<byte> bytes)
    {
        _bytes += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var text = end < 0 ? bytes : bytes[..end];
            if (!text.IsEmpty)
            {
                _isAfterTwo = text is [.., (byte)'\r', (byte)'\r'] || (text is [(byte)'\r'] && _isAfterCr);
                _isAfterCr = text[^1] == '\r';
            }

            if (end < 0)
            {
                return;
            }

            IsConverted &= _isAfterCr && !_isAfterTwo;
            _lines++;
            _isAfterCr = _isAfterTwo = false;
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>Writes bytes of the message as the file has them.</summary>
    /// <param name="bytes">The next bytes.</param>
    /// <param name="isCrDue">Whether a CR was held back at the end of the bytes before.</param>
    /// <param name="output">Gets them.</param>
    /// <returns>Whether a CR is held back at their end.</returns>
    public static bool Convert(ReadOnlySpan<byte> bytes, bool isCrDue, IBufferWriter<byte> output)
    {
        if (isCrDue && bytes is not [(byte)'\n', ..])
        {
            output.Write("\r"u8);
        }

        while (!bytes.IsEmpty)
        {
            var cr = bytes.IndexOf((byte)'\r');
            output.Write(cr < 0 ? bytes : bytes[..cr]);
            if (cr < 0)
            {
                return false;
            }

            bytes = bytes[(cr + 1)..];
            if (bytes.IsEmpty)
            {
                return true;
            }

            if (bytes[0] != '\n')
            {
                output.Write("\r"u8);
            }
        }

        return false;
    }
}
