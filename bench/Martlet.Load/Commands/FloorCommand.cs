namespace Martlet.Load.Commands;

/// <summary>The floor by itself.</summary>
internal static class FloorCommand
{
    public static Task<int> RunAsync(Arguments arguments)
    {
        var folder = arguments.Folder("floor");
        var runs = arguments.Number("runs", 3);
        var seconds = arguments.Number("seconds", 1);
        var report = new Report(arguments, "bytes", "group", "one file/s", "two files/s", "flushes/s");
        foreach (var bytes in arguments.Numbers("bytes", "4096,30720,1048576"))
        {
            foreach (var group in arguments.Numbers("connections", "1,4,16,64"))
            {
                var one = new List<double>();
                var two = new List<double>();
                for (var run = 0; run < runs; run++)
                {
                    one.Add(Floor.Measure(folder, bytes, group, seconds));
                    two.Add(Floor.Measure(folder, bytes, group, seconds, hasTwoFiles: true));
                }

                report.Add(bytes, group, Figures.Median(one), Figures.Median(two), Figures.Median(one) / group);
            }
        }

        return Task.FromResult(0);
    }
}
