using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Martlet.Server.Hosting;
using Martlet.Store.Consistency;

namespace Martlet.Cli.Commands;

/// <summary>martlet verify.</summary>
internal static class VerifyCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("DIR") { Description = "Data folder of a server that is not running, or a copy of one." };
        var quick = new Option<bool>("--quick") { Description = "Do not read the message bytes: rows and file lengths only." };
        var repair = new Option<bool>("--repair") { Description = "Rebuild what can be rebuilt from other things that are stored. Message bytes are never changed." };
        var command = new MartletCommand("verify", "Checks that a data folder is whole: every message, every counter, every file.")
        {
            Details = "Without --repair it changes nothing. It names everything that is wrong; the exit code is 0 only when nothing is, or nothing is left.",
            Examples = ["martlet verify /var/lib/martlet", "martlet verify /backup/martlet --quick"],
        };
        command.Add(folder);
        command.Add(quick);
        command.Add(repair);
        command.SetAction(line => Run(
            Path.GetFullPath(line.GetRequiredValue(folder)), line.GetValue(quick) ? CheckDepth.Rows : CheckDepth.Deep, line.GetValue(repair), terminal));
        return command;
    }

    private static int Run(string folder, CheckDepth depth, bool repair, Terminal terminal)
    {
        if (!DataFolder.IsOne(folder))
        {
            throw new HostException($"There is no server's data in {folder}.");
        }

        var report = Composition.Check(folder, depth, repair);
        if (terminal.IsJson)
        {
            return ShowJson(report, repair, terminal);
        }

        Show(report.Findings, report.FindingCount, terminal);
        foreach (var done in report.Repairs)
        {
            terminal.Say($"repaired: {done}");
        }

        var left = Left(report, repair);
        if (repair && !report.IsClean && left > 0)
        {
            terminal.Say("Still wrong:");
            Show(report.Remaining, left, terminal);
        }

        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Accounts} accounts, {report.Mailboxes} mailboxes, {report.Messages} messages, {Text.Size(report.Bytes)}: {(left == 0 ? "all is well." : $"{left} wrong.")}"));
        return left == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static long Left(StoreReport report, bool repair) => repair && !report.IsClean ? report.Remaining.Count : report.FindingCount;

    private static int ShowJson(StoreReport report, bool repair, Terminal terminal)
    {
        var left = Left(report, repair);
        terminal.Print(JsonOutput.Text(new JsonObject
        {
            ["status"] = left == 0 ? "done" : "refused",
            ["text"] = left == 0 ? "all is well." : string.Create(CultureInfo.InvariantCulture, $"{left} wrong."),
            ["accounts"] = report.Accounts,
            ["mailboxes"] = report.Mailboxes,
            ["messages"] = report.Messages,
            ["bytes"] = report.Bytes,
            ["findingCount"] = report.FindingCount,
            ["findings"] = Lines(report.Findings.Select(finding => finding.ToString())),
            ["repairs"] = Lines(report.Repairs.Select(done => done.ToString()!)),
            ["remaining"] = Lines(repair ? report.Remaining.Select(finding => finding.ToString()) : []),
        }));
        return left == 0 ? ExitCodes.Done : ExitCodes.Refused;
    }

    private static JsonArray Lines(IEnumerable<string> lines) => new([.. lines.Select(line => (JsonNode)line)]);

    private static void Show(IReadOnlyList<StoreFinding> findings, long count, Terminal terminal)
    {
        foreach (var finding in findings)
        {
            terminal.Say(finding.ToString());
        }

        if (count > findings.Count)
        {
            terminal.Say(string.Create(CultureInfo.InvariantCulture, $"and {count - findings.Count} more of these kinds."));
        }
    }
}
