using System.Buffers;
using System.Text;

namespace Martlet.Protocols.Smtp;

/// <summary>A reply: code, enhanced status and text for people, of one or more lines (RFC 5321 §4.2, RFC 2034).</summary>
/// <remarks>Whatever the text holds, what is written are lines of printable ASCII: peers' bytes in it cannot make another reply.</remarks>
public sealed record SmtpReply
{
    /// <summary>Longest line with CRLF: RFC 5321 §4.5.3.1.5.</summary>
    public const int LineBytesMax = 512;

    private readonly string[] _lines;

    /// <summary>A reply with enhanced status.</summary>
    /// <param name="code">200 to 599.</param>
    /// <param name="status">Subject and detail.</param>
    /// <param name="lines">At least one line of text that says what to do.</param>
    public SmtpReply(int code, EnhancedStatus status, params string[] lines)
    {
        Code = code;
        Status = status;
        _lines = lines;
    }

    /// <summary>A reply without enhanced status: greeting, HELO, EHLO and 3xx (RFC 2034 §4).</summary>
    public SmtpReply(int code, params string[] lines)
    {
        Code = code;
        _lines = lines;
    }

    /// <summary>Reply code.</summary>
    public int Code { get; }

    /// <summary>Enhanced status; null where none is written.</summary>
    public EnhancedStatus? Status { get; }

    /// <summary>Text.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Whether the command was done or goes on.</summary>
    public bool IsPositive => Code < 400;

    /// <summary>Writes the reply, each line ended by CRLF.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="token">Name of the connection, added in parentheses to the last line of a refusal so that a report finds its log line; empty for none.</param>
    public void WriteTo(IBufferWriter<byte> output, string token = "")
    {
        for (var i = 0; i < _lines.Length; i++)
        {
            var isLast = i == _lines.Length - 1;
            var line = new StringBuilder(LineBytesMax);
            line.Append(Code).Append(isLast ? ' ' : '-');
            if (Status is { } status)
            {
                line.Append(Code / 100).Append('.').Append(status.Subject).Append('.').Append(status.Detail).Append(' ');
            }

            var suffix = isLast && !IsPositive && token.Length > 0 ? $" ({token})" : "";
            var room = LineBytesMax - 2 - line.Length - suffix.Length;
            foreach (var c in _lines[i].AsSpan(0, Math.Min(_lines[i].Length, room)))
            {
                line.Append(c is >= ' ' and <= '~' ? c : '?');
            }

            line.Append(suffix).Append("\r\n");
            Encoding.ASCII.GetBytes(line.ToString(), output);
        }
    }

    /// <summary>The reply as it is written, for logs and tests.</summary>
    public override string ToString()
    {
        var output = new ArrayBufferWriter<byte>();
        WriteTo(output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
