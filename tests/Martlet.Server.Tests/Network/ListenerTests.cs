using System.Net;
using System.Net.Sockets;
using System.Text;
using Martlet.Network.Connections;
using Martlet.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>The listener over real sockets: refusals in words, clients that do not read, and stopping.</summary>
public sealed class ListenerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Heartbeat _heartbeat;

    public ListenerTests() => _heartbeat = new Heartbeat(_time);

    public void Dispose() => _heartbeat.Dispose();

    [Fact]
    public async Task Above_the_limit_a_peer_is_told_so_and_there_is_room_again_when_one_leaves()
    {
        var service = new TalkingService(async connection =>
        {
            connection.Write("hello\r\n");
            await connection.FlushAsync();
            await connection.FillAsync();
        });
        await using var listener = Start(service, new ConnectionLimits { ConnectionsMax = 1 });
        using var first = await ConnectAsync(listener);
        Assert.Equal("hello\r\n", await ReadAsync(first));
        using (var second = await ConnectAsync(listener))
        {
            Assert.Equal("too many\r\n", await ReadAsync(second));
            Assert.Equal("", await ReadAsync(second));
        }

        first.Close();
        Assert.Equal(EndReason.None, await service.Ended.Task);
        // The place is free once the first session's end has been counted; a new one is refused until then and served after.
        var answer = "";
        while (answer != "hello\r\n")
        {
            using var third = await ConnectAsync(listener);
            answer = await ReadAsync(third);
        }
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off()
    {
        var isWriting = new TaskCompletionSource();
        var service = new TalkingService(async connection =>
        {
            connection.WriteTimeout = TimeSpan.FromMinutes(1);
            connection.Output.Write(new byte[64 * 1024 * 1024]);
            isWriting.SetResult();
            await connection.FlushAsync();
        });
        await using var listener = Start(service, new ConnectionLimits());
        using var client = await ConnectAsync(listener);
        await isWriting.Task;
        // The flush has begun or is about to: its deadline is a minute from then. Let time go until it has passed.
        for (var i = 0; i < 600 && !service.Ended.Task.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(service.Ended.Task, Task.Delay(5));
        }

        Assert.Equal(EndReason.WriteTimeout, await service.Ended.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_client_that_says_nothing_is_asked_to_go_and_then_cut_off()
    {
        var service = new TalkingService(async connection =>
        {
            connection.ExpectWithin(TimeSpan.FromMinutes(1));
            await connection.FillAsync();
        });
        await using var listener = Start(service, new ConnectionLimits());
        using var client = await ConnectAsync(listener);
        for (var i = 0; i < 600 && !service.Ended.Task.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(service.Ended.Task, Task.Delay(5));
        }

        Assert.Equal(EndReason.IdleTimeout, await service.Ended.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_second_listener_on_the_port_is_refused()
    {
        var service = new TalkingService(_ => Task.CompletedTask);
        await using var listener = Start(service, new ConnectionLimits());
        var refused = Assert.Throws<SocketException>(() => Listener.Start(listener.EndPoint, service, Context(new ConnectionLimits()), implicitTls: false));
        Assert.Equal(SocketError.AddressAlreadyInUse, refused.SocketErrorCode);
    }

    private Listener Start(IConnectionService service, ConnectionLimits limits) =>
        Listener.Start(new IPEndPoint(IPAddress.Loopback, 0), service, Context(limits), implicitTls: false);

    private ListenerContext Context(ConnectionLimits limits) => new(_heartbeat, limits, TestServer.Tls, _time, NullLogger.Instance);

    private static async Task<TcpClient> ConnectAsync(Listener listener)
    {
        var client = new TcpClient();
        await client.ConnectAsync(listener.EndPoint);
        return client;
    }

    private static async Task<string> ReadAsync(TcpClient client)
    {
        var buffer = new byte[1024];
        var count = await client.GetStream().ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        return Encoding.ASCII.GetString(buffer, 0, count);
    }

    private sealed class TalkingService(Func<Connection, Task> talk) : IConnectionService
    {
        public TaskCompletionSource<EndReason> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => "test";

        public ReadOnlyMemory<byte> TooManyConnections => "too many\r\n"u8.ToArray();

        public async Task RunAsync(Connection connection)
        {
            try
            {
                await talk(connection);
            }
            finally
            {
                Ended.TrySetResult(connection.EndReason);
            }
        }
    }
}
