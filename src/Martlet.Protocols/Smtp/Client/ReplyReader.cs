using System.Buffers;
using System.Text;

namespace Martlet.Protocols.Smtp.Client;

/// <summary>What reading on has given.</summary>
public enum ReplyStep
{
    /// <summary>All was taken, more is needed.</summary>
    NeedMore,

    /// <summary>A reply is complete.</summary>
    Reply,

    /// <summary>This is not SMTP. The reader cannot be used on.</summary>
    Malformed,

    /// <summary>A limit was exceeded. The reader cannot be used on.</summary>
    Limit,
}

/// <summary>
/// Takes the replies of a server apart (RFC 5321 §4.2.1), however the bytes are cut. Lenient where servers are sloppy: a line may end with LF alone, and text may
/// hold any bytes. Strict where it matters: all lines of a reply have the same code.
/// </summary>
/// <remarks>Not thread safe. Linear in the input; keeps one line and the lines before it.</remarks>
public sealed class ReplyReader(SmtpClientLimits limits)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly List<string> _lines = [];
    private int _code;
    private int _bytes;
    private ReplyStatus? _status;

    /// <summary>Reads on.</summary>
    /// <param name="input">Bytes of the server.</param>
    /// <param name="consumed">How many were taken; those after a reply are left.</param>
    /// <param name="reply">The reply when there is one.</param>
    public ReplyStep Next(ReadOnlySpan<byte> input, out int consumed, out ServerReply? reply)
    {
        consumed = 0;
        reply = null;
        while (consumed < input.Length)
        {
            var rest = input[consumed..];
            var end = rest.IndexOf((byte)'\n');
            var length = end < 0 ? rest.Length : end + 1;
            _bytes += length;
            if (_line.WrittenCount + length > limits.ReplyLineBytesMax || _bytes > limits.ReplyBytesMax || _lines.Count >= limits.ReplyLinesMax)
            {
                return ReplyStep.Limit;
            }

            _line.Write(rest[..length]);
            consumed += length;
            if (end < 0)
            {
                break;
            }

            var line = _line.WrittenSpan[..^1];
            line = line is [.., (byte)'\r'] ? line[..^1] : line;
            if (!TryTake(line, out var isLast))
            {
                return ReplyStep.Malformed;
            }

            _line.ResetWrittenCount();
            if (isLast)
            {
                reply = new ServerReply(_code, _status, [.. _lines]);
                _lines.Clear();
                (_code, _bytes, _status) = (0, 0, null);
                return ReplyStep.Reply;
            }
        }

        return ReplyStep.NeedMore;
    }

    private bool TryTake(ReadOnlySpan<byte> line, out bool isLast)
    {
        isLast = line.Length == 3 || (line.Length > 3 && line[3] == ' ');
        if (line.Length < 3 || line[..3].ContainsAnyExceptInRange((byte)'0', (byte)'9') || (!isLast && line[3] != '-'))
        {
            return false;
        }

        var code = ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0';
        if (code is < 200 or > 599 || (_code != 0 && code != _code))
        {
            return false;
        }

        _code = code;
        var text = Printable(line[Math.Min(4, line.Length)..]).AsSpan();
        if (ReplyStatus.TryTake(ref text, code, out var status))
        {
            _status = status;
        }

        _lines.Add(text.ToString());
        return true;
    }

    // With SMTPUTF8 text may be UTF-8 (RFC 6531 §3.7.4); what is not, becomes replacement characters.
    private static string Printable(ReadOnlySpan<byte> text)
    {
        var chars = Encoding.UTF8.GetString(text);
        return chars.Any(char.IsControl) ? string.Create(chars.Length, chars, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = source[i] == '\t' ? ' ' : char.IsControl(source[i]) ? '?' : source[i];
            }
        })
        : chars;
    }
}
