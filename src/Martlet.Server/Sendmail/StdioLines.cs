using System.Buffers;

namespace Martlet.Server.Sendmail;

/// <summary>Lines of standard input; LF ends one, with or without a CR before it.</summary>
internal sealed class StdioLines(Stream input)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>The last line without its end, up to the limit. Valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Reads a line into <see cref="Line"/>.</summary>
    /// <param name="bytesMax">Bytes kept; a longer line is read to its end and cut.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>Null at the end of input; else whether the whole line is there.</returns>
    public async ValueTask<bool?> ReadAsync(int bytesMax, CancellationToken cancel)
    {
        _line.ResetWrittenCount();
        var isWhole = true;
        var hasRead = false;
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await input.ReadAsync(_buffer, cancel));
                if (_end == 0)
                {
                    Line = _line.WrittenMemory;
                    return hasRead ? isWhole : null;
                }
            }

            hasRead = true;
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            var piece = end < 0 ? _end - _start : end;
            var room = Math.Min(piece, bytesMax - _line.WrittenCount);
            _line.Write(_buffer.AsSpan(_start, room));
            isWhole &= room == piece;
            _start += end < 0 ? piece : piece + 1;
            if (end < 0)
            {
                continue;
            }

            Line = _line.WrittenSpan is [.., (byte)'\r'] ? _line.WrittenMemory[..^1] : _line.WrittenMemory;
            return isWhole;
        }
    }
}
