using System.Text;
using Martlet.Network.Compression;
using Martlet.Network.Connections;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>A compressed connection: bursts, its end in the middle of what arrives, and peers that send something else.</summary>
public sealed class CompressedStreamTests
{
    private static readonly byte[] FlushMark = [0, 0, 0, 0xff, 0xff];
    private static readonly byte[] EmptyFinalBlock = [3, 0];

    [Fact]
    public async Task Bursts_are_read_one_by_one_and_whole()
    {
        var stream = new CompressedStream(new PiecesStream([.. Burst("a NOOP\r\n"), .. Burst("b NOOP\r\n")], pieceSize: 1000));
        Assert.Equal("a NOOP\r\n", await ReadAsync(stream));
        Assert.Equal("b NOOP\r\n", await ReadAsync(stream));
        Assert.Equal("", await ReadAsync(stream));
    }

    public static TheoryData<string, byte[]> LastBursts => new()
    {
        { "a flush mark", [.. Stored("a UNAUTHENTICATE\r\n"), .. FlushMark] },
        { "a final block", [.. Stored("a UNAUTHENTICATE\r\n"), .. EmptyFinalBlock] },
        { "a flush mark and a final block", [.. Stored("a UNAUTHENTICATE\r\n"), .. FlushMark, .. EmptyFinalBlock] },
        { "the flush mark of a long burst", Burst(new string('x', 100) + "\r\n") },
        { "a long final block", Burst(new string('x', 100) + "\r\n", isLast: true) },
    };

    [Theory]
    [MemberData(nameof(LastBursts))]
    public async Task What_comes_behind_the_end_is_plain_wherever_the_input_is_cut(string what, byte[] last)
    {
        byte[] all = [.. last, .. "c LOGIN\r\n"u8];
        for (var size = 1; size <= all.Length; size++)
        {
            var stream = new CompressedStream(new PiecesStream(all, size));
            var line = "";
            while (!line.EndsWith('\n'))
            {
                line += await ReadAsync(stream);
            }

            stream.EndReading();
            var rest = "";
            while (await ReadAsync(stream) is { Length: > 0 } more)
            {
                rest += more;
            }

            Assert.Equal((what, size, "c LOGIN\r\n"), (what, size, rest));
        }
    }

