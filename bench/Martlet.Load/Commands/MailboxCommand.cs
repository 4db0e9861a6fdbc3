using Martlet.Load.Clients;
using Martlet.Load.Server;

namespace Martlet.Load.Commands;

/// <summary>
/// One large mailbox over IMAP: milliseconds from the command's first byte to the tagged reply's last. With peers, each runs each command in turns with Martlet.
/// </summary>
internal static class MailboxCommand
{
    private const int Users = 2;
    private const int MemorySessions = 20;
    private const int WarmUpMessages = 200;
    private const int WarmUpRounds = 40;
    private const int ExpungedARound = 5;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var messages = arguments.Number("messages", 100_000);
        var runs = arguments.Number("runs", 3);
        var contestants = Contestant.All(arguments, arguments.Folder("mailbox"), Users);
        var only = arguments.Text("only");
        bool IsWanted(string name) => only is null || only.Split(',').Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
        var comparison = new Comparison(arguments, [.. contestants.Select(one => one.Name)]);
        await comparison.MeasureAsync("fill (Martlet: its store)", messages, 1, (who, _) => FillAsync(contestants[who], messages), _ => 0, (_, _) => Task.CompletedTask);
        if (IsWanted("SELECT first"))
        {
            await SelectFirstAsync(comparison, contestants, "SELECT first after start", messages, runs, selectsBefore: 0);
            await SelectFirstAsync(comparison, contestants, "SELECT first, another before", messages, runs, selectsBefore: 10);
        }

        List<MailboxTarget> targets = [];
        try
        {
            foreach (var contestant in contestants)
            {
                targets.Add(await MailboxTarget.OpenAsync(await contestant.StartAsync(), 0));
                await WarmUpAsync(targets[^1].Server);
                await targets[^1].Client.RunLargeAsync("SELECT INBOX");
            }

            foreach (var row in MailboxRow.All(messages).Where(row => IsWanted(row.Name)))
            {
                await comparison.MeasureAsync(
                    row.Name, messages, runs, (who, run) => row.RunAsync(targets[who], run), who => targets[who].Server.CpuMilliseconds,
                    (who, run) => row.PrepareAsync(targets[who], run));
            }

            if (IsWanted("memory"))
            {
                await MemoryAsync(arguments, contestants, targets, messages);
            }
        }
        finally
        {
            foreach (var target in targets)
            {
                target.Dispose();
                await target.Server.DisposeAsync();
            }
        }

        return 0;
    }

    /// <summary>Runs every row many times on a small mailbox of another account: a server in service has its code compiled and its processes started.</summary>
    private static async Task WarmUpAsync(IImapServer server)
    {
        await MailboxFill.AppendAsync(server, 1, WarmUpMessages);
        for (var round = 0; round < WarmUpRounds; round++)
        {
            using var target = await MailboxTarget.OpenAsync(server, 1);
            foreach (var row in MailboxRow.All(WarmUpMessages))
            {
                await target.Client.RunLargeAsync("SELECT INBOX");
                await row.PrepareAsync(target, round);
                await row.RunAsync(target, round);
            }

            // What QRESYNC's rows have expunged.
            await MailboxFill.AppendAsync(server, 1, ExpungedARound);
        }
    }

    private static async Task FillAsync(Contestant contestant, int messages)
    {
        if (contestant.IsMartlet)
        {
            await MailboxFill.StoreAsync(Path.Combine(contestant.Folder, "store"), messages);
            return;
        }

        await using var server = await contestant.StartToFillAsync();
        await MailboxFill.AppendAsync(server, 0, messages);
    }

    /// <summary>The first SELECT of a mailbox that a server does after its start, or the first of that mailbox after some of an empty one.</summary>
    private static async Task SelectFirstAsync(Comparison comparison, List<Contestant> contestants, string name, int messages, int runs, int selectsBefore)
    {
        MailboxTarget? target = null;
        async Task StopAsync()
        {
            if (target is not null)
            {
                target.Dispose();
                await target.Server.DisposeAsync();
            }
        }

        async Task StartAsync(int who)
        {
            await StopAsync();
            var server = await contestants[who].StartAsync();
            for (var i = 0; i < selectsBefore; i++)
            {
                using var other = await MailboxTarget.LoginAsync(server, 1);
                await other.RunLargeAsync("SELECT INBOX");
            }

            target = await MailboxTarget.OpenAsync(server, 0);
        }

        await comparison.MeasureAsync(
            name, messages, runs, (_, _) => target!.Client.RunLargeAsync("SELECT INBOX"), _ => target!.Server.CpuMilliseconds, (who, _) => StartAsync(who));
        await StopAsync();
    }

    /// <summary>What a session on the mailbox takes of the server's memory: what each of twenty adds to one.</summary>
    private static async Task MemoryAsync(Arguments arguments, List<Contestant> contestants, List<MailboxTarget> targets, int messages)
    {
        var report = new Report(arguments, "memory of sessions", "messages", "kB in all", "kB a session", "bytes a message and session");
        foreach (var (contestant, target) in contestants.Zip(targets))
        {
            List<ImapClient> clients = [];
            async Task OpenAsync()
            {
                var client = await MailboxTarget.LoginAsync(target.Server, 0);
                clients.Add(client);
                await client.RunLargeAsync("SELECT INBOX");
                await client.RunLargeAsync("FETCH 1:* (UID FLAGS)");
            }

            // The first one pays for what all share.
            await OpenAsync();
            var before = await target.Server.MemoryAsync();
            while (clients.Count <= MemorySessions)
            {
                await OpenAsync();
            }

            var after = await target.Server.MemoryAsync();
            clients.ForEach(client => client.Dispose());
            var each = (after - before) / (double)MemorySessions;
            report.Add(contestant.Name, messages, after, each, each * 1024 / messages);
        }
    }
}
