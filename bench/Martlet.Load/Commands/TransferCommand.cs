using System.Diagnostics;
using System.Globalization;
using Martlet.Load.Server;

namespace Martlet.Load.Commands;

/// <summary>Import and export by the real program beside a running server, as ratios to copying the same files; and the peak memory of both processes.</summary>
internal static class TransferCommand
{
    private const string Account = "you@localhost";
    private const long FirstSecond = 1_600_000_000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var program = arguments.Text("server") ?? throw new UsageException("--server PATH names the martlet to be measured.");
        var folder = arguments.Folder(arguments.Command);
        var (messages, runs) = (arguments.Number("messages", 200_000), arguments.Number("runs", 3));
        var maildir = Path.Combine(folder, "Maildir");
        var bytes = MakeMaildir(maildir, messages, arguments.Number("bytes", 4096));
        var report = new Report(arguments, "what", "messages", "s", "msg/s", "MB/s", "copy s", "ratio", "server MB", "command MB");
        foreach (var (name, words, floor) in Rows(arguments.Command, folder, maildir))
        {
            var times = new List<(double Seconds, double Floor, long Server, long Command)>();
            for (var run = 0; run < runs; run++)
            {
                times.Add(await MeasureAsync(arguments, program, folder, maildir, words, floor, run));
            }

            var seconds = Figures.Median(times.Select(time => time.Seconds));
            report.Add(
                name, messages, seconds, messages / seconds, bytes / seconds / 1e6, Figures.Median(times.Select(time => time.Floor)), Figures.Median(times.Select(time => time.Seconds / time.Floor)),
                times.Max(time => time.Server) / 1000, times.Max(time => time.Command) / 1000);
        }

        return 0;
    }

    private static (string Name, string[] Words, string[] Floor)[] Rows(string command, string folder, string maildir)
    {
        var copy = Path.Combine(folder, "copy");
        string[] cp = ["cp", "-a", maildir, copy];
        return command == "import"
            ?
            [
                ("import maildir, floor cp -a", ["import", "maildir", maildir, Account], cp),
                ("the same again: all is there", ["again", "import", "maildir", maildir, Account], cp),
                ("import archive (tar), floor cp", ["import", "archive", Path.Combine(folder, "mail.tar"), Account], ["cp", Path.Combine(folder, "mail.tar"), copy]),
            ]
            :
            [
                ("export folder, floor cp -a", ["export", Account, Path.Combine(folder, "out")], cp),
                ("export .tar, floor tar cf", ["export", Account, Path.Combine(folder, "out.tar")], ["tar", "cf", copy, maildir]),
                ("export .tar.gz, floor tar cz -1", ["export", Account, Path.Combine(folder, "out.tar.gz")], ["tar", "-I", "gzip -1", "-cf", copy, maildir]),
                ("export .zip, floor tar cf", ["export", Account, Path.Combine(folder, "out.zip")], ["tar", "cf", copy, maildir]),
                ("export .zip --mbox, floor tar cf", ["export", Account, Path.Combine(folder, "out.zip"), "--mbox"], ["tar", "cf", copy, maildir]),
            ];
    }

    private static async Task<(double Seconds, double Floor, long Server, long Command)> MeasureAsync(
        Arguments arguments, string program, string folder, string maildir, string[] words, string[] floor, int run)
    {
        foreach (var left in new[] { "copy", "out", "out.tar", "out.tar.gz", "out.zip" })
        {
            await RunAsync("rm", ["-rf", Path.Combine(folder, left)]);
        }

        // An export goes on with the mail of the first run; an import begins anew, but where it is the second one that counts.
        var data = Path.Combine(folder, "data");
        var isAgain = words[0] == "again";
        if (arguments.Command == "import" && !isAgain)
        {
            await RunAsync("rm", ["-rf", data]);
        }

        if (words.Contains(Path.Combine(folder, "mail.tar")) && run == 0)
        {
            await RunAsync("tar", ["cf", Path.Combine(folder, "mail.tar"), "-C", folder, "Maildir"]);
        }

        await using var server = await ServerProcess.StartAsync(arguments, data, 1);
        if (arguments.Command == "export" && run == 0)
        {
            await RunAsync(program, ["import", "maildir", maildir, Account, "--data", data]);
        }

        await RunAsync("sync", []);
        var (copied, _) = await RunAsync(floor[0], floor[1..]);
        var (flushed, _) = await RunAsync("sync", ["-f", folder]);
        var (seconds, command) = await RunAsync(program, [.. isAgain ? words[1..] : words, "--data", data]);
        return (seconds, copied + flushed, Peak(server.Id), command);
    }

    // As deliveries leave it: names with a time, flags on most, a letter on some.
    private static long MakeMaildir(string maildir, int messages, int bytes)
    {
        var cur = Directory.CreateDirectory(Path.Combine(maildir, "cur")).FullName;
        Directory.CreateDirectory(Path.Combine(maildir, "new"));
        File.WriteAllText(Path.Combine(maildir, "dovecot-keywords"), "0 $Label1\n");
        var total = 0L;
        for (var i = 0; i < messages; i++)
        {
            var message = Mail.Make(i, bytes).AsSpan();
            using var file = File.OpenHandle(Path.Combine(cur, string.Create(CultureInfo.InvariantCulture, $"{FirstSecond + i}.M{i}P1.load:2,{(i % 3 == 0 ? "" : "S")}{(i % 7 == 0 ? "a" : "")}")), FileMode.CreateNew, FileAccess.Write);
            RandomAccess.Write(file, message, 0);
            File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(FirstSecond + i).UtcDateTime);
            total += message.Length;
        }

        return total;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>Seconds, and its peak memory in kB.</returns>
    private static async Task<(double Seconds, long Peak)> RunAsync(string program, string[] words)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(program, words) { UseShellExecute = false, RedirectStandardOutput = true })!;
        var peak = 0L;
        var ended = process.WaitForExitAsync();
        while (!ended.IsCompleted)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return process.ExitCode == 0 ? (seconds, peak) : throw new UsageException($"{program} {string.Join(' ', words)} ended with {process.ExitCode}.");
    }

    // VmHWM; 0 when the process is gone.
    private static long Peak(int process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
