using Martlet.Load.Server;

namespace Martlet.Load;

/// <summary>A table of times in which servers take turns: medians and least times of each, Martlet's median by the best peer's, and the servers' CPU time.</summary>
internal sealed class Comparison
{
    private const int RunsMax = 21;
    private const double EnoughMilliseconds = 300;

    private readonly Report _report;
    private readonly int _count;

    /// <param name="arguments">The command line.</param>
    /// <param name="names">The servers; the first is Martlet.</param>
    /// <param name="unit">What the second column counts.</param>
    public Comparison(Arguments arguments, string[] names, string unit = "messages")
    {
        _count = names.Length;
        string[] ratio = names.Length > 1 ? ["ratio"] : [];
        _report = new Report(
            arguments,
            ["operation", unit, .. names.Select(name => name + " ms"), .. ratio, .. names.Select(name => name + " least"), .. names.Select(name => name + " CPU ms")]);
    }

    /// <summary>Runs one operation on every server so many times, in turns, and prints its row.</summary>
    /// <param name="name">As the row is called.</param>
    /// <param name="count">Messages in the mailbox, or whatever is counted.</param>
    /// <param name="runs">How often at least; what takes a millisecond is run more often, as a busy machine delays some of it. Figures are medians.</param>
    /// <param name="runAsync">The timed part, for a server and a run by their numbers.</param>
    /// <param name="cpu">CPU time of a server so far.</param>
    /// <param name="prepareAsync">What goes before, not timed.</param>
    public async Task MeasureAsync(string name, int count, int runs, Func<int, int, Task> runAsync, Func<int, double> cpu, Func<int, int, Task> prepareAsync)
    {
        var times = Array.ConvertAll(new int[_count], _ => new List<double>());
        var cpus = Array.ConvertAll(new int[_count], _ => new List<double>());
        for (var run = 0; run < runs || (run < RunsMax && times[0].Sum() < EnoughMilliseconds); run++)
        {
            foreach (var who in Contestant.Turns(_count, run))
            {
                await prepareAsync(who, run);
                var before = cpu(who);
                times[who].Add(await Figures.MillisecondsAsync(() => runAsync(who, run)));
                cpus[who].Add(cpu(who) - before);
            }
        }

        double[] medians = [.. times.Select(Figures.Median)];
        object[] ratio = _count > 1 ? [medians[0] / medians[1..].Min()] : [];
        _report.Add([
            name, count, .. medians.Cast<object>(), .. ratio, .. times.Select(values => (object)values.Min()), .. cpus.Select(values => (object)Figures.Median(values))]);
    }
}
