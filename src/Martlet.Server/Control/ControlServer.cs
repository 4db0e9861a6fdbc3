using System.Collections.Concurrent;
using System.Net.Sockets;
using Martlet.Server.Admin;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Control;

/// <summary>
/// The way in for the administrator's commands while the server runs: a Unix socket in the data folder. Who may open it may do everything, so the folder (0700) and
/// the socket (0600) belong to the server's user alone.
/// </summary>
public sealed partial class ControlServer : IAsyncDisposable
{
    private const int SessionsMax = 16;

    private readonly Socket _socket;
    private readonly string _path;
    private readonly AdminContext _context;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = new();
    private readonly Task _accepting;

    private ControlServer(Socket socket, string path, AdminContext context, TimeProvider time, ILogger logger)
    {
        _socket = socket;
        _path = path;
        _context = context;
        _time = time;
        _logger = logger;
        _accepting = AcceptAsync();
    }

    /// <summary>Opens the socket. The caller holds the data folder's lock, so a socket file that is there belongs to nobody and is replaced.</summary>
    /// <param name="path">Path of the socket.</param>
    /// <param name="context">What requests work on.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Log.</param>
    /// <exception cref="SocketException">The socket cannot be made.</exception>
    public static ControlServer Start(string path, AdminContext context, TimeProvider time, ILogger logger)
    {
        File.Delete(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            socket.Listen(SessionsMax);
            return new ControlServer(socket, path, context, time, logger);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Ends running requests and closes the socket.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        File.Delete(_path);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var accepted = await _socket.AcceptAsync(_stop.Token);
                if (_sessions.Count >= SessionsMax)
                {
                    accepted.Dispose();
                    continue;
                }

                var session = Task.Run(() => RunAsync(accepted), CancellationToken.None);
                _sessions[session] = true;
                _ = session.ContinueWith(done => _sessions.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException e)
            {
                LogAcceptFailed(_logger, e);
                await Task.Delay(TimeSpan.FromMilliseconds(100), _time, CancellationToken.None);
            }
        }
    }

    private async Task RunAsync(Socket accepted)
    {
        await using var wire = new ControlWire(accepted);
        try
        {
            await new ControlSession(wire, _context, _time, _logger).RunAsync(_stop.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            LogSessionEnded(_logger, e.Message);
        }
#pragma warning disable CA1031 // Session boundary: one request's fault must not end the control socket.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogSessionFault(_logger, e);
        }
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Warning, Message = "control socket: accept failed")]
    private static partial void LogAcceptFailed(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Debug, Message = "control connection ended reason={Reason}")]
    private static partial void LogSessionEnded(ILogger logger, string reason);

    [LoggerMessage(EventId = 1303, Level = LogLevel.Error, Message = "control request failed")]
    private static partial void LogSessionFault(ILogger logger, Exception fault);
}
