using System.Diagnostics;
using System.Net.Sockets;
using Martlet.Load.Clients;
using Martlet.Load.Server;

namespace Martlet.Load.Commands;

/// <summary>
/// What hostile clients cost: memory and CPU of the server process while many do the same, and how long an honest client waits meanwhile. Fails when a bound is
/// passed, so that it can be a check.
/// </summary>
internal static class AttackCommand
{
    private const int Messages = 1000;
    private const int LargeBytes = 2_000_000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (connections, seconds) = (arguments.Number("connections", 20), arguments.Number("seconds", 5));
        var (growthMax, waitMax) = (arguments.Number("growth-max", 64), arguments.Number("wait-max", 2000));
        var report = new Report(arguments, "attack", "connections", "ended by server", "RSS MB before", "peak", "growth", "after", "heap MB after", "server CPU s", "honest p50 ms", "max ms");
        await using var server = await ServerProcess.StartAsync(arguments, arguments.Folder("attack"), users: 2);
        await FillAsync(server);
        using var honest = await ImapClient.LoginAsync(server.ImapPort, server.Address(1), server.Password);
        await honest.RunAsync("SELECT INBOX");
        var isGood = true;
        foreach (var attack in Attack.All.Where(attack => arguments.Text("only") is not { } only || attack.Name.Contains(only, StringComparison.Ordinal)))
        {
            await server.CollectAsync();
            var before = Posix.Memory(server.Id).Rss / 1024;
            var cpu = server.CpuMilliseconds;
            var (peak, waits, ended) = await RunAsync(server, honest, attack, connections * attack.Factor, TimeSpan.FromSeconds(seconds));
            cpu = server.CpuMilliseconds - cpu;
            var heap = await server.CollectAsync() / (1024.0 * 1024);
            var growth = peak - before;
            isGood &= growth <= growthMax && waits[^1] <= waitMax;
            report.Add(
                attack.Name, connections * attack.Factor, ended, before, peak, growth, Posix.Memory(server.Id).Rss / 1024, heap, cpu / 1000, waits[waits.Count / 2], waits[^1]);
        }

        return isGood ? 0 : 1;
    }

    private static async Task<(long Peak, List<double> Waits, int Ended)> RunAsync(ServerProcess server, ImapClient honest, Attack attack, int connections, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        var ended = 0;
        var attackers = Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            try
            {
                await attack.RunAsync(server, stop.Token);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // Closed by the server, or the time is over.
            }

            if (!stop.IsCancellationRequested)
            {
                Interlocked.Increment(ref ended);
            }
        })).ToArray();
        var changes = attack.Name.StartsWith("IDLE", StringComparison.Ordinal) ? ChangeAsync(server, stop.Token) : Task.CompletedTask;
        var watch = Stopwatch.StartNew();
        var waits = new List<double>();
        var peak = 0L;
        while (watch.Elapsed < time)
        {
            var asked = watch.Elapsed;
            await honest.RunAsync("UID FETCH 1 (FLAGS BODY.PEEK[HEADER])");
            waits.Add((watch.Elapsed - asked).TotalMilliseconds);
            peak = Math.Max(peak, Posix.Memory(server.Id).Rss / 1024);
            await Task.Delay(20);
        }

        await stop.CancelAsync();
        await Task.WhenAll([.. attackers, changes]);
        waits.Sort();
        return (peak, waits, ended);
    }

    // 1,000 messages change again and again, in the mailbox that the attackers have open.
    private static async Task ChangeAsync(ServerProcess server, CancellationToken stop)
    {
        using var client = await ImapClient.LoginAsync(server.ImapPort, server.Address(0), server.Password);
        await client.RunAsync("SELECT INBOX");
        for (var round = 0; round < 100 && !stop.IsCancellationRequested; round++)
        {
            await client.RunLargeAsync($"STORE 1:* {(round % 2 == 0 ? '+' : '-')}FLAGS.SILENT (\\Flagged)");
        }
    }

    private static async Task FillAsync(ServerProcess server)
    {
        for (var user = 0; user < 2; user++)
        {
            using var client = await ImapClient.LoginAsync(server.ImapPort, server.Address(user), server.Password);
            var large = "Subject: large\r\n\r\n" + new string('x', user == 0 ? LargeBytes : 1000);
            await client.RunAsync($"APPEND INBOX {{{large.Length}+}}\r\n{large}");
            for (var i = 1; user == 0 && i < Messages; i++)
            {
                await client.RunAsync("APPEND INBOX {16+}\r\nSubject: small\r\n");
            }
        }
    }
}
