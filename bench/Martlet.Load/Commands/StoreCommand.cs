using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Load.Commands;

/// <summary>Deliveries into the store without sockets: what SMTP and APPEND can reach at most.</summary>
internal static class StoreCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var folder = arguments.Folder("store");
        var runs = arguments.Number("runs", 3);
        var seconds = arguments.Number("seconds", 3);
        var report = new Report(arguments, "bytes", "deliverers", "msg/s", "p50 ms", "p99 ms", "batch", "CPU ms/msg", "floor/s", "ratio", "floor2/s", "ratio2");
        await using var store = SqliteStore.Open(Path.Combine(folder, "store"), new StoreLimits(), TimeProvider.System, NullLogger.Instance);
        var accounts = await Accounts.EnsureAsync(store, arguments.Number("users", 20));
        var inboxes = accounts.Select(account => account.FindMailbox(MailboxPath.Inbox)!).ToArray();
        foreach (var bytes in arguments.Numbers("bytes", "4096,30720,1048576"))
        {
            var message = Mail.Make(1, bytes);
            Task Send(int sender) => AddAsync(store, inboxes[sender % inboxes.Length], message);
            await Traffic.RunAsync(16, 1, Send);
            foreach (var count in arguments.Numbers("connections", "1,4,16,64"))
            {
                var results = new List<(TrafficResult Traffic, double Batch, double Cpu, double Floor, double Floor2)>();
                for (var run = 0; run < runs; run++)
                {
                    var floor = Floor.Measure(folder, message.Length, count, 0.5);
                    var floor2 = Floor.Measure(folder, message.Length, count, 0.5, hasTwoFiles: true);
                    var batches = store.Batches;
                    var cpu = Posix.CpuMilliseconds(Environment.ProcessId);
                    var result = await Traffic.RunAsync(count, seconds, Send);
                    results.Add((result, result.Messages / (double)(store.Batches - batches), (Posix.CpuMilliseconds(Environment.ProcessId) - cpu) / result.Messages, floor, floor2));
                }

                double Median(Func<(TrafficResult Traffic, double Batch, double Cpu, double Floor, double Floor2), double> figure) => Figures.Median(results.Select(figure));
                report.Add(
                    bytes, count, Median(one => one.Traffic.PerSecond), Median(one => one.Traffic.P50), Median(one => one.Traffic.P99), Median(one => one.Batch),
                    Median(one => one.Cpu), Median(one => one.Floor), Median(one => one.Traffic.PerSecond / one.Floor), Median(one => one.Floor2),
                    Median(one => one.Traffic.PerSecond / one.Floor2));
            }
        }

        return 0;
    }

    private static async Task AddAsync(MailStore store, Mailbox inbox, byte[] message)
    {
        using var spool = store.NewSpool();
        spool.Write(message);
        spool.Complete();
        if (!(await store.AddMessagesAsync([new NewMessage { Mailbox = inbox, Content = spool }])).IsDone)
        {
            throw new InvalidOperationException("Not stored.");
        }
    }
}
