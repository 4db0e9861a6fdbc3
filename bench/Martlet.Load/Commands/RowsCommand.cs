using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Load.Commands;

/// <summary>One large mailbox straight in the store: how long it takes to come into memory, and what changes to many messages cost.</summary>
internal static class RowsCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var messages = arguments.Number("messages", 100_000);
        var runs = arguments.Number("runs", 5);
        var folder = Path.Combine(arguments.Folder("rows"), "store");
        var report = new Report(arguments, "operation", "messages", "ms", "least ms", "most ms", "CPU ms");
        await MailboxFill.StoreAsync(folder, messages);
        await MeasureAsync(report, "load, first after filling", messages, 1, () => LoadAsync(folder));
        await MeasureAsync(report, "load after a clean stop", messages, runs, () => LoadAsync(folder));
        foreach (var piece in arguments.Numbers("pieces", "10000,100000"))
        {
            await MeasureAsync(report, $"flag of all, {piece:N0} at once", messages, runs, () => FlagAsync(folder, piece));
            await MeasureAsync(report, "load after that", messages, runs, () => LoadAsync(folder));
        }

        return 0;
    }

    private static async Task MeasureAsync(Report report, string name, int messages, int runs, Func<Task<(double Wall, double Cpu)>> runAsync)
    {
        var times = new List<(double Wall, double Cpu)>();
        for (var run = 0; run < runs; run++)
        {
            times.Add(await runAsync());
        }

        report.Add(name, messages, Figures.Median(times.Select(time => time.Wall)), times.Min(time => time.Wall), times.Max(time => time.Wall), Figures.Median(times.Select(time => time.Cpu)));
    }

    private static async Task<(double Wall, double Cpu)> LoadAsync(string folder)
    {
        await using var store = Open(folder);
        var inbox = (await Accounts.EnsureAsync(store, 1))[0].FindMailbox(MailboxPath.Inbox)!;
        return await TimeAsync(async () => (await store.OpenViewAsync(inbox, new ChangeSignal())).Dispose());
    }

    // Ten times at once before the measured time, so that code is compiled, and few enough that the flag log has room for what is measured.
    private static async Task<(double Wall, double Cpu)> FlagAsync(string folder, int piece)
    {
        await using var store = Open(folder);
        var inbox = (await Accounts.EnsureAsync(store, 1))[0].FindMailbox(MailboxPath.Inbox)!;
        using var view = await store.OpenViewAsync(inbox, new ChangeSignal());
        var uids = Array.ConvertAll(view.Opened.Uids.ToArray(), uid => new Uid(uid));
        async Task ChangeAsync(FlagChange change, int piece)
        {
            for (var at = 0; at < uids.Length; at += piece)
            {
                if (!(await store.SetFlagsAsync(inbox, uids[at..Math.Min(uids.Length, at + piece)], change, MessageFlags.Flagged, [])).IsDone)
                {
                    throw new UsageException("The flags could not be set.");
                }
            }
        }

        for (var round = 0; round < 10; round++)
        {
            await ChangeAsync(round % 2 == 0 ? FlagChange.Add : FlagChange.Remove, uids.Length);
        }

        return await TimeAsync(() => ChangeAsync(FlagChange.Add, piece));
    }

    private static async Task<(double Wall, double Cpu)> TimeAsync(Func<Task> action)
    {
        var cpu = Posix.CpuMilliseconds(Environment.ProcessId);
        var wall = await Figures.MillisecondsAsync(action);
        return (wall, Posix.CpuMilliseconds(Environment.ProcessId) - cpu);
    }

    private static MailStore Open(string folder) => SqliteStore.Open(folder, new StoreLimits(), TimeProvider.System, NullLogger.Instance);
}
