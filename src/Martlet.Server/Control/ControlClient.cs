using System.Net.Sockets;
using Martlet.Server.Admin;
using Martlet.Server.Transfer;

namespace Martlet.Server.Control;

/// <summary>The command line's end of the control socket.</summary>
public sealed class ControlClient : IAdminChannel
{
    private readonly ControlWire _wire;

    private ControlClient(ControlWire wire) => _wire = wire;

    /// <summary>Connects to the server of a data folder.</summary>
    /// <param name="path">Path of the socket.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when no server answers there.</returns>
    /// <exception cref="IOException">A server answers and cannot be talked to: another version, or not ours to use.</exception>
    public static async Task<ControlClient?> ConnectAsync(string path, CancellationToken cancel)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            return e.SocketErrorCode == SocketError.AccessDenied
                ? throw new IOException($"The server's control socket {path} is not yours to use; run this as the server's user.", e)
                : null;
        }

        var wire = new ControlWire(socket);
        try
        {
            var hello = await wire.ReadAsync(ControlJson.Default.ControlHello, ControlWire.LineBytesMax, cancel) ?? throw new IOException("The server closed its control socket: too many commands at a time?");
            return hello.Control == ControlWire.Version
                ? new ControlClient(wire)
                : throw new IOException($"The running server is version {hello.Martlet} and does not understand this program; use the same version for both.");
        }
        catch (System.Text.Json.JsonException e)
        {
            await wire.DisposeAsync();
            throw new IOException($"What listens on {path} is not a martlet server.", e);
        }
        catch
        {
            await wire.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<AdminReply> RunAsync(AdminRequest request, CancellationToken cancel)
    {
        await _wire.WriteAsync(request, ControlJson.Default.AdminRequest, cancel);
        return await ReplyAsync(static _ => { }, Stream.Null, cancel);
    }

    /// <inheritdoc/>
    public async Task<AdminReply> ImportAsync(ImportRequest request, Stream input, Action<TransferProgress> progress, CancellationToken cancel)
    {
        await _wire.WriteAsync<AdminRequest>(request, ControlJson.Default.AdminRequest, cancel);
        using var replied = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = SendAsync(input, replied.Token);
        // Not cancelled: when we stop, the server still says what it has taken.
        var reply = await ReplyAsync(progress, Stream.Null, CancellationToken.None);
        await replied.CancelAsync();
        await sending;
        return reply;
    }

    /// <inheritdoc/>
    public async Task<AdminReply> ExportAsync(ExportRequest request, Stream output, Action<TransferProgress> progress, CancellationToken cancel)
    {
        await _wire.WriteAsync<AdminRequest>(request, ControlJson.Default.AdminRequest, cancel);
        // When we stop, the connection is closed: the server notices at its next write.
        return await ReplyAsync(progress, output, cancel);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _wire.DisposeAsync();

    private async Task<AdminReply> ReplyAsync(Action<TransferProgress> progress, Stream output, CancellationToken cancel)
    {
        var buffer = new byte[ControlWire.ChunkBytesMax];
        while (true)
        {
            var line = await _wire.ReadAsync(ControlJson.Default.ControlLine, ControlWire.ReplyBytesMax, cancel) ?? throw new IOException("The server went away before it answered.");
            if (line.Reply is { } reply)
            {
                return reply;
            }

            if (line.Progress is { } news)
            {
                progress(news);
            }

            for (var left = line.Data ?? 0; left > 0;)
            {
                var count = await _wire.ReadBytesAsync(buffer.AsMemory(0, Math.Min(left, buffer.Length)), cancel);
                left = count > 0 ? left - count : throw new IOException("The server went away in the middle of a file.");
                await output.WriteAsync(buffer.AsMemory(0, count), cancel);
            }
        }
    }

    private async Task SendAsync(Stream input, CancellationToken cancel)
    {
        // Not from the pool: a read of standard input cannot be cancelled and may still hold it when we are gone.
        var buffer = new byte[ControlWire.ChunkBytesMax];
        try
        {
            int count;
            do
            {
                count = await input.ReadAsync(buffer, cancel).AsTask().WaitAsync(cancel);
                // Whole chunks only, also when we are told to stop: the end mark must stand where a length is expected.
                await _wire.WriteChunkAsync(buffer.AsMemory(0, count), CancellationToken.None);
            }
            while (count > 0);
        }
        catch (OperationCanceledException)
        {
            await BreakAsync(ControlWire.Stopped);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or UnauthorizedAccessException)
        {
            await BreakAsync(e.Message);
        }
        catch (IOException e)
        {
            // Of the file, then the server hears of it; or of the connection, then this fails too and the missing reply tells.
            await BreakAsync(e.Message);
        }
    }

    private async Task BreakAsync(string reason)
    {
        try
        {
            await _wire.WriteBrokenAsync(reason, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The server has replied and closed, or is gone; the reply or its absence says so.
            return;
        }
    }
}