    [Fact]
    public async Task Compressed_bytes_behind_the_end_are_an_error()
    {
        var stream = new CompressedStream(new PiecesStream([.. Stored("a\r\n"), .. Stored("b\r\n"), .. FlushMark], pieceSize: 8));
        Assert.Equal("a\r\n", await ReadAsync(stream));
        stream.EndReading();
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(stream));
    }

    [Fact]
    public async Task The_last_write_ends_the_stream_and_the_next_is_plain()
    {
        var peer = new ScriptedStream(default);
        var stream = new CompressedStream(peer);
        stream.EndWriting();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(new string('y', 200_000)));
        var end = peer.Output.Length;
        Assert.False(stream.IsActive);
        await stream.WriteAsync("plain"u8.ToArray());
        Assert.Equal("plain"u8.ToArray(), peer.Output[end..]);
        var inflater = new Inflater();
        var output = new byte[200_001];
        int from = 0, to = 0;
        InflateResult result;
        do
        {
            result = inflater.Inflate(peer.Output.AsSpan(from), output.AsSpan(to));
            from += result.Consumed;
            to += result.Written;
        }
        while (result.Status == InflateStatus.Flushed);
        Assert.Equal((InflateStatus.Ended, end, 200_000), (result.Status, from, to));
    }

    [Fact]
    public async Task It_can_start_again_only_after_all_plain_bytes_were_read()
    {
        var peer = new PiecesStream([.. Burst("a\r\n"), .. "bc"u8, .. Burst("d\r\n")], pieceSize: 15);
        var stream = new CompressedStream(peer);
        Assert.False(stream.TryRestart());
        Assert.Equal("a\r\n", await ReadAsync(stream));
        stream.EndReading();
        stream.EndWriting();
        await stream.WriteAsync("bye"u8.ToArray());
        Assert.False(stream.TryRestart());
        Assert.Equal("b", await ReadAsync(stream, most: 1));
        Assert.False(stream.TryRestart());
        Assert.Equal("c", await ReadAsync(stream, most: 1));
        Assert.True(stream.TryRestart());
        Assert.True(stream.IsActive);
        Assert.Equal("d\r\n", await ReadAsync(stream));
    }

    [Fact]
    public async Task A_flush_mark_alone_does_not_wake_a_reader_that_waits_without_a_buffer()
    {
        var peer = new ScriptedStream((byte[])[.. Burst("a\r\n"), .. FlushMark, .. FlushMark]);
        var stream = new CompressedStream(peer);
        Assert.Equal(0, await stream.ReadAsync(Memory<byte>.Empty));
        Assert.Equal("a\r\n", await ReadAsync(stream));
        var waiting = stream.ReadAsync(Memory<byte>.Empty).AsTask();
        await peer.IsWaiting.Task;
        Assert.False(waiting.IsCompleted);
        Assert.True(peer.WaitingBuffer.IsEmpty);
    }

    [Fact]
    public async Task What_was_received_before_comes_first_and_all_is_counted()
    {
        var first = Burst("a NOOP\r\n");
        var second = Burst("b NOOP\r\n");
        byte[] all = [.. first, .. second];
        for (var cut = 0; cut <= all.Length; cut++)
        {
            var stream = new CompressedStream(new PiecesStream(all[cut..], pieceSize: 1000), all.AsSpan(0, cut));
            var text = "";
            while (await ReadAsync(stream) is { Length: > 0 } more)
            {
                text += more;
            }

            Assert.Equal("a NOOP\r\nb NOOP\r\n", text);
            Assert.Equal((all.Length, text.Length), (stream.BytesIn, stream.BytesOut));
        }
    }

    /// <summary>Blocks that decode to nothing never end a read, and here none ever waits: after 256 kB the thread is given away all the same.</summary>
    [Fact]
    public async Task Input_without_output_does_not_hold_a_thread()
    {
        const int Turn = 256 * 1024;
        var peer = new PiecesStream([.. Enumerable.Repeat(FlushMark, 100_000).SelectMany(static mark => mark), .. Burst("a\r\n")], pieceSize: 8192);
        var stream = new CompressedStream(peer);
        var context = new HeldContext();
        var reading = context.Start(() => ReadAsync(stream));
        Assert.Equal((false, Turn), (reading.IsCompleted, peer.Position));
        context.Release();
        Assert.Equal("a\r\n", await reading);
    }

    [Fact]
    public async Task What_is_not_compressed_is_an_error()
    {
        var stream = new CompressedStream(new PiecesStream("b NOOP\r\nc NOOP\r\n"u8.ToArray(), 100));
        await Assert.ThrowsAsync<InvalidDataException>(async () =>
        {
            while ((await ReadAsync(stream)).Length > 0)
            {
                // Some text may come before the damage is seen.
            }
        });
    }

    // Ends with a flush mark, which short bursts do not have of their own.
    private static byte[] Burst(string text, bool isLast = false)
    {
        var output = new OutputBuffer();
        Deflater.Compress(Encoding.ASCII.GetBytes(text), output, isLast);
        var bytes = output.Written.ToArray();
        output.Clear();
        return text.Length <= Deflater.StoredBytesMax ? [.. bytes, .. FlushMark] : bytes;
    }

    private static byte[] Stored(string text) => Burst(text)[..^FlushMark.Length];

    private static async Task<string> ReadAsync(CompressedStream stream, int most = 1000)
    {
        var buffer = new byte[most];
        return Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
    }

    /// <summary>A peer that sends its bytes in pieces, then closes.</summary>
    private sealed class PiecesStream(byte[] input, int pieceSize) : MemoryStream(input)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceSize)], cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }

    /// <summary>Holds back what asks for another turn, so that a test sees where the first one ended.</summary>
    private sealed class HeldContext : SynchronizationContext
    {
        private readonly Queue<Action> _held = new();

        public override void Post(SendOrPostCallback d, object? state) => _held.Enqueue(() => d(state));

        public T Start<T>(Func<T> run)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return run();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public void Release()
        {
            while (_held.TryDequeue(out var action))
            {
                action();
            }
        }
    }
}
