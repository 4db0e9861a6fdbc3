namespace Martlet.Protocols.Smtp.Client;

/// <summary>What a server must be told about a message before it is sent.</summary>
/// <param name="SizeBytes">Bytes as they will be sent, with CRLF and without doubled dots (RFC 1870 §5).</param>
/// <param name="HasEightBitHeader">Bytes above 127 stand in the header: only SMTPUTF8 allows them (RFC 6532 §3).</param>
/// <param name="HasEightBitBody">Bytes above 127 stand in the body: 8BITMIME is needed (RFC 6152).</param>
public readonly record struct ContentTraits(long SizeBytes, bool HasEightBitHeader, bool HasEightBitBody);

/// <summary>Finds the <see cref="ContentTraits"/> of a message that passes by, however it is cut.</summary>
public struct ContentScanner
{
    private long _bytes;
    private bool _isInBody;
    private bool _isInLine;
    private bool _hasCr;
    private bool _hasEightBitHeader;
    private bool _hasEightBitBody;

    /// <summary>What has been found so far.</summary>
    public readonly ContentTraits Traits => new(_bytes + (_isInLine ? 2 : 0), _hasEightBitHeader, _hasEightBitBody);

    /// <summary>Looks at a piece.</summary>
    public void Read(ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            if (_hasCr && content[0] == '\n')
            {
                content = content[1..];
                _hasCr = false;
                continue;
            }

            _hasCr = false;
            var end = content.IndexOfAny((byte)'\r', (byte)'\n');
            var text = end < 0 ? content : content[..end];
            var isEightBit = text.ContainsAnyExceptInRange((byte)0, (byte)127);
            _hasEightBitHeader |= isEightBit && !_isInBody;
            _hasEightBitBody |= isEightBit && _isInBody;
            _isInLine |= !text.IsEmpty;
            _bytes += text.Length;
            if (end < 0)
            {
                return;
            }

            _bytes += 2;
            _isInBody |= !_isInLine;
            _isInLine = false;
            _hasCr = content[end] == '\r';
            content = content[(end + 1)..];
        }
    }
}
