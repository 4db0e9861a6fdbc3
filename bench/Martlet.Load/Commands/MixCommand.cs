using Martlet.Load.Clients;
using Martlet.Load.Server;

namespace Martlet.Load.Commands;

/// <summary>
/// Commands a second of clients that do what people's do, on mailboxes of their own and all on one; with peers in turns. With <c>--age N</c> once more on one mailbox
/// after N messages were appended to it and expunged.
/// </summary>
internal static class MixCommand
{
    private const int AgePiece = 5000;

    private sealed record Result(double PerSecond, double Cpu, double P99);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var counts = arguments.Numbers("sessions", "10,50");
        var contestants = Contestant.All(arguments, arguments.Folder("mix"), counts.Max());
        string[] names = [.. contestants.Select(one => one.Name)];
        string[] ratio = names.Length > 1 ? ["ratio"] : [];
        var report = new Report(
            arguments, ["mailboxes", "sessions", .. names.Select(name => name + " cmd/s"), .. ratio, .. names.Select(name => name + " CPU ms"), .. names.Select(name => name + " p99 ms")]);
        List<IImapServer> servers = [];
        try
        {
            foreach (var contestant in contestants)
            {
                servers.Add(await contestant.StartAsync());
                for (var user = 0; user < counts.Max(); user++)
                {
                    await MailboxFill.AppendAsync(servers[^1], user, MixSession.Kept);
                }

                await MeasureAsync(servers[^1], counts[0], isShared: false, arguments.Number("warmup", 3));
            }

            foreach (var count in counts)
            {
                await CompareAsync(arguments, report, servers, "own", count, isShared: false);
                await CompareAsync(arguments, report, servers, "one", count, isShared: true);
            }

            if (arguments.Number("age", 0) is > 0 and var age)
            {
                for (var who = 0; who < servers.Count; who++)
                {
                    await servers[who].DisposeAsync();
                    await using (var server = await contestants[who].StartToFillAsync())
                    {
                        await AgeAsync(server, age);
                    }

                    servers[who] = await contestants[who].StartAsync();
                    await MeasureAsync(servers[who], counts[0], isShared: true, arguments.Number("warmup", 3));
                }

                await CompareAsync(arguments, report, servers, "one, aged", counts[0], isShared: true);
            }
        }
        finally
        {
            foreach (var server in servers)
            {
                await server.DisposeAsync();
            }
        }

        return 0;
    }

    private static async Task CompareAsync(Arguments arguments, Report report, List<IImapServer> servers, string name, int count, bool isShared)
    {
        var results = servers.ConvertAll(_ => new List<Result>());
        for (var run = 0; run < arguments.Number("runs", 3); run++)
        {
            foreach (var who in Contestant.Turns(servers.Count, run))
            {
                results[who].Add(await MeasureAsync(servers[who], count, isShared, arguments.Number("seconds", 5)));
            }
        }

        double[] Medians(Func<Result, double> figure) => [.. results.Select(runs => Figures.Median(runs.Select(figure)))];
        var perSecond = Medians(one => one.PerSecond);
        object[] ratio = perSecond.Length > 1 ? [perSecond[0] / perSecond[1..].Max()] : [];
        report.Add([name, count, .. perSecond.Cast<object>(), .. ratio, .. Medians(one => one.Cpu).Cast<object>(), .. Medians(one => one.P99).Cast<object>()]);
    }

    private static async Task<Result> MeasureAsync(IImapServer server, int count, bool isShared, double seconds)
    {
        byte[][] messages = [.. Enumerable.Range(0, MixSession.Kept).Select(number => Mail.Make(number, MailboxFill.MessageBytes))];
        MixSession[] sessions = [.. Enumerable.Range(0, count).Select(number => new MixSession(server, isShared ? 0 : number, number, messages))];
        try
        {
            var cpu = server.CpuMilliseconds;
            var result = await Traffic.RunAsync(count, seconds, number => sessions[number].StepAsync());
            return new Result(result.PerSecond, (server.CpuMilliseconds - cpu) / result.Messages, result.P99);
        }
        finally
        {
            Array.ForEach(sessions, session => session.Dispose());
        }
    }

    /// <summary>Gives the first account's INBOX a history of messages that are gone.</summary>
    private static async Task AgeAsync(IImapServer server, int messages)
    {
        for (var gone = 0; gone < messages; gone += AgePiece)
        {
            await MailboxFill.AppendAsync(server, 0, AgePiece);
            using var client = await ImapClient.LoginAsync(server.ImapPort, server.Address(0), server.Password);
            await client.RunLargeAsync("SELECT INBOX");
            await client.RunLargeAsync("STORE 1:* +FLAGS.SILENT (\\Deleted)");
            await client.RunLargeAsync("EXPUNGE");
        }

        await MailboxFill.AppendAsync(server, 0, MixSession.Kept);
    }
}
