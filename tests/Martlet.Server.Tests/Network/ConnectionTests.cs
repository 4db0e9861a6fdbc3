using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Martlet.Network.Connections;
using Martlet.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>The end of a connection: buffers and peers that do not let go.</summary>
public sealed class ConnectionTests
{
    private static readonly IPEndPoint Nowhere = new(IPAddress.Loopback, 1);

    [Fact]
    public async Task A_buffer_that_a_read_still_fills_goes_to_nobody_else()
    {
        var peer = new ScriptedStream("half a line"u8.ToArray());
        var connection = new Connection(1, peer, socket: null, Nowhere, Nowhere, TimeProvider.System);
        Assert.True(await connection.FillAsync());
        var pending = connection.FillAsync().AsTask();
        await peer.IsWaiting.Task;
        Assert.True(MemoryMarshal.TryGetArray((ReadOnlyMemory<byte>)peer.WaitingBuffer, out var filling));
        await connection.DisposeAsync();
        Assert.False(pending.IsCompleted);
        for (var i = 0; i < 100; i++)
        {
            Assert.NotSame(filling.Array, ArrayPool<byte>.Shared.Rent(filling.Array!.Length));
        }
    }

    [Fact]
    public async Task A_peer_that_does_not_take_the_end_of_TLS_is_cut_off()
    {
        var time = new FakeTimeProvider();
        using var heartbeat = new Heartbeat(time);
        using var listening = new TcpListener(IPAddress.Loopback, 0);
        listening.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listening.LocalEndpoint);
        var socket = await listening.AcceptSocketAsync();
        var gate = new FullStream(new NetworkStream(socket, ownsSocket: true));
        var connection = new Connection(1, gate, socket, Nowhere, Nowhere, time);
        heartbeat.Add(connection);
#pragma warning disable CA5359 // The test's own certificate.
        await using var tls = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
        await Task.WhenAll(connection.StartTlsAsync(TestServer.Tls, TimeSpan.FromMinutes(1)), tls.AuthenticateAsClientAsync("localhost"));
        connection.End(EndReason.Logout);
        // Nothing more fits into the socket's buffer; a write waits until the socket is closed.
        gate.IsFull = true;
        var closing = connection.DisposeAsync().AsTask();
        for (var i = 0; i < 20 && !closing.IsCompleted; i++)
        {
            Assert.False(socket.SafeHandle.IsClosed);
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(closing, gate.Closed, Task.Delay(5));
            if (socket.SafeHandle.IsClosed)
            {
                return;
            }
        }

        Assert.Fail("Still open.");
    }

    private sealed class FullStream(NetworkStream inner) : Stream
    {
        private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsFull { get; set; }

        public Task Closed => _closed.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (IsFull)
            {
                await _closed.Task;
                throw new IOException("Closed.");
            }

            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        protected override void Dispose(bool disposing)
        {
            _closed.TrySetResult();
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
