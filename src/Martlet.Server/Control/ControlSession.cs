using System.Text.Json;
using Martlet.Server.Admin;
using Martlet.Server.Observe;
using Martlet.Server.Transfer;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Control;

/// <summary>One control connection in the server: hello, then requests, one after the other.</summary>
internal sealed partial class ControlSession(ControlWire wire, AdminContext context, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan NewsPeriod = TimeSpan.FromMilliseconds(200);

    private long _lastNews;

    public async Task RunAsync(CancellationToken stop)
    {
        await wire.WriteAsync(new ControlHello(ControlWire.Version, Versions.Program, Environment.ProcessId), ControlJson.Default.ControlHello, stop);
        while (await ReadAsync(stop) is { } request)
        {
            switch (request)
            {
                case ImportRequest import:
                    await ImportAsync(import, stop);
                    continue;
                case ExportRequest export:
                    await ExportAsync(export, stop);
                    continue;
                default:
                    break;
            }

            var reply = await AdminRunner.RunAsync(request, context, stop);
            LogRequest(logger, request.GetType().Name, reply.Status);
            await SendAsync(new ControlLine { Reply = reply }, stop);
        }
    }

    private async Task<AdminRequest?> ReadAsync(CancellationToken stop)
    {
        try
        {
            return await wire.ReadAsync(ControlJson.Default.AdminRequest, ControlWire.LineBytesMax, stop);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            // NotSupportedException: a request of a kind we do not know, from a newer program.
            await SendAsync(new ControlLine { Reply = AdminReply.Refused("The server does not know this request; use the same version of martlet for both.") }, stop);
            return null;
        }
    }

    private async Task ImportAsync(ImportRequest import, CancellationToken stop)
    {
        await using var data = new ChunkStream(wire);
        _lastNews = time.GetTimestamp();
        var reply = await AdminRunner.RunAsync(import, context with { Input = data, Progress = TellAsync }, stop);
        LogRequest(logger, import.GetType().Name, reply.Status);
        await SendAsync(new ControlLine { Reply = reply }, stop);

        // Refused early: take what the client still sends, so that its writes do not fail before it has read our reply.
        var rest = new byte[4096];
        try
        {
            while (!data.IsEnded && await data.ReadAsync(rest, stop) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && data.IsEnded && !stop.IsCancellationRequested)
        {
            // The client has stopped sending, as it should; when it is gone, the next read says so.
            LogRest(logger, e.Message);
        }
    }

    private async Task ExportAsync(ExportRequest export, CancellationToken stop)
    {
        await using var output = new LineDataStream(wire);
        _lastNews = time.GetTimestamp();
        var reply = await AdminRunner.RunAsync(export, context with { Output = output, Progress = TellAsync }, stop);
        LogRequest(logger, export.GetType().Name, reply.Status);
        await SendAsync(new ControlLine { Reply = reply }, stop);
    }

    private async ValueTask TellAsync(TransferProgress news)
    {
        if (news.Problem is null && time.GetElapsedTime(_lastNews) < NewsPeriod)
        {
            return;
        }

        _lastNews = time.GetTimestamp();
        await SendAsync(new ControlLine { Progress = news }, CancellationToken.None);
    }

    private Task SendAsync(ControlLine line, CancellationToken stop) => wire.WriteAsync(line, ControlJson.Default.ControlLine, stop);

    [LoggerMessage(EventId = 1305, Level = LogLevel.Debug, Message = "control: the rest of an import was not sent reason={Reason}")]
    private static partial void LogRest(ILogger logger, string reason);

    [LoggerMessage(EventId = 1304, Level = LogLevel.Information, Message = "admin request={Request} status={Status}")]
    private static partial void LogRequest(ILogger logger, string request, AdminStatus status);
}
