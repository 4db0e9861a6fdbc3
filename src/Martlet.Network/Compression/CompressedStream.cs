using System.Buffers;
using Martlet.Network.Connections;

namespace Martlet.Network.Compression;

/// <summary>
/// A connection compressed with raw DEFLATE both ways (RFC 4978), for servers and clients: above TLS, below the protocol. Nobody ever waits for bytes that
/// were sent: each write goes out as a burst the peer can decode to its end, and reads deliver what has arrived.
/// </summary>
/// <remarks>
/// One reader and one writer at a time, asynchronous only; reads and writes may overlap. Hand over whole bursts in one write: each is compressed by itself.
/// While a peer is silent a reader in a zero-byte read holds no buffer but the decoder's history. Compressing happens before anything is sent, so that no
/// compressor waits for a slow peer.
/// </remarks>
public sealed class CompressedStream : Stream
{
    private const int InputBytes = 8 * 1024;

    // A peer may send blocks that decode to nothing for ever, and a read that always finds some never waits: after so many bytes other connections come first.
    private const int InputBytesPerTurn = 256 * 1024;

    // Most of a burst that is compressed at once, and so the bound of the compressed output's buffer.
    private const int PieceBytes = 64 * 1024;

    private readonly Stream _inner;
    private readonly OutputBuffer _output = new();
    private Inflater _inflater = new();
    private byte[] _input = [];
    private int _start;
    private int _end;
    private int _turn;
    private bool _isAtFlush;
    private Phase _phase;
    private bool _isLastWrite;
    private volatile bool _isReading;

    /// <summary>Compresses from here on.</summary>
    /// <param name="inner">The connection; owned from now on.</param>
    /// <param name="received">Bytes that were read from it already and are compressed.</param>
    public CompressedStream(Stream inner, ReadOnlySpan<byte> received = default)
    {
        _inner = inner;
        if (!received.IsEmpty)
        {
            _input = ArrayPool<byte>.Shared.Rent(received.Length);
            received.CopyTo(_input);
            BytesIn = _end = received.Length;
        }
    }

    private enum Phase
    {
        Compressed,
        Ending, // The peer's last burst was read; its flush mark or final block may still come.
        Plain,
    }

    /// <summary>Whether what is written is compressed.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Compressed bytes received. With <see cref="BytesOut"/> for who bounds how far a peer's data may expand over all.</summary>
    public long BytesIn { get; private set; }

    /// <summary>Bytes that compressed ones have given.</summary>
    public long BytesOut { get; private set; }

    /// <summary>Whether <see cref="TryRestart"/> would: the last compression has ended both ways, and nothing plain behind its end waits to be read.</summary>
    public bool CanRestart => !IsActive && _phase == Phase.Plain && _start == _end;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <summary>Not supported: a connection has no length.</summary>
    public override long Length => throw new NotSupportedException();

    /// <summary>Not supported: a connection has no positions.</summary>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The next write is the last compressed one and ends with a final block; what follows it is sent as it is (RFC 8437 §4.1).</summary>
    public void EndWriting() => _isLastWrite = true;

    /// <summary>The last compressed bytes of the peer have been read: what comes behind its flush mark or final block is plain (RFC 8437 §4.1).</summary>
    public void EndReading() => _phase = Phase.Ending;

    /// <summary>Compresses again, both ways, as a new stream.</summary>
    /// <returns>False, with nothing done, unless <see cref="CanRestart"/>.</returns>
    public bool TryRestart()
    {
        if (!CanRestart)
        {
            return false;
        }

        _inflater = new Inflater();
        _phase = Phase.Compressed;
        _isAtFlush = false;
        IsActive = true;
        return true;
    }

    /// <summary>Reads what has arrived. An empty buffer waits until there is something to read.</summary>
    /// <returns>Bytes; 0 at the end of the connection or of the compressed stream.</returns>
    /// <exception cref="InvalidDataException">What came is not DEFLATE.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (_phase == Phase.Plain)
            {
                return _start < _end ? TakePlain(buffer.Span) : await _inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            }

            if (TryDecode(buffer.Span) is { } count)
            {
                BytesOut += count;
                return count;
            }

