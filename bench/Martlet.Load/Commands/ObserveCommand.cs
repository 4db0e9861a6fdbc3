using System.Diagnostics;
using Martlet.Load.Clients;
using Martlet.Load.Server;
using Martlet.Server.Observe.Metrics;

namespace Martlet.Load.Commands;

/// <summary>What metrics and the journal of mail cost: SMTP deliveries to a server with and one without, in turns; and one measurement of an instrument by itself.</summary>
internal static class ObserveCommand
{
    private sealed record Run(TrafficResult Traffic, double Cpu);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = arguments.Folder("observe");
        var (users, runs, seconds) = (arguments.Number("users", 20), arguments.Number("runs", 5), arguments.Number("seconds", 4));
        var report = new Report(arguments, "server", "bytes", "connections", "msg/s", "p50 ms", "p99 ms", "CPU ms/msg", "msg/s ratio", "CPU ratio");
        await using var bare = await ServerProcess.StartAsync(arguments, Path.Combine(folder, "bare"), users, observe: "none");
        await using var metrics = await ServerProcess.StartAsync(arguments, Path.Combine(folder, "metrics"), users, observe: "metrics");
        await using var both = await ServerProcess.StartAsync(arguments, Path.Combine(folder, "both"), users, observe: "all");
        (string Name, ServerProcess Server)[] servers = [("neither", bare), ("metrics", metrics), ("metrics and journal", both)];
        foreach (var bytes in arguments.Numbers("bytes", "4096"))
        {
            foreach (var count in arguments.Numbers("connections", "64"))
            {
                var results = servers.ToDictionary(server => server.Name, _ => new List<Run>(), StringComparer.Ordinal);
                for (var run = -1; run < runs; run++)
                {
                    // Each round begins with another one.
                    for (var i = 0; i < servers.Length; i++)
                    {
                        var (name, server) = servers[(i + run + servers.Length) % servers.Length];
                        var result = await MeasureAsync(server, users, Mail.Make(1, bytes), count, seconds);
                        if (run >= 0)
                        {
                            results[name].Add(result);
                        }
                    }
                }

                foreach (var (name, _) in servers)
                {
                    double Median(Func<Run, double> figure) => Figures.Median(results[name].Select(figure));
                    double Ratio(Func<Run, double> figure) => Figures.Median(results[name].Zip(results["neither"], (one, other) => figure(one) / figure(other)));
                    report.Add(
                        name, bytes, count, Median(one => one.Traffic.PerSecond), Median(one => one.Traffic.P50), Median(one => one.Traffic.P99), Median(one => one.Cpu),
                        Ratio(one => one.Traffic.PerSecond), Ratio(one => one.Cpu));
                }
            }
        }

        MeasureInstruments(arguments);
        return 0;
    }

    private static async Task<Run> MeasureAsync(ServerProcess server, int users, byte[] message, int count, int seconds)
    {
        SmtpSender[] senders = [.. Enumerable.Range(0, count).Select(number => new SmtpSender(server.SmtpPort, server.Address(number % users), message))];
        try
        {
            await Task.WhenAll(senders.Select(sender => sender.SendAsync()));
            var cpu = server.CpuMilliseconds;
            var result = await Traffic.RunAsync(count, seconds, number => senders[number].SendAsync());
            return new Run(result, (server.CpuMilliseconds - cpu) / result.Messages);
        }
        finally
        {
            foreach (var sender in senders)
            {
                sender.Dispose();
            }
        }
    }

    private static void MeasureInstruments(Arguments arguments)
    {
        const int Times = 5_000_000;
        var label = new MetricLabel("way", ["in", "out"]);
        using var set = new MetricSet();
        var counter = set.Counter(new MetricInfo("martlet.load.count", MetricKind.Counter, "{time}", "A count.", label));
        var histogram = set.Histogram(new MetricInfo("martlet.load.duration", MetricKind.Histogram, "s", "A time.", label, label));
        var report = new Report(arguments, "instrument", "ns");
        double Nanoseconds(Action<int> measure)
        {
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < Times; i++)
            {
                measure(i);
            }

            return Stopwatch.GetElapsedTime(started).TotalNanoseconds / Times;
        }

        void Count(int i) => counter.Add(1, new KeyValuePair<string, object?>("way", (i & 1) == 0 ? "in" : "out"));
        void Time(int i) => histogram.Record(i * 1e-7, new KeyValuePair<string, object?>("way", "in"), new KeyValuePair<string, object?>("way", "out"));
        report.Add("counter, nobody listens", Nanoseconds(Count));
        report.Add("histogram, nobody listens", Nanoseconds(Time));
        using var collector = new MetricsCollector(set);
        report.Add("counter, one label", Nanoseconds(Count));
        report.Add("histogram, two labels", Nanoseconds(Time));
    }
}
