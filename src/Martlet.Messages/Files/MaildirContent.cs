namespace Martlet.Messages.Files;

/// <summary>
/// Line ends of a message file in a Maildir: most programs write LF, which becomes CRLF here; some write CRLF, and their files are taken as they are. The first
/// line end decides.
/// </summary>
public sealed class MaildirContent
{
    private byte[] _output = [];
    private bool _isConverting;
    private bool _isDecided;
    private bool _isAfterCr;

    /// <summary>For the next file.</summary>
    public void Clear() => _isConverting = _isDecided = _isAfterCr = false;

    /// <summary>Takes bytes of the file.</summary>
    /// <returns>Bytes of the message, valid until the next call.</returns>
    public ReadOnlySpan<byte> Feed(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return bytes;
        }

        var first = bytes.IndexOf((byte)'\n');
        if (!_isDecided && first >= 0)
        {
            _isDecided = true;
            _isConverting = !(first > 0 ? bytes[first - 1] == '\r' : _isAfterCr);
        }

        var result = _isConverting && first >= 0 ? Convert(bytes) : bytes;
        _isAfterCr = bytes[^1] == '\r';
        return result;
    }

    private ReadOnlySpan<byte> Convert(ReadOnlySpan<byte> bytes)
    {
        if (_output.Length < bytes.Length * 2)
        {
            _output = new byte[bytes.Length * 2];
        }

        var length = 0;
        var isAfterCr = _isAfterCr;
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            line.CopyTo(_output.AsSpan(length));
            length += line.Length;
            isAfterCr = line.IsEmpty ? isAfterCr : line[^1] == '\r';
            if (end >= 0)
            {
                if (!isAfterCr)
                {
                    _output[length++] = (byte)'\r';
                }

                _output[length++] = (byte)'\n';
                isAfterCr = false;
            }

            bytes = bytes[(line.Length + (end < 0 ? 0 : 1))..];
        }

        return _output.AsSpan(0, length);
    }
}
