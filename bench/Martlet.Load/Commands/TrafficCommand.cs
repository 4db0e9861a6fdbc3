using Martlet.Load.Clients;
using Martlet.Load.Server;

namespace Martlet.Load.Commands;

/// <summary>Durable messages a second over SMTP or APPEND, next to the floor measured in the same minute.</summary>
internal static class TrafficCommand
{
    private sealed record Run(TrafficResult Traffic, double Cpu, double ClientCpu, double Batch, double Floor, double Floor2);

    public static async Task<int> RunAsync(Arguments arguments, bool isSmtp)
    {
        var folder = arguments.Folder(arguments.Command);
        var users = arguments.Number("users", 20);
        var runs = arguments.Number("runs", 3);
        var report = new Report(
            arguments, "bytes", "connections", "msg/s", "p50 ms", "p99 ms", "batch", "CPU ms/msg", "client CPU", "floor/s", "ratio", "floor2/s", "ratio2");
        await using var server = await ServerProcess.StartAsync(arguments, folder, users);
        foreach (var bytes in arguments.Numbers("bytes", "4096,30720,1048576"))
        {
            var message = Mail.Make(1, bytes);
            ISender Sender(int number) => isSmtp
                ? new SmtpSender(server.SmtpPort, server.Address(number % users), message)
                : new AppendSender(server.ImapPort, server.Address(number % users), server.Password, message);
            await MeasureAsync(server, Sender, 16, arguments.Number("warmup", 3));
            foreach (var count in arguments.Numbers("connections", "1,4,16,64"))
            {
                var results = new List<Run>();
                for (var run = 0; run < runs; run++)
                {
                    var floor = Floor.Measure(folder, message.Length, count, 0.5);
                    var floor2 = Floor.Measure(folder, message.Length, count, 0.5, hasTwoFiles: true);
                    var result = await MeasureAsync(server, Sender, count, arguments.Number("seconds", 4));
                    results.Add(result with { Floor = floor, Floor2 = floor2 });
                }

                double Median(Func<Run, double> figure) => Figures.Median(results.Select(figure));
                report.Add(
                    bytes, count, Median(one => one.Traffic.PerSecond), Median(one => one.Traffic.P50), Median(one => one.Traffic.P99), Median(one => one.Batch),
                    Median(one => one.Cpu), Median(one => one.ClientCpu), Median(one => one.Floor), Median(one => one.Traffic.PerSecond / one.Floor),
                    Median(one => one.Floor2), Median(one => one.Traffic.PerSecond / one.Floor2));
            }
        }

        return 0;
    }

    private static async Task<Run> MeasureAsync(ServerProcess server, Func<int, ISender> create, int count, double seconds)
    {
        ISender[] senders = [.. Enumerable.Range(0, count).Select(create)];
        try
        {
            await Task.WhenAll(senders.Select(sender => sender.SendAsync()));
            var batches = await server.BatchesAsync();
            var cpu = server.CpuMilliseconds;
            var own = Posix.CpuMilliseconds(Environment.ProcessId);
            var result = await Traffic.RunAsync(count, seconds, number => senders[number].SendAsync());
            return new Run(
                result, (server.CpuMilliseconds - cpu) / result.Messages, (Posix.CpuMilliseconds(Environment.ProcessId) - own) / result.Messages,
                await server.BatchesAsync() is > 0 and var now ? result.Messages / (double)(now - batches) : 0, 0, 0);
        }
        finally
        {
            foreach (var sender in senders)
            {
                sender.Dispose();
            }
        }
    }
}
