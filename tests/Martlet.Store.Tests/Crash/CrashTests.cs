using System.Diagnostics;
using System.Globalization;
using Martlet.Store.Consistency;
using Martlet.Store.Sqlite;
using Martlet.Store.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Martlet.Store.Tests.Crash;

/// <summary>
/// A process that works on the store is killed at random moments; then everything it acknowledged must be there and the store must be sound. In the second form
/// what had not been flushed is taken away too, as a power cut would.
/// </summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(50, false)]
    [InlineData(25, true)]
    public async Task Everything_acknowledged_survives(int rounds, bool isPowerCut)
    {
        var random = new Random(rounds);
        var folder = Path.Combine(Path.GetTempPath(), $"martlet-crash-{Guid.NewGuid():n}");
        var models = Enumerable.Range(0, CrashWorker.Sessions).Select(session => new CrashModel(session)).ToArray();
        try
        {
            await PrepareAsync(folder);
            for (var round = 0; round < rounds; round++)
            {
                var kept = await RunAndKillAsync(folder, models, random);
                if (isPowerCut)
                {
                    PowerCut.Apply(folder, kept, random);
                }

                await using var store = Open(folder);
                var report = await store.CheckAsync(CheckDepth.Deep);
                Assert.True(report.IsClean, $"round {round}: {string.Join('\n', report.Findings)}");
                var account = store.OpenAccount(store.Directory.FindAddress(CrashWorker.Account)!.Id)!;
                foreach (var model in models)
                {
                    await model.CompareAsync(store, account);
                }
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{models.Sum(model => model.Acknowledged)} operations acknowledged in {rounds} rounds");
            Assert.True(models.Sum(model => model.Acknowledged) > rounds);
        }
        finally
        {
            System.IO.Directory.Delete(folder, recursive: true);
        }
    }

    private static MailStore Open(string folder) => SqliteStore.Open(folder, CrashWorker.Limits, TimeProvider.System, NullLogger.Instance);

    private static async Task PrepareAsync(string folder)
    {
        await using var store = Open(folder);
        Assert.True((await store.Settings.AddDomainAsync(TestStore.Domain)).IsDone);
        var account = (await store.AddAccountAsync(CrashWorker.Account, null)).Value!;
        for (var session = 0; session < CrashWorker.Sessions; session++)
        {
            Assert.True((await store.CreateMailboxAsync(account, CrashWorker.Name(session, 0))).IsDone);
            Assert.True((await store.CreateMailboxAsync(account, CrashWorker.Name(session, 1))).IsDone);
        }
    }

    /// <returns>How long the log was at the last acknowledgement.</returns>
    private static async Task<long> RunAndKillAsync(string folder, CrashModel[] models, Random random)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Martlet.Store.Tests")) { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add(CrashWorker.Mode);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(random.Next().ToString(CultureInfo.InvariantCulture));
        using var worker = Process.Start(start)!;
        var lines = new List<string>();
        // The kill comes after so many lines, and then a moment later, so that it hits every part of the work.
        var (wanted, moment) = (random.Next(1, 400), TimeSpan.FromMilliseconds(random.Next(20)));
        Task? kill = null;
        while (await worker.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (lines.Count >= wanted)
            {
                kill ??= Task.Run(async () =>
                {
                    await Task.Delay(moment);
                    worker.Kill();
                });
            }
        }

        Assert.NotNull(kill);
        await kill;
        await worker.WaitForExitAsync(TestContext.Current.CancellationToken);
        var kept = 0L;
        foreach (var words in lines.Select(line => line.Split(' ')))
        {
            models[int.Parse(words[1], CultureInfo.InvariantCulture)].Hear(words);
            if (words[0] == "!")
            {
                kept = long.Parse(words[^1], CultureInfo.InvariantCulture);
            }
        }

        return kept;
    }
}
