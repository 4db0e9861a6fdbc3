using System.Diagnostics;

namespace Martlet.Load;

/// <summary>What one measured stretch of traffic gave.</summary>
internal sealed record TrafficResult(double PerSecond, double P50, double P99, long Messages);

/// <summary>Runs several senders, each one message after the other, for some seconds; counts what was acknowledged within them.</summary>
internal static class Traffic
{
    /// <param name="count">Senders.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="send">Sends one message as that sender and returns when it is acknowledged.</param>
    public static async Task<TrafficResult> RunAsync(int count, double seconds, Func<int, Task> send)
    {
        var started = Stopwatch.GetTimestamp();
        var end = started + (long)(seconds * Stopwatch.Frequency);
        var senders = Enumerable.Range(0, count).Select(sender => Task.Run(async () =>
        {
            var times = new List<long>();
            for (var before = Stopwatch.GetTimestamp(); before < end;)
            {
                await send(sender);
                var after = Stopwatch.GetTimestamp();
                if (after <= end)
                {
                    times.Add(after - before);
                }

                before = after;
            }

            return times;
        })).ToArray();
        var all = (await Task.WhenAll(senders)).SelectMany(times => times).ToList();
        return new TrafficResult(all.Count / seconds, Figures.Percentile(all, 0.5), Figures.Percentile(all, 0.99), all.Count);
    }
}
