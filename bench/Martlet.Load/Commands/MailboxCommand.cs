using System.Globalization;
using Martlet.Load.Clients;
using Martlet.Load.Server;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Load.Commands;

/// <summary>One large mailbox over IMAP: milliseconds from the command's first byte to the tagged reply's last.</summary>
internal static class MailboxCommand
{
    private const int MessageBytes = 2048;
    private const int Some = 10_000;

    private sealed record Row(string Name, Func<ImapClient, int, Task<long>> RunAsync);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var messages = arguments.Number("messages", 100_000);
        var runs = arguments.Number("runs", 3);
        var folder = arguments.Folder("mailbox");
        var report = new Report(arguments, "operation", "messages", "ms", "least ms", "most ms", "kB", "CPU ms");
        var filling = await Figures.MillisecondsAsync(() => FillAsync(Path.Combine(folder, "store"), messages));
        report.Add("fill, " + (messages / filling * 1000).ToString("N0", CultureInfo.InvariantCulture) + " msg/s", messages, filling, filling, filling, 0, 0);
        var only = arguments.Text("only");
        bool IsWanted(string name) => only is null || only.Split(',').Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));
        if (IsWanted("SELECT first"))
        {
            await SelectColdAsync(arguments, folder, messages, runs, report);
        }

        await using var server = await ServerProcess.StartAsync(arguments, folder, 0);
        using var client = await ImapClient.LoginAsync(server.ImapPort, Accounts.Address(0), Accounts.Password);
        await client.RunLargeAsync("CREATE Copies");
        await client.RunLargeAsync("SELECT INBOX");
        foreach (var row in Rows(messages).Where(row => IsWanted(row.Name)))
        {
            await MeasureAsync(server, client, row, messages, runs, report);
        }

        return 0;
    }

    private static async Task MeasureAsync(ServerProcess server, ImapClient client, Row row, int messages, int runs, Report report)
    {
        var times = new List<double>();
        var cpus = new List<double>();
        var bytes = 0L;
        for (var run = 0; run < runs; run++)
        {
            // What must be so before the timed command is sent by the row itself, as run -1 - run.
            await row.RunAsync(client, -1 - run);
            var cpu = server.CpuMilliseconds;
            times.Add(await Figures.MillisecondsAsync(async () => bytes = await row.RunAsync(client, run)));
            cpus.Add(server.CpuMilliseconds - cpu);
        }

        report.Add(row.Name, messages, Figures.Median(times), times.Min(), times.Max(), bytes / 1024, Figures.Median(cpus));
    }

    private static IEnumerable<Row> Rows(int messages)
    {
        static Row Plain(string name, string command) => new(name, (client, run) => run < 0 ? Task.FromResult(0L) : client.RunLargeAsync(command));
        var some = Math.Min(Some, messages / 10);
        yield return Plain("SELECT warm", "SELECT INBOX");
        yield return Plain("FETCH 1:* (UID FLAGS)", "FETCH 1:* (UID FLAGS)");
        yield return Plain("FETCH 1:* (ENVELOPE)", "FETCH 1:* (ENVELOPE)");
        yield return Plain("FETCH 1:* (BODYSTRUCTURE)", "FETCH 1:* (BODYSTRUCTURE)");
        yield return Plain("FETCH 1:* (ENVELOPE BODYSTRUCTURE)", "FETCH 1:* (ENVELOPE BODYSTRUCTURE)");
        yield return Plain("FETCH 1:* header fields", "FETCH 1:* (BODY.PEEK[HEADER.FIELDS (FROM SUBJECT DATE)])");
        yield return Plain("FETCH 5,000 bodies", $"FETCH 1:{Math.Min(5000, messages)} (BODY.PEEK[])");
        yield return new("STORE 1:* FLAGS.SILENT", (client, run) => run < 0 ? Task.FromResult(0L) : client.RunLargeAsync($"STORE 1:* {(run % 2 == 0 ? '+' : '-')}FLAGS.SILENT (\\Flagged)"));
        yield return new("STORE 1:* FLAGS with replies", (client, run) => run < 0 ? Task.FromResult(0L) : client.RunLargeAsync($"STORE 1:* {(run % 2 == 0 ? '+' : '-')}FLAGS (\\Answered)"));
        yield return Plain("UID SEARCH UNSEEN", "UID SEARCH UNSEEN");
        yield return Plain("UID SEARCH SINCE", "UID SEARCH SINCE 1-Mar-2025");
        yield return Plain("UID SEARCH SENTSINCE", "UID SEARCH SENTSINCE 1-Mar-2025");
        yield return Plain("UID SEARCH SUBJECT", "UID SEARCH SUBJECT \"budget train\"");
        yield return Plain("UID SEARCH TEXT rare", "UID SEARCH TEXT " + Mail.RareWord);
        yield return Plain("UID SEARCH BODY rare", "UID SEARCH BODY " + Mail.RareWord);
        yield return Plain("COPY 10,000", $"COPY 1:{some} Copies");
        yield return new("EXPUNGE 10,000", (client, run) => client.RunLargeAsync(run < 0 ? $"STORE 1:{some} +FLAGS.SILENT (\\Deleted)" : "EXPUNGE"));
    }

    private static async Task SelectColdAsync(Arguments arguments, string folder, int messages, int runs, Report report)
    {
        var times = new List<double>();
        for (var run = 0; run < runs; run++)
        {
            await using var server = await ServerProcess.StartAsync(arguments, folder, 0);
            using var client = await ImapClient.LoginAsync(server.ImapPort, Accounts.Address(0), Accounts.Password);
            times.Add(await Figures.MillisecondsAsync(() => client.RunLargeAsync("SELECT INBOX")));
        }

        report.Add("SELECT first after start", messages, Figures.Median(times), times.Min(), times.Max(), 0, 0);
    }

    /// <summary>Puts so many messages into the INBOX of the first account.</summary>
    public static async Task FillAsync(string folder, int messages)
    {
        await using var store = SqliteStore.Open(folder, new StoreLimits(), TimeProvider.System, NullLogger.Instance);
        var inbox = (await Accounts.EnsureAsync(store, 1))[0].FindMailbox(MailboxPath.Inbox)!;
        const int Group = 500;
        Task<StoreResult<IReadOnlyList<AddedMessage>>> previous = Task.FromResult<StoreResult<IReadOnlyList<AddedMessage>>>(Array.Empty<AddedMessage>());
        for (var at = 0; at < messages; at += Group)
        {
            var group = new List<NewMessage>();
            for (var i = at; i < Math.Min(messages, at + Group); i++)
            {
                var spool = store.NewSpool();
                spool.Write(Mail.Make(i, MessageBytes));
                spool.Complete();
                var received = new DateTimeOffset(2024, 1, 1, 8, 0, 0, TimeSpan.Zero).AddMinutes(i * 7L % 1_000_000);
                group.Add(new NewMessage { Mailbox = inbox, Content = spool, Received = received, Flags = i % 10 == 0 ? MessageFlags.None : MessageFlags.Seen });
            }

            // The next group is made while the writer stores this one; its spools are given back a round later.
            var stored = store.AddMessagesAsync(group);
            if (!(await previous).IsDone)
            {
                throw new UsageException("The mailbox could not be filled.");
            }

            previous = WithSpoolsAsync(stored, group);
        }

        await previous;
    }

    private static async Task<StoreResult<IReadOnlyList<AddedMessage>>> WithSpoolsAsync(Task<StoreResult<IReadOnlyList<AddedMessage>>> stored, List<NewMessage> group)
    {
        try
        {
            return await stored;
        }
        finally
        {
            group.ForEach(message => message.Content.Dispose());
        }
    }
}