            if (_phase != Phase.Plain && !await FillAsync(buffer.IsEmpty, cancellationToken).ConfigureAwait(false))
            {
                return 0;
            }
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends a burst, compressed and flushed.</summary>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!IsActive)
        {
            await _inner.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
            return;
        }

        while (!buffer.IsEmpty)
        {
            var piece = buffer[..Math.Min(buffer.Length, PieceBytes)];
            buffer = buffer[piece.Length..];
            try
            {
                Deflater.Compress(piece.Span, _output, isLast: _isLastWrite && buffer.IsEmpty);
                await _inner.WriteAsync(_output.Written, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _output.Clear();
            }
        }

        IsActive = !_isLastWrite;
        _isLastWrite = false;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => _inner.FlushAsync(cancellationToken);

    /// <summary>Not supported: no thread is blocked for a peer. Use the asynchronous members.</summary>
    public override void Flush() => throw new NotSupportedException();

    /// <summary>Not supported: no thread is blocked for a peer. Use the asynchronous members.</summary>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not supported: no thread is blocked for a peer. Use the asynchronous members.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Not supported: a connection has no positions.</summary>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Not supported: a connection has no length.</summary>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Release();
        await _inner.DisposeAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Release();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    // Decoded bytes, 0 when an empty buffer's reader has something to come for, null when more input is needed or the stream turned plain.
    private int? TryDecode(Span<byte> buffer)
    {
        while (_start < _end || !_isAtFlush)
        {
            // A peer that flushed and then closed its compressor sends an empty final block (03 00) behind the flush mark; no command starts with 03.
            if (_phase == Phase.Ending && _isAtFlush && _input[_start] != 3)
            {
                _phase = Phase.Plain;
                return null;
            }

            var result = _inflater.Inflate(_input.AsSpan(_start, _end - _start), _phase == Phase.Ending ? default : buffer);
            _start += result.Consumed;
            _isAtFlush = result.Status == InflateStatus.Flushed || (_isAtFlush && result.Consumed == 0);
            switch (result.Status)
            {
                case InflateStatus.Ended when _phase == Phase.Ending:
                    _phase = Phase.Plain;
                    return null;
                case InflateStatus.Ended:
                    return result.Written;
                case InflateStatus.NeedOutput when _phase == Phase.Ending:
                    throw new InvalidDataException("Compressed data came after the end of the compression.");
                case InflateStatus.NeedOutput:
                    return result.Written;
                case InflateStatus.Damaged:
                    throw new InvalidDataException("The compressed data is damaged.");
                default:
                    // Not beyond a flush mark: what follows it may be plain, which only the reader of what is before it knows.
                    if (result.Written > 0)
                    {
                        return result.Written;
                    }

                    break;
            }

            if (result.Status == InflateStatus.NeedInput)
            {
                return null;
            }
        }

        return null;
    }

    private int TakePlain(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _start);
        _input.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        ReturnIfEmpty();
        return count;
    }

    private async ValueTask<bool> FillAsync(bool isWaiting, CancellationToken cancel)
    {
        ReturnIfEmpty();
        if (_turn >= InputBytesPerTurn)
        {
            _turn = 0;
            await Task.Yield();
        }

        if (isWaiting)
        {
            await _inner.ReadAsync(Memory<byte>.Empty, cancel).ConfigureAwait(false);
        }

        _input = ArrayPool<byte>.Shared.Rent(InputBytes);
        _isReading = true;
        try
        {
            _end = await _inner.ReadAsync(_input.AsMemory(0, InputBytes), cancel).ConfigureAwait(false);
        }
        finally
        {
            _isReading = false;
        }

        BytesIn += _end;
        _turn += _end;
        ReturnIfEmpty();
        return _end > 0;
    }

    private void ReturnIfEmpty()
    {
        if (_start == _end)
        {
            _start = _end = 0;
            if (_input.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_input);
                _input = [];
            }
        }
    }

    private void Release()
    {
        // A read that still waits writes into the buffer when bytes come: it must never be another's then. The collector takes it.
        if (_isReading)
        {
            _input = [];
        }

        _start = _end = 0;
        ReturnIfEmpty();
        _output.Clear();
    }
}
