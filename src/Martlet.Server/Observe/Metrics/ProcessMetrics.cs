using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Martlet.Server.Observe.Metrics;

/// <summary>Metrics of the process, looked up when somebody looks.</summary>
public static class ProcessMetrics
{
    private static readonly MetricInfo Info = new(
        "martlet.info", MetricKind.Gauge, "", "Always 1; the label is the program's version.", new MetricLabel("version", [Versions.Program]) { Shown = "the program's version" });

    private static readonly MetricInfo Cpu = new("martlet.process.cpu.time", MetricKind.Counter, "s", "Time on processors, of all threads.");

    private static readonly MetricInfo Memory = new(
        "martlet.process.memory", MetricKind.Gauge, "By", "Memory: resident in RAM, and of that the managed heap as it was after the last collection.",
        new MetricLabel("kind", ["resident", "heap"]));

    private static readonly MetricInfo Threads = new("martlet.process.threads", MetricKind.Gauge, "{thread}", "Threads.");

    private static readonly MetricInfo Files = new("martlet.process.files", MetricKind.Gauge, "{file}", "Open files and sockets.");

    private static readonly MetricInfo Start = new("martlet.process.start.time", MetricKind.Gauge, "s", "When the process started, in seconds since 1970.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } = [Info, Cpu, Memory, Threads, Files, Start];

    /// <summary>Shows them.</summary>
    public static void Watch(MetricSet set)
    {
        set.Watch(Info, () => [new Measurement<double>(1, new KeyValuePair<string, object?>("version", Versions.Program))]);
        set.Watch(Cpu, () => Of(static process => process.TotalProcessorTime.TotalSeconds));
        set.Watch(Memory, () =>
        [
            new Measurement<double>(Of(static process => process.WorkingSet64), new KeyValuePair<string, object?>("kind", "resident")),
            new Measurement<double>(GC.GetGCMemoryInfo().HeapSizeBytes, new KeyValuePair<string, object?>("kind", "heap")),
        ]);
        set.Watch(Threads, () => Of(static process => process.Threads.Count));
        set.Watch(Files, OpenFiles);
        set.Watch(Start, () => Of(static process => new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0));
    }

    private static double Of(Func<Process, double> figure)
    {
        using var process = Process.GetCurrentProcess();
        return figure(process);
    }

    // Linux only; elsewhere nobody counts them for us.
    private static double OpenFiles()
    {
        try
        {
            return Directory.Exists("/proc/self/fd") ? Directory.EnumerateFileSystemEntries("/proc/self/fd").Count() : 0;
        }
        catch (IOException)
        {
            // An entry went away while they were counted.
            return 0;
        }
    }
}
