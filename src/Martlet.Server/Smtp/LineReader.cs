using System.Buffers;
using Martlet.Network.Connections;

namespace Martlet.Server.Smtp;

/// <summary>What came from the peer.</summary>
internal enum LineKind
{
    /// <summary>A line ended by CRLF.</summary>
    Line,

    /// <summary>A line ended by LF alone: not a command (RFC 5321 §2.3.8).</summary>
    BareLf,

    /// <summary>A line over its limit; it has been skipped.</summary>
    TooLong,

    /// <summary>A line so long that its end was not waited for.</summary>
    Endless,

    /// <summary>The peer has closed its side.</summary>
    Closed,
}

/// <summary>Reads lines. Replies are sent only when nothing more is buffered, so that pipelined commands are answered together (RFC 2920 §3.2).</summary>
internal sealed class LineReader(Connection connection, SmtpOptions options)
{
    private byte[] _line = [];
    private int _length;

    /// <summary>The last line without its end. Valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line => _line.AsMemory(0, _length);

    /// <summary>Reads the next line.</summary>
    /// <param name="bytesMax">Limit with CRLF; null for a command, whose limit depends on its verb.</param>
    public async ValueTask<LineKind> ReadAsync(int? bytesMax = null)
    {
        Release();
        // For the whole line, however it trickles in; and before the flush, because a peer that gets its reply may already count on it.
        connection.ExpectWithin(options.IdleTimeout);
        while (true)
        {
            var limit = bytesMax ?? CommandLimit(connection.Unread);
            var end = connection.Unread.IndexOf((byte)'\n');
            if (end >= limit || (end < 0 && connection.Unread.Length > limit))
            {
                return await SkipAsync();
            }

            if (end >= 0)
            {
                return Take(end);
            }

            await connection.FlushAsync();
            if (!await connection.FillAsync())
            {
                return LineKind.Closed;
            }
        }
    }

    /// <summary>Gives the line's buffer back; passwords are in some.</summary>
    public void Release()
    {
        if (_line.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_line, clearArray: true);
            _line = [];
        }

        _length = 0;
    }

    private LineKind Take(int end)
    {
        _line = ArrayPool<byte>.Shared.Rent(end + 1);
        connection.Unread[..end].CopyTo(_line);
        connection.Advance(end + 1);
        var hasCr = end > 0 && _line[end - 1] == '\r';
        _length = hasCr ? end - 1 : end;
        return hasCr ? LineKind.Line : LineKind.BareLf;
    }

    private async ValueTask<LineKind> SkipAsync()
    {
        var skipped = 0L;
        while (true)
        {
            var end = connection.Unread.IndexOf((byte)'\n');
            if (end >= 0)
            {
                connection.Advance(end + 1);
                return LineKind.TooLong;
            }

            skipped += connection.Unread.Length;
            connection.DiscardUnread();
            if (skipped > options.SkippedLineBytesMax)
            {
                return LineKind.Endless;
            }

            if (!await connection.FillAsync())
            {
                return LineKind.Closed;
            }
        }
    }

    // RFC 4954 §4: AUTH with an initial response may be longer than other commands.
    private int CommandLimit(ReadOnlySpan<byte> unread) =>
        unread.Length >= 5 && System.Text.Ascii.EqualsIgnoreCase(unread[..5], "AUTH "u8) ? options.AuthLineBytesMax : options.CommandLineBytesMax;
}
