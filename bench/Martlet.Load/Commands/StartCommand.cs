using System.Diagnostics;
using Martlet.Load.Clients;
using Martlet.Load.Server;

namespace Martlet.Load.Commands;

/// <summary>From the start of the process to the greeting of a first IMAP connection, on a store that is there already.</summary>
internal static class StartCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = arguments.Folder("start");
        var times = new List<double>();
        for (var run = -1; run < arguments.Number("runs", 10); run++)
        {
            var started = Stopwatch.GetTimestamp();
            await using var server = await ServerProcess.StartAsync(arguments, folder, 1);
            using var wire = await Wire.ConnectAsync(server.ImapPort);
            await wire.LineAsync();
            if (run >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        var report = new Report(arguments, "server", "ms", "least ms", "most ms");
        report.Add(arguments.Text("server") is null ? "own" : "martlet", Figures.Median(times), times.Min(), times.Max());
        return 0;
    }
}
