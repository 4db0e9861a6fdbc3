namespace Martlet.Server.Tests.Network;

/// <summary>A peer for one connection without a socket: it sends what it is told, then is silent. It knows the largest write and whether a read waits.</summary>
internal sealed class ScriptedStream(ReadOnlyMemory<byte> input) : Stream
{
    private readonly TaskCompletionSource _never = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream _output = new();
    private ReadOnlyMemory<byte> _input = input;
    private int _waiting;
    private TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Most bytes that one read gives.</summary>
    public int PieceBytes { get; init; } = int.MaxValue;

    /// <summary>What a read fails with after the last byte; waits when null.</summary>
    public Exception? Fault { get; init; }

    /// <summary>Whether each write waits for <see cref="Take"/>.</summary>
    public bool TakesNothing { get; init; }

    /// <summary>Completes when a write waits.</summary>
    public TaskCompletionSource IsWriting { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Input that nobody has read.</summary>
    public int Left => _input.Length;

    /// <summary>Called after each write.</summary>
    public Action? OnWrite { get; set; }

    /// <summary>Largest number of bytes that came at once: what was held for this peer.</summary>
    public int LargestWrite { get; private set; }

    /// <summary>Reads that wait for more input.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Where the last read that waits would put its bytes.</summary>
    public Memory<byte> WaitingBuffer { get; private set; }

    /// <summary>Completes when all input was taken and a read waits with a buffer.</summary>
    public TaskCompletionSource IsWaiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Output => _output.ToArray();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_input.IsEmpty)
        {
            var count = Math.Min(Math.Min(buffer.Length, PieceBytes), _input.Length);
            _input[..count].CopyTo(buffer);
            _input = _input[count..];
            return count;
        }

        if (Fault is not null)
        {
            throw Fault;
        }

        Interlocked.Increment(ref _waiting);
        WaitingBuffer = buffer;
        IsWaiting.TrySetResult();
        try
        {
            await _never.Task.WaitAsync(cancellationToken);
            return 0;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        LargestWrite = Math.Max(LargestWrite, buffer.Length);
        _output.Write(buffer.Span);
        OnWrite?.Invoke();
        if (TakesNothing)
        {
            IsWriting.SetResult();
            await _taken.Task;
        }
    }

    /// <summary>Lets the write that waits go on; the next one waits again.</summary>
    public void Take()
    {
        var taken = _taken;
        _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        IsWriting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        taken.SetResult();
    }

    /// <summary>Fails the write that waits.</summary>
    public void Abort() => _taken.SetException(new IOException("The peer is gone."));

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
