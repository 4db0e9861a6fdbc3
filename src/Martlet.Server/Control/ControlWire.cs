using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Martlet.Server.Control;

/// <summary>
/// One end of a control connection: JSON values, one a line, and data in chunks of a four-byte length (big-endian) and that many bytes. Length 0 ends the data;
/// <see cref="Broken"/> ends it before its time and is followed by the reason as another chunk.
/// </summary>
/// <remarks>One reader and one writer at a time, which may be different tasks.</remarks>
internal sealed class ControlWire(Socket socket) : IAsyncDisposable
{
    /// <summary>Version of the protocol.</summary>
    public const int Version = 1;

    /// <summary>Longest line of a client, in bytes: a whole configuration. Who can connect owns the server.</summary>
    public const int LineBytesMax = 128 * 1024 * 1024;

    /// <summary>Longest line of the server, in bytes: lists of all accounts, of many logins, a whole configuration.</summary>
    public const int ReplyBytesMax = 128 * 1024 * 1024;

    /// <summary>Largest chunk, in bytes.</summary>
    public const int ChunkBytesMax = 64 * 1024;

    /// <summary>The reason that says the sender was told to stop.</summary>
    public const string Stopped = "";

    private const uint Broken = uint.MaxValue;

    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private byte[] _input = ArrayPool<byte>.Shared.Rent(4096);
    private int _start;
    private int _end;

    /// <summary>Sends a value as one line.</summary>
    public async Task WriteAsync<T>(T value, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        Array.Resize(ref json, json.Length + 1);
        json[^1] = (byte)'\n';
        await _stream.WriteAsync(json, cancel);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="type">How it is read.</param>
    /// <param name="bytesMax">Longest line: <see cref="LineBytesMax"/> or <see cref="ReplyBytesMax"/>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when the peer has closed its side.</returns>
    /// <exception cref="JsonException">The line is not such a value.</exception>
    /// <exception cref="IOException">The connection broke, or the line is too long.</exception>
    public async Task<T?> ReadAsync<T>(JsonTypeInfo<T> type, int bytesMax, CancellationToken cancel)
        where T : class
    {
        while (true)
        {
            var length = _input.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _start;
                _start += length + 1;
                return JsonSerializer.Deserialize(_input.AsSpan(line, length), type) ?? throw new JsonException("A value is missing.");
            }

            if (_end - _start >= bytesMax)
            {
                throw new IOException("A line on the control socket is too long.");
            }

            if (!await FillAsync(cancel))
            {
                return null;
            }
        }
    }

    /// <summary>Sends a chunk of data; an empty one ends the data.</summary>
    public async Task WriteChunkAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancel)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)chunk.Length);
        await _stream.WriteAsync(length, cancel);
        await _stream.WriteAsync(chunk, cancel);
    }

    /// <summary>Ends the data before its time.</summary>
    public async Task WriteBrokenAsync(string reason, CancellationToken cancel)
    {
        var marker = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(marker, Broken);
        await _stream.WriteAsync(marker, cancel);
        await WriteChunkAsync(Encoding.UTF8.GetBytes(reason), cancel);
    }

    /// <summary>Sends bytes as they are; the line before said how many.</summary>
    public ValueTask WriteBytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel) => _stream.WriteAsync(bytes, cancel);

    /// <summary>Reads the length of the next chunk.</summary>
    /// <exception cref="IOException">The data ended before its time; the message is the sender's reason.</exception>
    /// <exception cref="OperationCanceledException">The sender was told to stop.</exception>
    public async Task<int> ReadChunkLengthAsync(CancellationToken cancel)
    {
        var length = await ReadLengthAsync(cancel);
        if (length == Broken)
        {
            var reason = new byte[Math.Min(await ReadLengthAsync(cancel), 1000)];
            for (var at = 0; at < reason.Length;)
            {
                var count = await ReadBytesAsync(reason.AsMemory(at), cancel);
                at = count > 0 ? at + count : throw Gone();
            }

            throw reason.Length == Stopped.Length ? new OperationCanceledException("The sender was told to stop.") : new IOException(Encoding.UTF8.GetString(reason));
        }

        return length <= ChunkBytesMax ? (int)length : throw new IOException("A chunk on the control socket is too long.");
    }

    /// <summary>Reads bytes of a chunk, first what is buffered.</summary>
    /// <returns>0 when the peer has closed its side.</returns>
    public async ValueTask<int> ReadBytesAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        if (_start == _end)
        {
            return await _stream.ReadAsync(buffer, cancel);
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _input.AsSpan(_start, count).CopyTo(buffer.Span);
        _start += count;
        return count;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        if (_input.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_input);
            _input = [];
        }
    }

    private async Task<uint> ReadLengthAsync(CancellationToken cancel)
    {
        while (_end - _start < 4)
        {
            if (!await FillAsync(cancel))
            {
                throw Gone();
            }
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(_input.AsSpan(_start));
        _start += 4;
        return length;
    }

    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        if (_start > 0)
        {
            _input.AsSpan(_start, _end - _start).CopyTo(_input);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _input.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_input.Length * 2);
            _input.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_input);
            _input = larger;
        }

        var count = await _stream.ReadAsync(_input.AsMemory(_end), cancel);
        _end += count;
        return count > 0;
    }

    private static IOException Gone() => new("The other side closed the connection.");
}
