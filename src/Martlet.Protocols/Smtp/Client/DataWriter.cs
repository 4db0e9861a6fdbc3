using System.Buffers;

namespace Martlet.Protocols.Smtp.Client;

/// <summary>
/// Makes message data for DATA out of content: every line end becomes CRLF, lone CR and LF too (RFC 5321 §2.3.8: neither may be sent, and peers that take one for
/// a line end would see another message), and a dot at the start of a line is doubled (RFC 5321 §4.5.2). The counterpart of <see cref="DataReader"/>.
/// </summary>
/// <remarks>The content may be cut anywhere. Made for one message.</remarks>
public struct DataWriter
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private bool _isInLine;
    private bool _hasCr;

    /// <summary>Writes a piece of content.</summary>
    public void Write(ReadOnlySpan<byte> content, IBufferWriter<byte> output)
    {
        while (!content.IsEmpty)
        {
            if (_hasCr)
            {
                // The CR has been written with its LF.
                _hasCr = false;
                if (content[0] == '\n')
                {
                    content = content[1..];
                    continue;
                }
            }

            var end = content.IndexOfAny(LineEnds);
            var text = end < 0 ? content : content[..end];
            if (!_isInLine && text is [(byte)'.', ..])
            {
                output.Write("."u8);
            }

            output.Write(text);
            _isInLine |= !text.IsEmpty;
            if (end < 0)
            {
                return;
            }

            output.Write("\r\n"u8);
            _isInLine = false;
            _hasCr = content[end] == '\r';
            content = content[(end + 1)..];
        }
    }

    /// <summary>Ends the message; a last line without an end gets one.</summary>
    public readonly void End(IBufferWriter<byte> output) => output.Write(_isInLine ? "\r\n.\r\n"u8 : ".\r\n"u8);
}
