using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Martlet.Network.Connections;

/// <summary>One listening socket: accepts, counts, does implicit TLS and hands each connection to its protocol.</summary>
public sealed partial class Listener : IAsyncDisposable
{
    // Begins where the clock is, with room for 65,536 connections a second: no name of a connection comes twice, also not after a restart, so that whoever
    // searches logs and journal for one finds one.
    private static long _lastId = Math.Max(0, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 1_767_225_600 /* 2026 */) << 16;

    private readonly Socket _socket;
    private readonly IConnectionService _service;
    private readonly ListenerContext _context;
    private readonly bool _implicitTls;
    private readonly bool _asksForClientKey;
    private readonly ConcurrentDictionary<long, Task> _running = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly ServiceCounters _counters;

    private Listener(Socket socket, IConnectionService service, ListenerContext context, bool implicitTls, bool asksForClientKey)
    {
        _socket = socket;
        _service = service;
        _context = context;
        _implicitTls = implicitTls;
        _asksForClientKey = asksForClientKey;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _counters = context.Counters.Of(service.Name);
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens; with the real port when 0 was asked for.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Name of the service.</summary>
    public string Name => _service.Name;

    /// <summary>Whether new connections are accepted.</summary>
    public bool IsAccepting => !_accepting.IsCompleted;

    /// <summary>Opens the socket and starts accepting.</summary>
    /// <param name="endPoint">Address and port; port 0 takes any free one.</param>
    /// <param name="service">The protocol.</param>
    /// <param name="context">What all listeners of the server share.</param>
    /// <param name="implicitTls">TLS from the first byte on.</param>
    /// <param name="asksForClientKey">Whether handshakes ask for the client's key: where users log in, never where other servers come.</param>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public static Listener Start(IPEndPoint endPoint, IConnectionService service, ListenerContext context, bool implicitTls, bool asksForClientKey = false)
    {
        var socket = Bind(endPoint);
        try
        {
            socket.Listen(1024);
            return new Listener(socket, service, context, implicitTls, asksForClientKey);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A socket that has an address and does not listen yet, for whoever accepts by other means. The caller owns it.</summary>
    /// <param name="endPoint">Address and port; port 0 takes any free one.</param>
    /// <exception cref="SocketException">The address cannot be had.</exception>
    public static Socket Bind(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.DualMode = false; // 0.0.0.0 and [::] are two listeners; neither shadows the other.
            }

            // A plain bind: it does not mind old connections in TIME_WAIT, and the runtime's ReuseAddress would share the port with whoever asks for the same.
            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Stops accepting, asks all sessions to say goodbye and waits for them; those still there after <paramref name="patience"/> are cut off.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(false);
        foreach (var connection in _context.Heartbeat.Connections)
        {
            connection.RequestClose(EndReason.Shutdown);
        }

        var all = Task.WhenAll(_running.Values);
        try
        {
            await all.WaitAsync(patience, _context.Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            foreach (var connection in _context.Heartbeat.Connections)
            {
                connection.Abort(EndReason.Shutdown);
            }

            await Task.WhenAny(all, Task.Delay(patience, _context.Time)).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket accepted;
            try
            {
                accepted = await _socket.AcceptAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors or a peer that vanished between SYN and accept: wait a little, go on.
                LogAcceptFailed(_context.Logger, _service.Name, e.SocketErrorCode, e);
                try
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), _context.Time, _stop.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                continue;
            }

            var id = Interlocked.Increment(ref _lastId);
            // The session runs on the pool: a handshake or greeting must not hold up the next accept.
            var session = Task.Run(() => RunAsync(id, accepted), CancellationToken.None);
            _running[id] = session;
            // After it is entered, whenever it ends: a session that ended at once must not stay in the list.
            _ = session.ContinueWith(_ => _running.TryRemove(id, out Task? _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task RunAsync(long id, Socket accepted)
    {
        IPEndPoint remote;
        try
        {
            accepted.NoDelay = true;
            remote = (IPEndPoint)accepted.RemoteEndPoint!;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            accepted.Dispose();
            return;
        }

        var connection = new Connection(id, new NetworkStream(accepted, ownsSocket: true), accepted, remote, (IPEndPoint)accepted.LocalEndPoint!, _context.Time)
        {
            AsksForClientKey = _asksForClientKey,
            Counters = _counters,
        };
        var counted = false;
        _counters.CountOpened();
        _context.Heartbeat.Add(connection);
        try
        {
            counted = _context.Limits.TryEnter(remote.Address);
            if (!counted)
            {
                await RefuseAsync(connection).ConfigureAwait(false);
                return;
            }

            if (_stop.IsCancellationRequested)
            {
                connection.RequestClose(EndReason.Shutdown);
            }

            if (_implicitTls)
            {
                await connection.StartTlsAsync(_context.Tls, _context.HandshakeTimeout).ConfigureAwait(false);
            }

            LogOpened(_context.Logger, connection.Token, _service.Name, remote, connection.Tls?.Description ?? "-");
            await _service.RunAsync(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            connection.End(EndReason.PeerClosed);
        }
        catch (OperationCanceledException)
        {
            connection.End(EndReason.Shutdown);
        }
#pragma warning disable CA1031 // Connection boundary: one session's fault must not end the listener.
        catch (Exception e)
#pragma warning restore CA1031
        {
            connection.End(EndReason.ServerError);
            LogSessionFault(_context.Logger, connection.Token, _service.Name, e);
        }
        finally
        {
            LogClosed(_context.Logger, connection.Token, _service.Name, connection.EndReason);
            _counters.CountClosed(connection.EndReason);
            // Watched and counted until it is closed: that waits for the peer, too.
            await connection.DisposeAsync().ConfigureAwait(false);
            _context.Heartbeat.Remove(connection);
            if (counted)
            {
                _context.Limits.Leave(remote.Address);
            }

        }
    }

    private async Task RefuseAsync(Connection connection)
    {
        connection.End(EndReason.TooManyConnections);
        if (!_implicitTls)
        {
            // Before TLS the text would only confuse a TLS client; closing says it.
            connection.WriteTimeout = TimeSpan.FromSeconds(2);
            connection.Write(_service.TooManyConnections.Span);
            await connection.FlushAsync().ConfigureAwait(false);
        }
    }

    [LoggerMessage(EventId = 1001, Level = LogLevel.Information, Message = "connection opened cid={Cid} service={Service} remote={Remote} tls={Tls}")]
    private static partial void LogOpened(ILogger logger, string cid, string service, IPEndPoint remote, string tls);

    [LoggerMessage(EventId = 1002, Level = LogLevel.Information, Message = "connection closed cid={Cid} service={Service} reason={Reason}")]
    private static partial void LogClosed(ILogger logger, string cid, string service, EndReason reason);

    [LoggerMessage(EventId = 1003, Level = LogLevel.Error, Message = "session failed cid={Cid} service={Service}")]
    private static partial void LogSessionFault(ILogger logger, string cid, string service, Exception fault);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "accept failed service={Service} error={Error}")]
    private static partial void LogAcceptFailed(ILogger logger, string service, SocketError error, Exception fault);
}
